package io.tripline.sensor.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs tshark, the decoder that ours is compared with. */
final class Tshark {
    private static final String FIELDS =
            "frame.protocols frame.len eth.src eth.dst ieee8021ad.id vlan.id ip.src ip.dst ip.proto ip.ttl ip.id ip.len"
                    + " ip.hdr_len ip.frag_offset ip.flags.mf ipv6.src ipv6.dst ipv6.nxt ipv6.hlim ipv6.fraghdr.offset"
                    + " ipv6.fraghdr.ident ipv6.fraghdr.nxt tcp.srcport tcp.dstport tcp.flags tcp.window_size_value tcp.len"
                    + " tcp.seq_raw tcp.ack_raw tcp.option_kind udp.srcport udp.dstport udp.length sctp.srcport sctp.dstport"
                    + " sctp.chunk_type icmp.type icmp.code icmp.ident icmpv6.type icmpv6.code icmpv6.echo.identifier"
                    + " icmpv6.nd.ns.target_address icmpv6.nd.na.target_address icmpv6.opt.type icmpv6.opt.linkaddr arp.opcode"
                    + " arp.src.hw_mac arp.src.proto_ipv4 arp.dst.hw_mac arp.dst.proto_ipv4 dns.qry.name dns.qry.name.len"
                    + " dns.qry.type dns.flags.response dns.flags.rcode dns.count.answers nbns.type";
    private static final List<String> NAMES = List.of(FIELDS.split(" "));

    /** Between occurrences of one field; no name holds it. */
    private static final String AGGREGATOR = "\u0001";

    private Tshark() {}

    static boolean isInstalled() {
        try {
            Process process = new ProcessBuilder("tshark", "--version")
                    .redirectErrorStream(true)
                    .start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Decodes every packet; {@code defragment} says whether datagrams and segments are put together. */
    static List<Row> decode(Path capture, boolean defragment) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("tshark", "-n", "-r", capture.toString(), "-T", "fields", "-E", "occurrence=a"));
        command.addAll(List.of("-E", "aggregator=" + AGGREGATOR));
        String join = defragment ? "TRUE" : "FALSE";
        for (String preference : List.of("ip.defragment", "ipv6.defragment")) {
            command.addAll(List.of("-o", preference + ":" + join));
        }
        for (String preference : List.of("tcp.desegment_tcp_streams", "dns.desegment_dns_messages")) {
            command.addAll(List.of("-o", preference + ":FALSE"));
        }
        for (String name : NAMES) {
            command.addAll(List.of("-e", name));
        }
        Path errors = Files.createTempFile("tshark", ".err");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        List<Row> rows = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                rows.add(row(line));
            }
        }
        int status = process.waitFor();
        String complaint = Files.readString(errors);
        Files.delete(errors);
        if (status != 0 && rows.isEmpty()) {
            throw new IOException("tshark on " + capture + ": " + complaint);
        }
        return rows;
    }

    private static Row row(String line) {
        String[] columns = line.split("\t", -1);
        Map<String, List<String>> values = new HashMap<>();
        for (int i = 0; i < NAMES.size() && i < columns.length; i++) {
            if (!columns[i].isEmpty()) {
                values.put(NAMES.get(i), List.of(columns[i].split(AGGREGATOR, -1)));
            }
        }
        return new Row(values);
    }

    /** What tshark says of one packet: each field with all its occurrences, outermost first. */
    record Row(Map<String, List<String>> values) {
        /** Occurrence of a field; empty where there are fewer. */
        String text(String field, int index) {
            List<String> all = values.getOrDefault(field, List.of());
            return index >= 0 && index < all.size() ? all.get(index) : "";
        }

        String text(String field) {
            return text(field, 0);
        }

        long number(String field, int index) {
            String text = text(field, index);
            if (text.isEmpty()) {
                return 0;
            }
            return switch (text) {
                case "True" -> 1;
                case "False" -> 0;
                default -> Long.decode(text);
            };
        }

        long number(String field) {
            return number(field, 0);
        }

        boolean has(String field) {
            return values.containsKey(field);
        }

        List<String> all(String field) {
            return values.getOrDefault(field, List.of());
        }

        List<String> protocols() {
            return List.of(text("frame.protocols").split(":"));
        }
    }
}
