package io.tripline.job.settings.yaml;

import io.tripline.rules.alert.AllowEntry;
import io.tripline.rules.network.Prefix;
import io.tripline.schemas.Address;
import io.tripline.shell.yaml.YamlNode;
import io.tripline.shell.yaml.YamlNode.Scalar;
import io.tripline.shell.yaml.YamlNode.Sequence;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what is allowed. Each entry says who answers for it, why, and until when. */
final class AllowReader {
    private static final Pattern MAC = Pattern.compile("(?i)[0-9a-f]{2}(:[0-9a-f]{2}){5}");
    private static final Pattern RANGE = Pattern.compile("([0-9]{1,5})-([0-9]{1,5})");

    private final Path file;
    private final LocalDate today;
    private final NetworkReader networks;
    private final Mistakes mistakes;
    private final Mistakes lapsed;
    private final Values values;

    /**
     * Reads entries.
     *
     * @param lapsed takes those that no longer hold; they are read all the same, since an older capture or a replay may
     *     be from their time
     */
    AllowReader(Path file, LocalDate today, NetworkReader networks, Mistakes mistakes, Mistakes lapsed) {
        this.file = file;
        this.today = today;
        this.networks = networks;
        this.mistakes = mistakes;
        this.lapsed = lapsed;
        this.values = new Values(mistakes);
    }

    List<AllowEntry> entries(YamlNode node) {
        List<AllowEntry> entries = new ArrayList<>();
        List<YamlNode> items = networks.items(node, "allow");
        for (int i = 0; i < items.size(); i++) {
            entry(items.get(i), "allow[" + i + "]", entries);
        }
        return entries;
    }

    private void entry(YamlNode node, String path, List<AllowEntry> entries) {
        Group group = Group.of(
                node, path, List.of("rules", "source", "target", "ports", "owner", "reason", "expires"), mistakes);
        if (group == null) {
            return;
        }
        YamlNode source = group.value("source");
        YamlNode target = group.value("target");
        YamlNode portNodes = group.value("ports");
        Set<Address> macs = new LinkedHashSet<>();
        List<Prefix> sources = source == null ? List.of() : sources(source, group.path("source"), macs);
        List<Prefix> targets = target == null ? List.of() : networks.networks(target, group.path("target"));
        Set<Integer> ports = portNodes == null ? Set.of() : ports(portNodes, group.path("ports"));
        if (source == null && target == null && portNodes == null) {
            mistakes.add(
                    group.line(),
                    path,
                    "names no source, target or ports; to switch a rule off write rules: {<rule>: {enabled: false}}");
        }
        Set<String> rules = rules(group);
        YamlNode ownerNode = group.required("owner", "\"network team\"");
        YamlNode reasonNode = group.required("reason", "\"monthly inventory scan\"");
        YamlNode expiresNode = group.required("expires", today.plusMonths(6).toString());
        String owner = ownerNode == null ? null : values.text(ownerNode, group.path("owner"));
        String reason = reasonNode == null ? null : values.text(reasonNode, group.path("reason"));
        LocalDate expires = expiresNode == null ? null : values.date(expiresNode, group.path("expires"));
        if (expires != null && expires.isBefore(today)) {
            lapsed.add(
                    group.line("expires"),
                    group.path("expires"),
                    "ended on " + expires + " and today is " + today
                            + "; remove the entry, or have its owner renew it");
        }
        if (owner != null && reason != null && expires != null) {
            entries.add(new AllowEntry(
                    file.getFileName() + ":" + group.line(),
                    rules,
                    sources,
                    macs,
                    targets,
                    ports,
                    owner,
                    reason,
                    expires));
        }
    }

    private Set<String> rules(Group group) {
        Set<String> rules = new LinkedHashSet<>();
        YamlNode node = group.value("rules");
        if (node == null) {
            return rules;
        }
        for (YamlNode item : values.list(node, group.path("rules"))) {
            String id = values.text(item, group.path("rules"));
            if (id != null && !SettingsReader.ids().contains(id)) {
                mistakes.add(
                        item.line(),
                        group.path("rules"),
                        "no rule is called '" + Mistakes.shown(id) + "'" + Suggestion.of(id, SettingsReader.ids()));
            } else if (id != null) {
                rules.add(id);
            }
        }
        return rules;
    }

    /** Networks and hardware addresses. */
    private List<Prefix> sources(YamlNode node, String path, Set<Address> macs) {
        List<YamlNode> others = new ArrayList<>();
        for (YamlNode item : values.list(node, path)) {
            if (item instanceof Scalar scalar && MAC.matcher(scalar.text()).matches()) {
                String digits = scalar.text().replace(":", "").toLowerCase(Locale.ROOT);
                macs.add(Address.ofMac(Long.parseLong(digits, 16)));
            } else {
                others.add(item);
            }
        }
        return others.isEmpty() ? List.of() : networks.networks(new Sequence(node.line(), others), path);
    }

    /** Numbers and ranges such as {@code 8000-8100}. */
    private Set<Integer> ports(YamlNode node, String path) {
        Set<Integer> ports = new HashSet<>();
        for (YamlNode item : values.list(node, path)) {
            var range = item instanceof Scalar scalar ? RANGE.matcher(scalar.text()) : null;
            if (range != null && range.matches()) {
                int from = Integer.parseInt(range.group(1));
                int to = Integer.parseInt(range.group(2));
                if (from > to || to > 65_535) {
                    mistakes.add(
                            item.line(),
                            path,
                            range.group() + " is not a valid port range; write for example 8000-8100");
                } else {
                    for (int port = from; port <= to; port++) {
                        ports.add(port);
                    }
                }
                continue;
            }
            Long port = values.number(item, path, 0, 65_535);
            if (port != null) {
                ports.add(port.intValue());
            }
        }
        return ports;
    }
}
