package io.tripline.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the captures that the benches run on. The same kind, count and seed give the same file, byte for byte. */
@Command(name = "generate-capture", mixinStandardHelpOptions = true)
public final class GenerateCapture implements Callable<Integer> {
    /** 22 November 2026, noon UTC. */
    private static final long START_MICROS = 1_795_348_800_000_000L;

    /** What the capture holds. */
    enum Kind {
        scan,
        mixed,
        sources
    }

    @Parameters(
            description =
                    "scan: a SYN scan; mixed: an office's day, frames of about 570 bytes; sources: a million clients in a minute")
    private Kind kind = Kind.scan;

    @Option(names = "--packets", description = "how many frames (default: ${DEFAULT-VALUE})")
    private long packets = 10_000_000;

    @Option(names = "--seed", description = "where chance begins (default: ${DEFAULT-VALUE})")
    private long seed = 1;

    @Option(names = "--snaplen", description = "bytes of each frame that are written (default: all)")
    private int snapLength = CaptureWriter.WHOLE;

    @Option(names = "--out", required = true, description = "the pcap file to write")
    private Path out = Path.of("");

    /** Runs the program; arguments as {@code --help} tells. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new GenerateCapture()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        write(kind, packets, seed, snapLength, out);
        return 0;
    }

    static void write(Kind kind, long packets, long seed, int snapLength, Path file) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        try (CaptureWriter writer = new CaptureWriter(file, START_MICROS, snapLength)) {
            Traffic traffic = switch (kind) {
                case scan -> new ScanTraffic(writer, random);
                case mixed -> new MixedTraffic(writer, random);
                case sources -> new ManySources(writer, random);
            };
            while (writer.packets() < packets) {
                traffic.next();
            }
        }
    }
}
