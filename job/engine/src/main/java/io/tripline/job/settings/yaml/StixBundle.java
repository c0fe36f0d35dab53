package io.tripline.job.settings.yaml;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.Reader;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the indicators of a STIX 2.1 bundle, one object at a time: a bundle may be large. Of a pattern it understands
 * comparisons of {@code ipv4-addr:value}, {@code ipv6-addr:value} and {@code domain-name:value}, alone or combined by
 * OR.
 *
 * @see <a href="https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html">STIX 2.1, 4.7 and 9</a>
 */
final class StixBundle {
    private static final Pattern COMPARISON =
            Pattern.compile("\\s*([a-z0-9-]+):([A-Za-z0-9_.'\\[\\]-]+)\\s*(=|ISSUBSET)\\s*'((?:[^'\\\\]|\\\\.)*)'\\s*");
    private static final Pattern WORD = Pattern.compile("'(?:[^'\\\\]|\\\\.)*'|\\bOR\\b|[\\[\\]()]");
    private static final Pattern KIND = Pattern.compile("([a-z0-9-]{1,40}):");
    private static final int TEXT = 65_536;
    private static final int DEPTH = 64;

    private final IntelTally tally;
    private final LocalDate today;

    StixBundle(IntelTally tally, LocalDate today) {
        this.tally = tally;
        this.today = today;
    }

    /**
     * Reads a bundle.
     *
     * @throws com.fasterxml.jackson.core.JacksonException if it is no JSON
     */
    void read(Reader in) throws IOException {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEPTH)
                        .maxStringLength(TEXT)
                        .build())
                .build();
        try (JsonParser json = factory.createParser(in)) {
            while (json.nextToken() != null) {
                // Objects of the bundle lie in its list `objects`; whatever else has objects in it is passed over.
                if (json.currentToken() == JsonToken.FIELD_NAME
                        && json.currentName().equals("objects")) {
                    objects(json);
                }
            }
        }
    }

    private void objects(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY && json.currentToken() != null) {
            if (json.currentToken() == JsonToken.START_OBJECT) {
                object(json);
            } else {
                json.skipChildren();
            }
        }
    }

    private void object(JsonParser json) throws IOException {
        long line = json.currentTokenLocation().getLineNr();
        String type = "";
        String pattern = "";
        String patternType = "stix";
        String until = "";
        boolean revoked = false;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            String text = value == JsonToken.VALUE_STRING ? json.getText() : "";
            switch (field) {
                case "type" -> type = text;
                case "pattern" -> pattern = text;
                case "pattern_type" -> patternType = text;
                case "valid_until" -> until = text;
                case "revoked" -> revoked = value == JsonToken.VALUE_TRUE;
                default -> json.skipChildren();
            }
        }
        if (!type.equals("indicator")) {
            return;
        }
        tally.read();
        if (tally.isFull()) {
            tally.skip("beyond the limit of entries", line);
        } else if (revoked) {
            tally.skip("revoked", line);
        } else if (isOver(until)) {
            tally.skip("no longer valid", line);
        } else if (!patternType.equals("stix")) {
            tally.skip("pattern of another language", line);
        } else {
            take(pattern, line);
        }
    }

    private boolean isOver(String until) {
        try {
            return !until.isEmpty()
                    && Instant.parse(until)
                            .isBefore(today.atStartOfDay(ZoneOffset.UTC).toInstant());
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private void take(String pattern, long line) {
        List<String> comparisons = alternatives(pattern);
        if (comparisons == null) {
            tally.skip("pattern without end", line);
            return;
        }
        for (String comparison : comparisons) {
            Matcher matcher = COMPARISON.matcher(comparison);
            if (!matcher.matches()) {
                Matcher kind = KIND.matcher(comparison);
                boolean single = kind.find() && !kind.find();
                kind.reset();
                tally.skip(single && kind.find() ? kind.group(1) : "pattern of several conditions", line);
                continue;
            }
            String value = matcher.group(4).replaceAll("\\\\(.)", "$1");
            String what = matcher.group(1) + ":" + matcher.group(2);
            boolean network = what.equals("ipv4-addr:value") || what.equals("ipv6-addr:value");
            if (network || (what.equals("domain-name:value") && matcher.group(3).equals("="))) {
                tally.take(value, line);
            } else {
                tally.skip(matcher.group(1), line);
            }
        }
    }

    /**
     * What stands between ORs, without brackets around. A pattern with any other operator stays whole within its part,
     * and matches no comparison.
     *
     * @return null where brackets do not pair
     */
    private static @Nullable List<String> alternatives(String pattern) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        Matcher words = WORD.matcher(pattern);
        int from = 0;
        int depth = 0;
        while (words.find()) {
            part.append(pattern, from, words.start());
            from = words.end();
            switch (words.group()) {
                case "OR" -> {
                    parts.add(part.toString());
                    part.setLength(0);
                }
                case "[", "(" -> depth++;
                case "]", ")" -> depth--;
                default -> part.append(words.group());
            }
        }
        parts.add(part.append(pattern, from, pattern.length()).toString());
        return depth == 0 ? parts : null;
    }
}
