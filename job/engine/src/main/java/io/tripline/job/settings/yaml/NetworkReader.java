package io.tripline.job.settings.yaml;

import io.tripline.rules.alert.Asset;
import io.tripline.rules.alert.Zones;
import io.tripline.rules.network.Prefix;
import io.tripline.shell.yaml.YamlNode;
import io.tripline.shell.yaml.YamlNode.Entry;
import io.tripline.shell.yaml.YamlNode.Scalar;
import io.tripline.shell.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads zones and assets, and networks anywhere else: by address, in CIDR notation, or by the name of a zone. */
final class NetworkReader {
    private static final String INTERNAL = "internal";
    private static final String NAME = "[a-z][a-z0-9-]{0,62}";

    private final Mistakes mistakes;
    private final Values values;

    /** Zones by name, among them {@code internal}. */
    private final Map<String, List<Prefix>> named = new LinkedHashMap<>();

    NetworkReader(Mistakes mistakes) {
        this.mistakes = mistakes;
        this.values = new Values(mistakes);
        named.put(INTERNAL, Zones.DEFAULT.internal());
    }

    /** A network with the line where it stands. */
    private record Placed(Prefix network, String zone, int line) {}

    /** What is inside; other zones are names for networks. */
    Zones zones(YamlNode node) {
        Group zones = Group.open(node, "zones", mistakes);
        if (zones == null) {
            return Zones.DEFAULT;
        }
        List<Placed> others = new ArrayList<>();
        for (Entry entry : zones.entries()) {
            String path = zones.path(entry.key());
            if (!entry.key().matches(NAME)) {
                mistakes.add(entry.line(), path, "is not a valid zone name; use lower-case letters, digits and dashes");
                continue;
            }
            List<Placed> inside = new ArrayList<>();
            for (YamlNode item : values.list(entry.value(), path)) {
                Prefix network = network(item, path);
                if (network != null) {
                    Placed placed = new Placed(network, entry.key(), item.line());
                    refuseOverlap(placed, inside, path);
                    if (!entry.key().equals(INTERNAL)) {
                        refuseOverlap(placed, others, path);
                    }
                    inside.add(placed);
                }
            }
            if (!entry.key().equals(INTERNAL)) {
                others.addAll(inside);
            }
            named.put(entry.key(), inside.stream().map(Placed::network).toList());
        }
        return new Zones(named.getOrDefault(INTERNAL, List.of()));
    }

    private void refuseOverlap(Placed network, List<Placed> known, String path) {
        for (Placed other : known) {
            if (other.network().covers(network.network()) || network.network().covers(other.network())) {
                mistakes.add(
                        network.line(),
                        path,
                        network.network() + " overlaps " + other.network() + " of zone " + other.zone() + " in line "
                                + other.line() + "; keep one of them");
                return;
            }
        }
    }

    /** Assets, each host or network once. */
    List<Asset> assets(YamlNode node) {
        List<Asset> assets = new ArrayList<>();
        List<YamlNode> items = items(node, "assets");
        Map<Prefix, Integer> lines = new LinkedHashMap<>();
        for (int i = 0; i < items.size(); i++) {
            Group group =
                    Group.of(items.get(i), "assets[" + i + "]", List.of("address", "name", "criticality"), mistakes);
            if (group == null) {
                continue;
            }
            YamlNode address = group.required("address", "10.0.0.5");
            YamlNode name = group.required("name", "mail");
            YamlNode criticality = group.required("criticality", "high");
            Prefix network = address == null ? null : network(address, group.path("address"));
            String called = name == null ? null : values.text(name, group.path("name"));
            Asset.Criticality how = criticality == null
                    ? null
                    : values.constant(criticality, group.path("criticality"), Asset.Criticality.class);
            Integer before = network == null ? null : lines.putIfAbsent(network, group.line());
            if (before != null) {
                mistakes.add(
                        group.line("address"),
                        group.path("address"),
                        network + " is already in line " + before + "; keep one of them");
            } else if (network != null && called != null && how != null) {
                assets.add(new Asset(network, called, how));
            }
        }
        return assets;
    }

    /** A list of groups. */
    List<YamlNode> items(YamlNode node, String path) {
        if (node instanceof Sequence sequence) {
            return sequence.items();
        }
        mistakes.add(node.line(), path, "is " + Mistakes.kind(node) + "; must be a list: begin each entry with a dash");
        return List.of();
    }

    /** Networks; a zone's name stands for all of its networks. */
    List<Prefix> networks(YamlNode node, String path) {
        List<Prefix> networks = new ArrayList<>();
        for (YamlNode item : values.list(node, path)) {
            List<Prefix> zone = item instanceof Scalar scalar ? named.get(scalar.text()) : null;
            if (zone != null) {
                networks.addAll(zone);
            } else if (item instanceof Scalar scalar && scalar.text().matches("[a-z][a-z-]*[0-9]*")) {
                mistakes.add(
                        item.line(),
                        path,
                        "no zone is called " + Mistakes.shown(scalar.text())
                                + Suggestion.of(scalar.text(), named.keySet()));
            } else {
                Prefix network = network(item, path);
                if (network != null) {
                    networks.add(network);
                }
            }
        }
        return networks;
    }

    @Nullable
    Prefix network(YamlNode node, String path) {
        String text = node instanceof Scalar ? values.text(node, path) : null;
        if (text == null) {
            if (!(node instanceof Scalar)) {
                mistakes.add(
                        node.line(),
                        path,
                        "is " + Mistakes.kind(node) + "; must be a network like 10.0.0.0/8 or fc00::/7");
            }
            return null;
        }
        try {
            return Prefix.parse(text);
        } catch (IllegalArgumentException e) {
            mistakes.add(node.line(), path, String.valueOf(e.getMessage()));
            return null;
        }
    }
}
