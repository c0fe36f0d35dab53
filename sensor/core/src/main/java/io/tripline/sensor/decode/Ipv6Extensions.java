package io.tripline.sensor.decode;

/** Walks the chain of IPv6 extension headers (RFC 8200, 4) up to a fragment header or the upper-layer protocol. */
final class Ipv6Extensions {
    static final int TRUNCATED = -1;
    static final int INVALID = -2;

    /** Each kind may come once, destination options twice; some stacks and scanners send more. */
    private static final int MAXIMUM_HEADERS = 16;

    private static final int MAXIMUM_PAYLOAD = 65_535;

    private final Ipv6ExtensionHeader extension = new Ipv6ExtensionHeader();
    private final AuthenticationHeader authentication = new AuthenticationHeader();

    /**
     * Moves the cursor behind the extension headers.
     *
     * <p>Where the packet ends before an extension header begins, that header's number is the protocol: this is what a
     * protocol scan sends.
     *
     * @return the number of the header at the cursor, {@link #TRUNCATED} or {@link #INVALID}
     */
    int skip(Cursor cursor, int first) {
        int next = first;
        for (int headers = 0; headers <= MAXIMUM_HEADERS; headers++) {
            if (cursor.declared == 0) {
                return next;
            }
            if (isExtension(next)) {
                extension.wrap(cursor.buffer, cursor.offset, cursor.available);
                if (!extension.isComplete()) {
                    return cut(cursor, extensionLength(cursor));
                }
                if (extension.nextHeader() == Ipv6ExtensionHeader.NONE && next >= Ipv6ExtensionHeader.MOBILITY) {
                    return next;
                }
                cursor.skip(extension.length());
                next = extension.nextHeader();
            } else if (next == Ipv6ExtensionHeader.AUTHENTICATION) {
                authentication.wrap(cursor.buffer, cursor.offset, cursor.available);
                if (!authentication.isComplete()) {
                    return cut(cursor, authenticationLength(cursor));
                }
                if (!authentication.isValid()) {
                    return INVALID;
                }
                cursor.skip(authentication.length());
                next = authentication.nextHeader();
            } else {
                return next;
            }
        }
        return INVALID;
    }

    /**
     * Bytes of payload where the IPv6 header says 0: a jumbogram (RFC 2675), a segment the network card was left to
     * cut, or nothing.
     */
    int lengthOfJumbogram(Cursor cursor, int next) {
        if (next == Ipv6ExtensionHeader.HOP_BY_HOP) {
            extension.wrap(cursor.buffer, cursor.offset, cursor.available);
            if (extension.isComplete() && extension.jumboPayload() != 0) {
                return extension.jumboPayload();
            }
        }
        return cursor.declared > MAXIMUM_PAYLOAD ? cursor.declared : 0;
    }

    /** Whether a header of this number has the common shape; the fragment and authentication headers do not. */
    static boolean isExtension(int number) {
        return switch (number) {
            case Ipv6ExtensionHeader.HOP_BY_HOP,
                    Ipv6ExtensionHeader.ROUTING,
                    Ipv6ExtensionHeader.DESTINATION_OPTIONS,
                    Ipv6ExtensionHeader.MOBILITY,
                    Ipv6ExtensionHeader.HOST_IDENTITY,
                    Ipv6ExtensionHeader.SHIM6 -> true;
            default -> false;
        };
    }

    private int extensionLength(Cursor cursor) {
        return cursor.available < 2 ? Ipv6ExtensionHeader.MINIMUM_LENGTH : extension.length();
    }

    private int authenticationLength(Cursor cursor) {
        return cursor.available < 2
                ? AuthenticationHeader.MINIMUM_LENGTH
                : Math.max(AuthenticationHeader.MINIMUM_LENGTH, authentication.length());
    }

    private static int cut(Cursor cursor, int length) {
        return cursor.declared < length ? INVALID : TRUNCATED;
    }
}
