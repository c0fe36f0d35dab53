package io.tripline.rules.flood;

import io.tripline.rules.flood.Arrivals.Kind;
import io.tripline.rules.flood.Inflow.Count;
import io.tripline.rules.network.ServiceSet;
import io.tripline.rules.sketch.SourceSample;
import io.tripline.rules.sketch.SourceSample.Source;
import java.util.ArrayList;
import java.util.List;

/** The latest seconds of one target, taken together. */
public final class FloodWindow {
    /** Sources of an incident or a window that are kept exactly; beyond it a sample. */
    static final int SOURCES = 256;

    /** From so many sources on that sent one packet each it is told that addresses are false. */
    private static final int MANY_SOURCES = 64;

    private static final int SINGLE_PERCENT = 80;

    /** What the rule about port scans calls many. */
    private static final int SCANNED = 20;

    /** A scanner tries a silent port this often at most, unless told otherwise. */
    private static final int TRIES = 4;

    private final List<Inflow> seconds;

    FloodWindow(Iterable<Inflow> recent, long from) {
        seconds = new ArrayList<>();
        for (Inflow inflow : recent) {
            if (inflow.second() >= from) {
                seconds.add(inflow);
            }
        }
    }

    List<Inflow> seconds() {
        return seconds;
    }

    public long packets(Kind kind) {
        long sum = 0;
        for (Inflow inflow : seconds) {
            sum += inflow.packets(kind);
        }
        return sum;
    }

    public long bytes(Kind kind) {
        long sum = 0;
        for (Inflow inflow : seconds) {
            Arrivals arrivals = inflow.arrivals(kind);
            sum += arrivals == null ? 0 : arrivals.bytes();
        }
        return sum;
    }

    public long count(Count of) {
        long sum = 0;
        for (Inflow inflow : seconds) {
            sum += inflow.count(of);
        }
        return sum;
    }

    public boolean answersVisible() {
        return seconds.stream().anyMatch(Inflow::answersVisible);
    }

    /** Distinct services of a transport. */
    public long services(int transport) {
        ServiceSet all = new ServiceSet();
        seconds.forEach(inflow -> all.addAll(inflow.services()));
        return all.count(transport);
    }

    public SourceSample sources(Kind kind) {
        SourceSample all = new SourceSample(SOURCES);
        for (Inflow inflow : seconds) {
            Arrivals arrivals = inflow.arrivals(kind);
            if (arrivals != null) {
                all.merge(arrivals.sources());
            }
        }
        return all;
    }

    /**
     * Whether packets are spread over services as a scan spreads them: many services, each tried a few times by each of not too many sources.
     *
     * @param packets of the kind that the sources are of
     */
    public boolean looksLikeScan(int transport, long packets, SourceSample sources) {
        long services = services(transport);
        long hosts = Math.max(1, Math.min(MANY_SOURCES, sources.distinct()));
        return services > SCANNED && packets <= TRIES * services * hosts && !spoofed(sources);
    }

    /** Whether sources are many and nearly all were used once: nobody has so many hosts that send one packet each. */
    static boolean spoofed(SourceSample sources) {
        return sources.distinct() >= MANY_SOURCES && sources.singlePercent() >= SINGLE_PERCENT;
    }

    /**
     * Sources that together make up nearly all of it; all that are known where these are many.
     *
     * @param packets of all sources
     */
    public static List<Source> main(SourceSample sources, long packets) {
        List<Source> all = sources.busiest();
        if (sources.approximate()) {
            return all;
        }
        long sum = 0;
        for (int i = 0; i < all.size(); i++) {
            sum += all.get(i).packets();
            if (sum * 10 >= packets * 9) {
                return all.subList(0, i + 1);
            }
        }
        return all;
    }
}
