package io.tripline.analyze;

import io.tripline.rules.alert.Alert;
import io.tripline.schemas.alert.AlertDocument;
import io.tripline.schemas.alert.AlertJson;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps the latest document of each alert. Documents lie in a temporary file and only where they lie in memory, about
 * 200 bytes an alert, so that a capture full of incidents does not exhaust it.
 */
final class AlertLog implements AutoCloseable {
    /** An alert without its document. */
    record Entry(Alert alert, long offset, int length) {}

    private final Path file;
    private final RandomAccessFile documents;
    private final Map<String, Entry> latest = new HashMap<>();

    AlertLog() throws IOException {
        file = Files.createTempFile("tripline-alerts", ".ndjson");
        documents = new RandomAccessFile(file.toFile(), "rw");
    }

    /** Keeps an alert in place of what was known of it before. */
    synchronized void add(Alert alert) throws IOException {
        byte[] bytes = alert.json().getBytes(StandardCharsets.UTF_8);
        long offset = documents.length();
        documents.seek(offset);
        documents.write(bytes);
        Alert bare = new Alert(
                alert.id(),
                alert.firstSeen(),
                alert.changed(),
                alert.severity(),
                alert.risk(),
                alert.stage(),
                alert.rule(),
                alert.actor(),
                alert.allowedBy(),
                alert.lapsed(),
                "");
        latest.put(alert.id(), new Entry(bare, offset, bytes.length));
    }

    synchronized boolean has(String id) {
        return latest.containsKey(id);
    }

    /** All alerts, by first event time; documents through {@link #document}. */
    synchronized List<Entry> entries() {
        List<Entry> entries = new ArrayList<>(latest.values());
        entries.sort(Comparator.<Entry>comparingLong(entry -> entry.alert().firstSeen())
                .thenComparing(entry -> entry.alert().id()));
        return entries;
    }

    /** The document of an alert, one line without its end. */
    synchronized String document(Entry entry) throws IOException {
        byte[] bytes = new byte[entry.length()];
        documents.seek(entry.offset());
        documents.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The document of an alert, as a record. */
    AlertDocument read(Entry entry) throws IOException {
        return AlertJson.read(document(entry));
    }

    /** Writes all documents, one a line, by first event time. */
    void writeTo(Path target) throws IOException {
        writeTo(target, entries());
    }

    /** Writes some of them. */
    void writeTo(Path target, List<Entry> entries) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target))) {
            for (Entry entry : entries) {
                out.write(document(entry).getBytes(StandardCharsets.UTF_8));
                out.write('\n');
            }
        }
    }

    @Override
    public void close() throws IOException {
        documents.close();
        Files.deleteIfExists(file);
    }
}
