package io.tripline.job.elastic;

import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How to reach Elasticsearch. Travels with the job, so it names the files of secrets and holds none: they are read
 * where a sink runs.
 *
 * @param hosts addresses, {@code http://} or {@code https://}, any node of one cluster
 * @param apiKeyFile file with an API key as the server encodes it; not together with a user name
 * @param username for basic authentication, together with {@code passwordFile}
 * @param passwordFile file with the password
 * @param caFile certificates to trust in place of those that Java trusts, PEM
 * @param alertsPrefix indices of alerts are called this and a month, their alias this alone
 * @param trafficPrefix the same for traffic
 * @param flushInterval longest wait of a document for others to be sent with
 * @param maxBatch most documents in one request
 * @param maxInFlight most requests under way at once, per writer
 */
public record ElasticSettings(
        List<String> hosts,
        @Nullable String apiKeyFile,
        @Nullable String username,
        @Nullable String passwordFile,
        @Nullable String caFile,
        String alertsPrefix,
        String trafficPrefix,
        Duration flushInterval,
        int maxBatch,
        int maxInFlight)
        implements Serializable {
    private static final long serialVersionUID = 1;

    private static final Pattern PREFIX = Pattern.compile("[a-z0-9][a-z0-9_-]{0,99}");
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int LARGEST_BATCH = 10_000;
    private static final int MOST_IN_FLIGHT = 64;

    public ElasticSettings {
        hosts = List.copyOf(hosts);
        require(!hosts.isEmpty(), "hosts: at least one address is needed, such as http://127.0.0.1:9200");
        hosts.forEach(ElasticSettings::checkHost);
        require(apiKeyFile == null || username == null, "api-key-file and username: give one of them");
        require(
                (username == null) == (passwordFile == null),
                "username and password-file: one of them is not enough, give both or neither");
        require(username == null || !username.contains(":"), "username: must not contain a colon");
        checkPath("api-key-file", apiKeyFile);
        checkPath("password-file", passwordFile);
        checkPath("ca-file", caFile);
        require(
                caFile == null || hosts.stream().allMatch(host -> host.startsWith("https://")),
                "ca-file: needs https:// in all hosts");
        checkPrefix("alerts-prefix", alertsPrefix);
        checkPrefix("traffic-prefix", trafficPrefix);
        require(
                !overlap(alertsPrefix, trafficPrefix),
                "alerts-prefix and traffic-prefix: neither may be a prefix of the other");
        require(
                flushInterval.compareTo(SHORTEST) >= 0 && flushInterval.compareTo(LONGEST) <= 0,
                "flush-interval: must be 10ms to 60s");
        require(maxBatch >= 1 && maxBatch <= LARGEST_BATCH, "max-batch: must be 1 to " + LARGEST_BATCH);
        require(maxInFlight >= 1 && maxInFlight <= MOST_IN_FLIGHT, "max-in-flight: must be 1 to " + MOST_IN_FLIGHT);
    }

    /** Without secrets, everything else as usual. */
    public static ElasticSettings of(String... hosts) {
        return new ElasticSettings(
                List.of(hosts),
                null,
                null,
                null,
                null,
                "tripline-alerts",
                "tripline-traffic",
                Duration.ofMillis(100),
                500,
                4);
    }

    private static void checkHost(String host) {
        URI uri;
        try {
            uri = new URI(host);
        } catch (URISyntaxException e) {
            // What was given may hold a password: it is not repeated.
            throw new IllegalArgumentException("hosts: invalid address; write for example https://es.example:9200");
        }
        require(
                uri.getRawUserInfo() == null,
                "hosts: no user or password in an address, use username and password-file");
        boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        boolean bare = uri.getRawPath() == null
                || uri.getRawPath().isEmpty()
                || uri.getRawPath().equals("/");
        require(
                web && bare && uri.getHost() != null && uri.getRawQuery() == null && uri.getRawFragment() == null,
                "hosts: '" + host + "' is not a valid address such as https://es.example:9200");
    }

    private static void checkPath(String key, @Nullable String path) {
        require(path == null || !path.isBlank(), key + ": is empty");
    }

    private static void checkPrefix(String key, String prefix) {
        require(
                PREFIX.matcher(prefix).matches(),
                key + ": '" + prefix + "' is not made of lower-case letters, digits, - and _, or is longer than 100");
    }

    private static boolean overlap(String one, String other) {
        return (one + "-").startsWith(other + "-") || (other + "-").startsWith(one + "-");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
