package io.tripline.sensor.decode;

/** Reads link-layer headers, tags, labels and PPP up to an IP or ARP packet. */
final class LinkLayer {
    /**
     * Tags and labels one behind the other; honest packets have up to four, label stacks of segment routing about ten.
     */
    private static final int MAXIMUM_TAGS = 16;

    /** Where a header is cut off; the view says so. */
    private static final int UNREADABLE = -1;

    /** Where neither IP nor ARP follows; the view has the EtherType. */
    private static final int FOREIGN = -2;

    private final PacketView view;
    private final Cursor cursor;
    private final EthernetHeader ethernet = new EthernetHeader();
    private final VlanTag vlan = new VlanTag();
    private final LlcHeader llc = new LlcHeader();
    private final SllHeader sll = new SllHeader();
    private final Sll2Header sll2 = new Sll2Header();
    private final LoopbackHeader loopback = new LoopbackHeader();
    private final MplsLabel mpls = new MplsLabel();
    private final PppoeHeader pppoe = new PppoeHeader();
    private final PppHeader ppp = new PppHeader();

    LinkLayer(PacketView view, Cursor cursor) {
        this.view = view;
        this.cursor = cursor;
    }

    /** Reads the headers of a capture's link type. */
    Layer begin(int linkType) {
        return switch (linkType) {
            case LinkType.ETHERNET -> ethernet();
            case LinkType.LINUX_SLL -> sll();
            case LinkType.LINUX_SLL2 -> sll2();
            case LinkType.RAW, LinkType.OLD_RAW, LinkType.OLD_BSD_RAW -> payload(ipVersion(EtherType.MINIMUM));
            case LinkType.IPV4 -> payload(EtherType.IPV4);
            case LinkType.IPV6 -> payload(EtherType.IPV6);
            case LinkType.NULL, LinkType.LOOP -> loopback();
            case LinkType.PPP -> payload(ppp());
            default -> unread(Unread.LINK_TYPE_UNKNOWN);
        };
    }

    Layer ethernet() {
        ethernet.wrap(cursor.buffer, cursor.offset, cursor.available);
        if (!ethernet.isComplete()) {
            return unread(Unread.LINK_HEADER_TRUNCATED);
        }
        view.linkDestination = ethernet.destination();
        view.linkSource = ethernet.source();
        cursor.skip(EthernetHeader.LENGTH);
        return payload(ethernet.etherType());
    }

    private Layer sll() {
        sll.wrap(cursor.buffer, cursor.offset, cursor.available);
        if (!sll.isComplete()) {
            return unread(Unread.LINK_HEADER_TRUNCATED);
        }
        view.linkSource = sll.sender();
        cursor.skip(SllHeader.LENGTH);
        return cooked(sll.hardwareType(), sll.protocol());
    }

    private Layer sll2() {
        sll2.wrap(cursor.buffer, cursor.offset, cursor.available);
        if (!sll2.isComplete()) {
            return unread(Unread.LINK_HEADER_TRUNCATED);
        }
        view.linkSource = sll2.sender();
        cursor.skip(Sll2Header.LENGTH);
        return cooked(sll2.hardwareType(), sll2.protocol());
    }

    /** Numbers below an EtherType are Linux's own; 4 is a frame with an LLC header. */
    private Layer cooked(int hardwareType, int protocol) {
        if (hardwareType == SllHeader.NETLINK || (protocol < EtherType.MINIMUM && protocol != 4)) {
            return Layer.DONE;
        }
        return payload(protocol == 4 ? llc() : protocol);
    }

    private Layer loopback() {
        loopback.wrap(cursor.buffer, cursor.offset, cursor.available);
        if (!loopback.isComplete()) {
            return unread(Unread.LINK_HEADER_TRUNCATED);
        }
        cursor.skip(LoopbackHeader.LENGTH);
        return loopback.isIpv4() ? payload(EtherType.IPV4) : loopback.isIpv6() ? payload(EtherType.IPV6) : Layer.DONE;
    }

    private Layer payload(int etherType) {
        int type = etherType;
        for (int tags = 0; tags <= MAXIMUM_TAGS; tags++) {
            switch (type) {
                case EtherType.IPV4 -> {
                    view.etherType = type;
                    return Layer.IPV4;
                }
                case EtherType.IPV6 -> {
                    view.etherType = type;
                    return Layer.IPV6;
                }
                case EtherType.ARP -> {
                    view.etherType = type;
                    return Layer.ARP;
                }
                case EtherType.VLAN, EtherType.PROVIDER_BRIDGING, EtherType.OLD_QINQ, EtherType.OLDER_QINQ ->
                    type = vlan();
                case EtherType.MPLS, EtherType.MPLS_UPSTREAM -> type = mpls(type);
                case EtherType.PPPOE_SESSION -> type = pppoe();
                case UNREADABLE, FOREIGN -> {
                    return Layer.DONE;
                }
                default -> {
                    if (type > EtherType.MAXIMUM_LENGTH) {
                        view.etherType = type;
                        return Layer.DONE;
                    }
                    cursor.limit(Math.min(type, cursor.declared));
                    type = llc();
                }
            }
        }
        return unread(Unread.TAGS_TOO_DEEP);
    }

    private int vlan() {
        vlan.wrap(cursor.buffer, cursor.offset, cursor.available);
        if (!vlan.isComplete()) {
            return truncated();
        }
        if (view.vlan == 0) {
            view.vlan = vlan.identifier();
        }
        cursor.skip(VlanTag.LENGTH);
        return vlan.etherType();
    }

    private int llc() {
        llc.wrap(cursor.buffer, cursor.offset, cursor.available);
        if (!llc.isComplete()) {
            return cursor.declared < LlcHeader.LENGTH ? foreign(0) : truncated();
        }
        if (!llc.isEncapsulatedEthernet() || llc.protocol() <= EtherType.MAXIMUM_LENGTH) {
            return foreign(0);
        }
        cursor.skip(LlcHeader.LENGTH);
        return llc.protocol();
    }

    /** A label stack does not say what it carries: only the version of an IP header does. */
    private int mpls(int etherType) {
        mpls.wrap(cursor.buffer, cursor.offset, cursor.available);
        if (!mpls.isComplete()) {
            return truncated();
        }
        cursor.skip(MplsLabel.LENGTH);
        return mpls.isBottomOfStack() ? ipVersion(etherType) : etherType;
    }

    private int pppoe() {
        pppoe.wrap(cursor.buffer, cursor.offset, cursor.available);
        if (!pppoe.isComplete()) {
            return truncated();
        }
        if (!pppoe.isSession()) {
            return foreign(EtherType.PPPOE_SESSION);
        }
        cursor.skip(PppoeHeader.LENGTH);
        cursor.limit(Math.min(cursor.declared, pppoe.payloadLength()));
        view.etherType = EtherType.PPPOE_SESSION;
        return ppp();
    }

    private int ppp() {
        ppp.wrap(cursor.buffer, cursor.offset, cursor.available);
        if (!ppp.isComplete()) {
            return truncated();
        }
        cursor.skip(ppp.length());
        return switch (ppp.protocol()) {
            case PppHeader.IPV4 -> EtherType.IPV4;
            case PppHeader.IPV6 -> EtherType.IPV6;
            case PppHeader.MPLS -> EtherType.MPLS;
            default -> FOREIGN;
        };
    }

    /** EtherType by the version of the IP header that should follow. */
    private int ipVersion(int carrier) {
        if (cursor.available == 0) {
            return truncated();
        }
        return switch (cursor.buffer.getByte(cursor.offset) >> 4) {
            case 4 -> EtherType.IPV4;
            case 6 -> EtherType.IPV6;
            default -> carrier == EtherType.MINIMUM ? unknownVersion() : foreign(carrier);
        };
    }

    private int unknownVersion() {
        view.unread = Unread.IP_VERSION_UNKNOWN;
        return UNREADABLE;
    }

    private int foreign(int etherType) {
        view.etherType = etherType;
        return FOREIGN;
    }

    private int truncated() {
        view.unread = Unread.LINK_HEADER_TRUNCATED;
        return UNREADABLE;
    }

    private Layer unread(Unread reason) {
        view.unread = reason;
        return Layer.DONE;
    }
}
