package io.tripline.sensor.publish;

import io.tripline.schemas.PacketBatch;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;
import org.jspecify.annotations.Nullable;

/**
 * A folder of Avro container files, which any Avro tool reads. Each is called {@code .part} until it is whole.
 *
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#object-container-files">object container files</a>
 */
final class FileDestination implements Destination {
    /** A container has the schema once; a single object's marker and fingerprint (two and eight bytes) are left out. */
    private static final int MARK = 10;

    private static final int LEVEL = 1;

    private final Path folder;
    private final String name;
    private final long most;
    private @Nullable DataFileWriter<PacketBatch> writer;
    private @Nullable CountedStream file;
    private Path part;
    private int number;

    /**
     * A folder, made if it is not there.
     *
     * @param name what the names of its files begin with
     * @param most bytes of a file, about
     */
    FileDestination(Path folder, String name, long most) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.name = name;
        this.most = most;
        this.part = folder;
    }

    @Override
    public int partitions() {
        return 1;
    }

    @Override
    public void send(Outgoing batch, Outcome outcome) {
        try {
            CountedStream open = file;
            if (open != null && open.count > most) {
                finish();
            }
            DataFileWriter<PacketBatch> to = writer == null ? begin() : writer;
            to.appendEncoded(ByteBuffer.wrap(batch.bytes, MARK, batch.bytes.length - MARK));
        } catch (IOException e) {
            abandon();
            outcome.of(batch, -1, Failure.AWAY, Reasons.of(e));
            return;
        }
        outcome.of(batch, -1, null, "");
    }

    private DataFileWriter<PacketBatch> begin() throws IOException {
        String file = String.format(Locale.ROOT, "%s-%05d.avro", name, ++number);
        part = folder.resolve(file + ".part");
        CountedStream out = new CountedStream(Files.newOutputStream(
                part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE));
        this.file = out;
        DataFileWriter<PacketBatch> begun = new DataFileWriter<>(new SpecificDatumWriter<>(PacketBatch.class))
                .setCodec(CodecFactory.deflateCodec(LEVEL));
        writer = begun;
        return begun.create(PacketBatch.getClassSchema(), out);
    }

    private void finish() throws IOException {
        DataFileWriter<PacketBatch> whole = writer;
        if (whole != null) {
            whole.close();
            writer = null;
            String file = String.valueOf(part.getFileName());
            Files.move(
                    part,
                    part.resolveSibling(file.substring(0, file.length() - ".part".length())),
                    StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Leaves a file that cannot be written on as it is, with its name. */
    private void abandon() {
        writer = null;
        CountedStream broken = file;
        if (broken != null) {
            try {
                broken.close();
            } catch (IOException e) {
                // It could not be written before; nothing new is learned.
            }
        }
    }

    @Override
    public void close(Duration patience) throws IOException {
        finish();
    }

    /** Knows how much was written. */
    private static final class CountedStream extends OutputStream {
        private final OutputStream out;
        private long count;

        CountedStream(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int octet) throws IOException {
            out.write(octet);
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            count += length;
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
