package io.tripline.analyze.report.chart.sample;

import io.tripline.schemas.Address;
import io.tripline.schemas.Dns;
import io.tripline.schemas.Hash;
import io.tripline.schemas.PacketRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Names that clients asked for: those with a long label or for a type that carries data apart from the others, so that
 * neither crowds out the other. Memory: at most about 2 MB.
 */
final class NameSamples {
    private static final int KEPT = 2_048;

    /** Labels of ordinary names are mostly shorter, encoded ones mostly longer. */
    private static final int LONG_LABEL = 12;

    private static final int A = 1;
    private static final int AAAA = 28;
    private static final int HTTPS = 65;

    /** A name that a client asked for, as often as it was asked for or answered. */
    static final class Name {
        private final Address client;
        private final String name;
        private long messages;

        Name(Address client, String name) {
            this.client = client;
            this.name = name;
        }

        Address client() {
            return client;
        }

        /** As it was sent, escaped as in {@link Dns#getName}. */
        String name() {
            return name;
        }

        long messages() {
            return messages;
        }
    }

    private final DistinctSample<Name> shortOnes = new DistinctSample<>(KEPT);
    private final DistinctSample<Name> longOnes = new DistinctSample<>(KEPT);

    void add(PacketRecord packet, Dns dns) {
        boolean answer = dns.getResponse();
        long clientHigh = answer ? packet.getDestinationHigh() : packet.getSourceHigh();
        long clientLow = answer ? packet.getDestinationLow() : packet.getSourceLow();
        String name = dns.getName();
        long hash = Hash.mix(clientHigh, clientLow);
        int label = 0;
        int longest = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            hash = (hash ^ (c >= 'A' && c <= 'Z' ? c | 0x20 : c)) * 0x0000_0100_0000_01b3L;
            label = c == '.' ? 0 : label + 1;
            longest = Math.max(longest, label);
        }
        hash = Hash.spread(hash);
        int type = dns.getType();
        boolean usual = longest < LONG_LABEL && (type == A || type == AAAA || type == HTTPS);
        DistinctSample<Name> sample = usual ? shortOnes : longOnes;
        if (name.isEmpty() || !sample.takes(hash)) {
            return;
        }
        Name known = sample.get(hash);
        if (known == null) {
            known = new Name(new Address(clientHigh, clientLow), name);
            sample.put(hash, known);
        }
        known.messages++;
    }

    boolean sampled() {
        return shortOnes.sampled() || longOnes.sampled();
    }

    /** By client and name. */
    List<Name> names() {
        List<Name> names = new ArrayList<>(shortOnes.things());
        names.addAll(longOnes.things());
        names.sort(Comparator.comparing(Name::client).thenComparing(Name::name));
        return names;
    }
}
