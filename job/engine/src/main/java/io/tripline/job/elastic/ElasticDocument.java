package io.tripline.job.elastic;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A document on its way to Elasticsearch. Written twice it is there once, and an older one never takes the place of a
 * newer one, whatever the order in which they arrive.
 *
 * @param index where it goes
 * @param id its {@code _id}, fit for JSON as it is
 * @param version grows with each change of what has this id; not negative
 * @param last whether nothing newer is to be expected, as of an incident that is closed
 * @param json one line without its end
 */
record ElasticDocument(String index, String id, long version, boolean last, String json) implements Serializable {
    private static final long serialVersionUID = 1;

    private static final Pattern PLAIN = Pattern.compile("[a-z0-9._-]+");

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

    /** What it is known by. */
    String key() {
        return index + '/' + id;
    }

    /** Adds its two lines to the body of a bulk request: in place of any that is not newer. */
    void appendWhole(StringBuilder body) {
        action(body, "index").append(",\"version\":").append(version).append(",\"version_type\":\"external_gte\"}}\n");
        body.append(json).append('\n');
    }

    /** Adds its two lines to the body of a bulk request: only if there is none. */
    void appendNew(StringBuilder body) {
        action(body, "create").append("}}\n").append(json).append('\n');
    }

    /**
     * Adds its two lines to the body of a bulk request: only if what is there is still what was read.
     *
     * @param theirs members to keep, each with a comma before it
     */
    void appendInPlaceOf(long sequence, long term, String theirs, StringBuilder body) {
        action(body, "index")
                .append(",\"if_seq_no\":")
                .append(sequence)
                .append(",\"if_primary_term\":")
                .append(term)
                .append("}}\n");
        int end = theirs.isEmpty() ? json.length() : json.lastIndexOf('}');
        body.append(json, 0, end)
                .append(theirs)
                .append(json, end, json.length())
                .append('\n');
    }

    private StringBuilder action(StringBuilder body, String what) {
        return body.append("{\"")
                .append(what)
                .append("\":{\"_index\":\"")
                .append(index)
                .append("\",\"_id\":\"")
                .append(id)
                .append('"');
    }

    void write(DataOutput out) throws IOException {
        out.writeUTF(index);
        out.writeUTF(id);
        out.writeLong(version);
        out.writeBoolean(last);
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static ElasticDocument read(DataInput in) throws IOException {
        String index = in.readUTF();
        String id = in.readUTF();
        long version = in.readLong();
        boolean last = in.readBoolean();
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new ElasticDocument(index, id, version, last, new String(bytes, StandardCharsets.UTF_8));
    }

    private static void requirePlain(String field, String text) {
        if (!PLAIN.matcher(text).matches()) {
            throw new IllegalArgumentException(field + " '" + text + "' is not made of a-z, 0-9, -, _ and .");
        }
    }
}
