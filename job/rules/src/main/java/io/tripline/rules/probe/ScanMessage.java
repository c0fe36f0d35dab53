package io.tripline.rules.probe;

import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Probing;
import io.tripline.rules.incident.Techniques;
import io.tripline.rules.network.Service;
import io.tripline.rules.probe.distributedscan.DistributedDetail;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Tells a scan in one line that a person understands; it becomes the title of the alert. */
public final class ScanMessage {
    private static final int LISTED_OPEN = 10;
    private static final int LISTED_SWEPT = 3;
    private static final long SECOND = 1_000_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final Set<Probing> WITHOUT_PORT = Set.of(Probing.ICMP, Probing.ARP, Probing.NDP);

    private ScanMessage() {}

    /** {@code 192.0.2.1 scanned 1,000 ports of 198.51.100.9 in 0.03 s (syn): 3 open (22, 80, 443), 997 closed}. */
    public static String ofPortScan(Finding finding) {
        String targets = finding.hosts() == 1 && finding.hostSample().size() == 1
                ? finding.hostSample().get(0).toString()
                : count(finding.hosts(), "host", "hosts");
        Set<Probing> techniques = finding.techniques().keySet();
        String services = count(finding.services(), "port", "ports");
        if (techniques.contains(Probing.IP_PROTOCOL)) {
            services = techniques.size() == 1
                    ? count(finding.services(), "IP protocol", "IP protocols")
                    : count(finding.services(), "port or IP protocol", "ports and IP protocols");
        }
        String open = openServices(finding);
        return finding.actor() + " scanned " + about(finding) + services + " of " + targets + during(finding)
                + techniques(finding)
                + outcomes(finding, "open" + (open.isEmpty() ? "" : " (" + open + ")"), "closed");
    }

    /** {@code 192.0.2.1 slowly tried 80 ports of 198.51.100.9 in 11 min (fin): 80 silent}. */
    public static String ofSlowScan(Finding finding) {
        boolean one = finding.hosts() == 1 && finding.hostSample().size() == 1;
        String what = one
                ? count(finding.services(), "port", "ports") + " of "
                        + finding.hostSample().get(0)
                : count(finding.services(), "service", "services") + " of " + count(finding.hosts(), "host", "hosts");
        return finding.actor() + " slowly tried " + about(finding) + what + during(finding) + techniques(finding)
                + outcomes(finding, "open", "closed");
    }

    /** {@code 5 sources together scanned 75 ports of 198.51.100.9 in 14.2 s (syn): 75 closed}, or the same with decoys. */
    public static String ofDistributedScan(Finding finding) {
        boolean decoys = finding.detail() instanceof DistributedDetail detail && detail.decoys();
        String who = decoys
                ? "One of " + count(finding.sourceCount(), "source", "sources") + ", the others decoys,"
                : count(finding.sourceCount(), "source", "sources") + " together";
        return who + " scanned " + (finding.approximate() ? "at least " : "")
                + count(finding.services(), "port", "ports") + " of " + finding.actor() + during(finding)
                + techniques(finding) + outcomes(finding, "open", "closed");
    }

    /** {@code 192.0.2.1 swept 254 hosts for 445/tcp in 2.10 s (syn): 3 answered, 10 refused, 241 silent}. */
    public static String ofHostSweep(Finding finding) {
        return finding.actor() + " swept " + about(finding) + count(finding.hosts(), "host", "hosts") + swept(finding)
                + during(finding) + techniques(finding) + outcomes(finding, "answered", "refused");
    }

    private static String swept(Finding finding) {
        List<String> ways = new ArrayList<>();
        List<String> numbered = finding.serviceSample().stream()
                .filter(Service::numbered)
                .map(Service::text)
                .toList();
        if (numbered.size() > LISTED_SWEPT) {
            ways.add("for " + number(finding.services()) + " services ("
                    + String.join(", ", numbered.subList(0, LISTED_SWEPT)) + ", …)");
        } else if (!numbered.isEmpty()) {
            ways.add("for " + String.join(", ", numbered));
        }
        for (Probing technique : finding.techniques().keySet()) {
            if (WITHOUT_PORT.contains(technique)) {
                ways.add("by " + (technique == Probing.NDP ? "neighbour solicitation" : upper(technique.id())));
            }
        }
        return ways.isEmpty() ? "" : " " + String.join(" and ", ways);
    }

    private static String upper(String id) {
        return id.toUpperCase(Locale.ROOT);
    }

    private static String techniques(Finding finding) {
        List<String> techniques = finding.techniques().keySet().stream()
                .filter(technique -> !WITHOUT_PORT.contains(technique))
                .map(Probing::id)
                .toList();
        return techniques.isEmpty() ? "" : " (" + String.join(", ", techniques) + ")";
    }

    private static String outcomes(Finding finding, String open, String closed) {
        Finding.Outcomes outcomes = finding.outcomes();
        List<String> told = new ArrayList<>();
        tell(told, outcomes.open(), open);
        tell(told, outcomes.closed(), closed);
        tell(told, outcomes.silent(), finding.answersSeen() ? "silent" : "without visible answer");
        return told.isEmpty() ? "" : ": " + String.join(", ", told);
    }

    private static void tell(List<String> told, long count, String what) {
        if (count > 0) {
            told.add(number(count) + " " + what);
        }
    }

    /** Numbers alone where one transport is scanned, numbers with their transport otherwise. */
    private static String openServices(Finding finding) {
        boolean alone = Techniques.transports(finding).size() <= 1
                && (finding.techniques().size() == 1 || !finding.techniques().containsKey(Probing.IP_PROTOCOL));
        List<String> open = new ArrayList<>();
        for (int service : finding.openServices()) {
            if (open.size() == LISTED_OPEN) {
                open.add("…");
                break;
            }
            open.add(alone && Service.numbered(service) ? "" + Service.port(service) : Service.text(service));
        }
        return String.join(", ", open);
    }

    private static String about(Finding finding) {
        return finding.approximate() ? "about " : "";
    }

    public static String during(Finding finding) {
        return " in " + duration(finding.lastSeen() - finding.firstSeen());
    }

    /** A duration in microseconds as people say it; cut, not rounded. */
    public static String duration(long micros) {
        if (micros < SECOND / 100) {
            return "under 0.01 s";
        }
        if (micros < 10 * SECOND) {
            return decimal(micros / (SECOND / 100), 100) + " s";
        }
        if (micros < 2 * MINUTE) {
            return decimal(micros / (SECOND / 10), 10) + " s";
        }
        if (micros < 2 * HOUR) {
            return micros / MINUTE + " min";
        }
        return micros < 48 * HOUR ? micros / HOUR + " h" : number(micros / (24 * HOUR)) + " days";
    }

    private static String decimal(long parts, int ofOne) {
        String fraction = String.valueOf(ofOne + parts % ofOne).substring(1);
        return parts / ofOne + "." + fraction;
    }

    public static String count(long count, String one, String many) {
        return number(count) + " " + (count == 1 ? one : many);
    }

    public static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
