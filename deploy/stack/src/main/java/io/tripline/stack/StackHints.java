package io.tripline.stack;

import java.io.PrintWriter;
import java.nio.file.Path;

/** What to try with a stack that is up. */
final class StackHints {
    private StackHints() {}

    static void print(Stack stack, PrintWriter out) {
        Path here = Path.of("").toAbsolutePath();
        String tripline = shown(here, Installation.root().resolve("tripline"));
        String dir = stack.dir().equals(here.resolve("tripline-stack")) ? "" : " --dir " + shown(here, stack.dir());
        out.printf("%nTry next:%n");
        out.printf(
                "  %s sensor -r %s --to kafka:%s%n",
                tripline,
                shown(here, Installation.root().resolve("samples/syn_top1000.pcap")),
                stack.kafka().address());
        stack.elastic()
                .ifPresent(elastic -> out.printf(
                        "  curl -s '%s/tripline-alerts/_search?filter_path=hits.hits._source.message'%n",
                        elastic.address()));
        out.printf("  %s stack status%s%n", tripline, dir);
        out.printf("  %s stack down%s%n", tripline, dir);
        out.printf("Flink's web interface: %s%n", stack.flink().jobManager().address());
    }

    private static String shown(Path here, Path file) {
        Path path = file.startsWith(here) ? here.relativize(file) : file;
        String text = file.startsWith(here) && path.getNameCount() == 1 ? "./" + path : path.toString();
        return text.matches("[\\w./-]+") ? text : "'" + text + "'";
    }
}
