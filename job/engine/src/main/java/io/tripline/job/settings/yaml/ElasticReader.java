package io.tripline.job.settings.yaml;

import io.tripline.job.elastic.ElasticSettings;
import io.tripline.shell.yaml.YamlNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads key {@code elasticsearch}. Secrets are in files that it names. */
final class ElasticReader {
    private static final int COUNT = 1_000_000;
    private static final List<String> KEYS = List.of(
            "hosts",
            "api-key-file",
            "username",
            "password-file",
            "ca-file",
            "alerts-prefix",
            "traffic-prefix",
            "flush-interval",
            "max-batch",
            "max-in-flight");

    private final Mistakes mistakes;
    private final Values values;

    ElasticReader(Mistakes mistakes) {
        this.mistakes = mistakes;
        this.values = new Values(mistakes);
    }

    @Nullable
    ElasticSettings read(YamlNode node) {
        Group group = Group.of(node, "elasticsearch", KEYS, mistakes);
        YamlNode hosts = group == null ? null : group.required("hosts", "https://es.example:9200");
        if (group == null || hosts == null) {
            return null;
        }
        List<String> addresses = new ArrayList<>();
        for (YamlNode item : values.list(hosts, group.path("hosts"))) {
            String host = values.text(item, group.path("hosts"));
            if (host != null) {
                addresses.add(host);
            }
        }
        ElasticSettings usual = ElasticSettings.of("http://localhost:9200");
        YamlNode interval = group.value("flush-interval");
        Duration given = interval == null ? null : values.duration(interval, group.path("flush-interval"));
        String alerts = text(group, "alerts-prefix");
        String traffic = text(group, "traffic-prefix");
        try {
            return new ElasticSettings(
                    addresses,
                    text(group, "api-key-file"),
                    text(group, "username"),
                    text(group, "password-file"),
                    text(group, "ca-file"),
                    alerts == null ? usual.alertsPrefix() : alerts,
                    traffic == null ? usual.trafficPrefix() : traffic,
                    given == null ? usual.flushInterval() : given,
                    count(group, "max-batch", usual.maxBatch()),
                    count(group, "max-in-flight", usual.maxInFlight()));
        } catch (IllegalArgumentException e) {
            // The message begins with the key that it is about.
            String message = String.valueOf(e.getMessage());
            int colon = message.indexOf(": ");
            String key = colon < 0 ? "" : message.substring(0, colon);
            boolean known = KEYS.contains(key);
            mistakes.add(
                    known ? group.line(key) : group.line(),
                    known ? group.path(key) : "elasticsearch",
                    Mistakes.shown(known ? message.substring(colon + 2) : message, 200));
            return null;
        }
    }

    private @Nullable String text(Group group, String key) {
        YamlNode node = group.value(key);
        return node == null ? null : values.text(node, group.path(key));
    }

    private int count(Group group, String key, int usual) {
        YamlNode node = group.value(key);
        Long count = node == null ? null : values.number(node, group.path(key), 1, COUNT);
        return count == null ? usual : count.intValue();
    }
}
