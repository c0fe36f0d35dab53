package io.tripline.analyze;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Text that must do no harm wherever it is shown: in a page, a PDF, a terminal, a log. */
final class HostileText {
    static final List<String> LIST = List.of(
            "<script>document.title='owned'</script>",
            "</style><script>document.title='owned'</script>",
            "</title><img src=x onerror=document.title='owned'>",
            "\"><svg onload=document.title='owned'>",
            "' onmouseover='document.title=1",
            "javascript:alert(1)",
            "<!--",
            "-->",
            "]]>",
            "<![CDATA[",
            "&lt;b&gt;&amp;&#x41;",
            "&undefined;",
            "<?xml version='1.0'?>",
            "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>&x;",
            "<img src=\"http://198.51.100.1/pixel.png\">",
            "url(http://198.51.100.1/a.css)",
            "@import 'http://198.51.100.1/a.css';",
            "${7*7} @template.x() !{1} $unsafe{x} {{7*7}} <%= 7*7 %>",
            "'; rm -rf / #",
            "$(id)",
            "`id`",
            "a\nb\r\nc\td",
            "\u001b[31mred\u001b]0;owned\u0007",
            "\u0000\u0001\u0008\u007f\u0085\u009b31m",
            "\u202egpj.exe\u202c \u2066isolated\u2069 \u200f\u200e\u061c",
            "\u2028line\u2029paragraph\ufeff\u200b\ufffe\uffff",
            "\ud800 alone \udc00",
            "שלום עולם",
            "\u0645\u0631\u062d\u0628\u0627",
            "e\u0301\u0301\u0301\u0301\u0301",
            "😀😀",
            "漢字",
            "a".repeat(10_000),
            "<b>".repeat(4_000),
            "../../../etc/passwd",
            "%00%0a%s%n",
            "-rf");

    private static final ObjectMapper JSON = new ObjectMapper();

    private HostileText() {}

    /**
     * Copies a {@code report.json} with hostile text in place of every text in it and of every key that comes from
     * outside.
     */
    static void poison(Path from, Path to, int first) throws IOException {
        Poison poison = new Poison(first);
        Files.writeString(
                to,
                JSON.writer()
                        .with(JsonWriteFeature.ESCAPE_NON_ASCII)
                        .writeValueAsString(poison.changed(JSON.readTree(from.toFile()), "")));
    }

    private static final class Poison {
        private static final Set<String> KEYS =
                Set.of("protocols", "unread", "suppressed_by", "allow_lapsed", "by_rule", "sensors");
        private int next;

        Poison(int first) {
            next = first;
        }

        private String text() {
            return LIST.get(next++ % LIST.size());
        }

        /** No half of a surrogate pair: a JSON reader refuses it in a key. */
        private String key() {
            String text = text();
            return text.codePoints().anyMatch(point -> Character.getType(point) == Character.SURROGATE) ? "key" : text;
        }

        JsonNode changed(JsonNode node, String name) {
            if (node.isTextual()) {
                return TextNode.valueOf(text());
            }
            if (node instanceof ArrayNode list) {
                ArrayNode changed = JSON.createArrayNode();
                list.forEach(one -> changed.add(changed(one, "")));
                return changed;
            }
            if (node instanceof ObjectNode object) {
                ObjectNode changed = JSON.createObjectNode();
                object.properties()
                        .forEach(field -> changed.set(
                                KEYS.contains(name) ? key() : field.getKey(),
                                changed(field.getValue(), field.getKey())));
                return changed;
            }
            return node;
        }
    }
}
