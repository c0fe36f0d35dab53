package io.tripline.job.elastic;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;

/**
 * A document on its way to Elasticsearch. Written twice it is there once, and an older one never takes the place of a newer one, whatever the
 * order in which they arrive: the server compares versions.
 *
 * @param index where it goes
 * @param id its {@code _id}, fit for JSON as it is
 * @param version grows with each change of what has this id; not negative
 * @param json one line without its end
 */
record ElasticDocument(String index, String id, long version, String json) implements Serializable {
    private static final long serialVersionUID = 1;

    /** Bytes of the action line besides index and id. */
    private static final int ACTION = 100;

    /** Takes index and id from our own alphabets, so that neither needs escapes. */
    ElasticDocument {
        requirePlain("index", index);
        requirePlain("id", id);
        if (version < 0) {
            throw new IllegalArgumentException("version " + version + " of " + id + " is negative");
        }
        if (json.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("document " + id + " is more than one line");
        }
    }

    /** Bytes in a request, estimated without encoding it: never less than half of what they are. */
    long size() {
        return ACTION + index.length() + id.length() + (long) json.length();
    }

    /** Adds its two lines to the body of a bulk request. */
    void appendTo(StringBuilder body) {
        body.append("{\"index\":{\"_index\":\"")
                .append(index)
                .append("\",\"_id\":\"")
                .append(id)
                .append("\",\"version\":")
                .append(version)
                .append(",\"version_type\":\"external_gte\"}}\n")
                .append(json)
                .append('\n');
    }

    void write(DataOutput out) throws IOException {
        out.writeUTF(index);
        out.writeUTF(id);
        out.writeLong(version);
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static ElasticDocument read(DataInput in) throws IOException {
        String index = in.readUTF();
        String id = in.readUTF();
        long version = in.readLong();
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new ElasticDocument(index, id, version, new String(bytes, StandardCharsets.UTF_8));
    }

    private static void requirePlain(String field, String text) {
        boolean plain = !text.isEmpty()
                && text.chars()
                        .allMatch(
                                c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.');
        if (!plain) {
            throw new IllegalArgumentException(field + " '" + text + "' is not made of a-z, 0-9, -, _ and .");
        }
    }
}
