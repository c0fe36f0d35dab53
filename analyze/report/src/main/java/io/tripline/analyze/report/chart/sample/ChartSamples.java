package io.tripline.analyze.report.chart.sample;

import io.tripline.rules.tunnel.dns.NameFold;
import io.tripline.schemas.Dns;
import io.tripline.schemas.Echo;
import io.tripline.schemas.PacketBatch;
import io.tripline.schemas.PacketRecord;

/** Takes samples from batches as they pass, in the order of the capture. For one thread at a time. */
public final class ChartSamples {
    private final ProbeSamples probes = new ProbeSamples();
    private final EchoSamples echoes = new EchoSamples();
    private final NameSamples names = new NameSamples();

    /** Looks at a batch, and gives it back as it is. */
    public PacketBatch look(PacketBatch batch) {
        for (PacketRecord packet : batch.getRecords()) {
            probes.add(batch, packet);
            Echo echo = packet.getEcho();
            if (echo != null) {
                echoes.add(packet, echo);
            }
            Dns dns = packet.getDns();
            if (dns != null && NameFold.isAboutNames(packet, dns)) {
                names.add(packet, dns);
            }
        }
        return batch;
    }

    ProbeSamples probes() {
        return probes;
    }

    EchoSamples echoes() {
        return echoes;
    }

    NameSamples names() {
        return names;
    }
}
