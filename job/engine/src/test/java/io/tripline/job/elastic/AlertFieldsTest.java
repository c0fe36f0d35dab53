package io.tripline.job.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import io.tripline.schemas.AlertSchema;
import io.tripline.schemas.alert.AlertDocument;
import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The record of an alert, its JSON Schema, the mapping of Elasticsearch and the table in {@code docs/alerts.md} have
 * the same fields, each with types that fit.
 */
class AlertFieldsTest {
    private static final Path PAGE = Path.of("../../docs/alerts.md");
    private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\| (\\w+)(, list)? \\| (.+) \\|");
    private static final Pattern ANALYSTS_ROW = Pattern.compile("(?m)^\\| `(\\w+)");

    /** Lines of a table above its first row. */
    private static final int HEADING = 2;

    private enum Kind {
        TEXT,
        WHOLE,
        FRACTION,
        FLAG;

        /** Types of JSON Schema that fit, or names of definitions there. */
        private Set<String> inSchema() {
            return switch (this) {
                case TEXT -> Set.of("string", "time", "ip", "mac");
                case WHOLE -> Set.of("integer", "port");
                case FRACTION -> Set.of("number");
                case FLAG -> Set.of("boolean");
            };
        }

        /** Types of Elasticsearch that fit. */
        private Set<String> inMapping() {
            return switch (this) {
                case TEXT -> Set.of("keyword", "text", "date", "ip");
                case WHOLE -> Set.of("long", "integer", "float");
                case FRACTION -> Set.of("float");
                case FLAG -> Set.of("boolean");
            };
        }
    }

    /**
     * A field that holds a value.
     *
     * @param optional whether a document need not have it
     */
    private record Field(Kind kind, boolean list, boolean optional) {}

    private final Map<String, Field> fields = new TreeMap<>();

    /** Objects, and whether a document need not have them. */
    private final Map<String, Boolean> optionalObjects = new TreeMap<>();

    AlertFieldsTest() {
        walk("", AlertDocument.class);
    }

    private void walk(String at, Class<?> record) {
        for (RecordComponent component : record.getRecordComponents()) {
            JsonProperty given = component.getAccessor().getAnnotation(JsonProperty.class);
            String own = given == null ? SnakeCaseStrategy.INSTANCE.translate(component.getName()) : given.value();
            Type type = component.getGenericType();
            boolean list = type instanceof ParameterizedType;
            Class<?> of =
                    (Class<?>) (type instanceof ParameterizedType listed ? listed.getActualTypeArguments()[0] : type);
            boolean optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                    || isLeftOutWhereEmpty(component.getAccessor());
            if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                walk(at, of);
            } else if (of.isRecord()) {
                optionalObjects.put(at + own, optional);
                walk(at + own + ".", of);
            } else {
                fields.put(at + own, new Field(kind(of), list, optional));
            }
        }
    }

    private static boolean isLeftOutWhereEmpty(AnnotatedElement component) {
        JsonInclude include = component.getAnnotation(JsonInclude.class);
        return include != null && include.value() == JsonInclude.Include.NON_EMPTY;
    }

    private static Kind kind(Class<?> type) {
        if (type == String.class) {
            return Kind.TEXT;
        }
        if (type == Long.class || type == Long.TYPE) {
            return Kind.WHOLE;
        }
        return type == Double.class ? Kind.FRACTION : Kind.FLAG;
    }

    @Test
    void shouldHaveTheFieldsOfTheSchema() {
        Map<String, String> kinds = new TreeMap<>();
        Map<String, Boolean> lists = new TreeMap<>();
        Map<String, Boolean> optional = new TreeMap<>();
        walkSchema("", AlertSchema.text(), kinds, lists, optional);

        assertThat(fields).hasSizeGreaterThan(150);
        assertThat(kinds.keySet()).containsExactlyElementsOf(fields.keySet());
        Map<String, Boolean> needless = new TreeMap<>(optionalObjects);
        fields.forEach((name, field) -> needless.put(name, field.optional));
        assertThat(optional).as("what a document need not have").containsExactlyEntriesOf(needless);
        fields.forEach((name, field) -> {
            assertThat(kinds.get(name)).as("type of %s in the schema", name).isIn(field.kind.inSchema());
            assertThat(lists.get(name)).as("whether %s is a list", name).isEqualTo(field.list);
        });
    }

    private static void walkSchema(
            String at,
            JsonNode schema,
            Map<String, String> kinds,
            Map<String, Boolean> lists,
            Map<String, Boolean> optional) {
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            String name = at + property.getKey();
            JsonNode value = property.getValue();
            JsonNode each = value.has("items") ? value.path("items") : value;
            optional.put(name, !required.contains(property.getKey()));
            if (each.has("properties")) {
                walkSchema(name + ".", each, kinds, lists, optional);
            } else {
                lists.put(name, value.has("items") || value.path("const").isArray());
                kinds.put(name, kind(each));
            }
        }
    }

    private static String kind(JsonNode schema) {
        if (schema.has("$ref")) {
            return schema.path("$ref").asText().replace("#/$defs/", "");
        }
        if (schema.has("type")) {
            return schema.path("type").asText();
        }
        JsonNode example =
                schema.has("const") ? schema.path("const") : schema.path("enum").path(0);
        return (example.isArray() ? example.path(0) : example).isNumber() ? "integer" : "string";
    }

    private static JsonNode mapped() throws IOException {
        return ElasticTemplates.read("tripline-alerts-mappings")
                .path("template")
                .path("mappings")
                .path("properties");
    }

    private static Map<String, String> mapping() throws IOException {
        Map<String, String> types = new TreeMap<>();
        for (Map.Entry<String, JsonNode> top : mapped().properties()) {
            if (AnnotatedAlerts.OURS.contains(top.getKey())) {
                walkMapping(top.getKey(), top.getValue(), types);
            }
        }
        return types;
    }

    private static void walkMapping(String at, JsonNode mapping, Map<String, String> types) {
        if (mapping.has("properties")) {
            mapping.path("properties")
                    .properties()
                    .forEach(field -> walkMapping(at + "." + field.getKey(), field.getValue(), types));
        } else {
            types.put(at, mapping.path("type").asText());
        }
    }

    @Test
    void shouldHaveTheFieldsOfTheMapping() throws IOException {
        Map<String, String> types = mapping();

        assertThat(types.keySet()).containsExactlyElementsOf(fields.keySet());
        fields.forEach((name, field) -> assertThat(types.get(name))
                .as("type of %s in the mapping", name)
                .isIn(field.kind.inMapping()));
    }

    @Test
    void shouldMapBesidesOnlyWhatAnalystsWrite() throws IOException {
        Set<String> besides = new TreeSet<>();
        mapped().fieldNames().forEachRemaining(besides::add);
        besides.removeAll(AnnotatedAlerts.OURS);
        String page = Files.readString(PAGE);
        String table = page.substring(page.indexOf("### What analysts write"), page.indexOf("### Searches"));

        assertThat(besides)
                .isNotEmpty()
                .containsExactlyElementsOf(ANALYSTS_ROW
                        .matcher(table)
                        .results()
                        .map(row -> row.group(1))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void shouldKnowWhichFieldsAtTheTopAreOurs() {
        assertThat(AnnotatedAlerts.OURS)
                .containsExactlyInAnyOrderElementsOf(fields.keySet().stream()
                        .map(name -> name.replaceFirst("\\..*", ""))
                        .distinct()
                        .toList());
    }

    @Test
    void shouldHaveTheFieldsOfThePage() throws IOException {
        String page = Files.readString(PAGE);
        String table = page.substring(page.indexOf("## Every field"));
        Map<String, String> types = new TreeMap<>();
        Map<String, Boolean> lists = new TreeMap<>();
        List<String> rows = table.substring(0, table.indexOf("\n## "))
                .lines()
                .filter(line -> line.startsWith("|"))
                .toList();
        for (String line : rows.subList(HEADING, rows.size())) {
            Matcher row = ROW.matcher(line);
            assertThat(row.matches()).as(line).isTrue();
            assertThat(types.put(row.group(1), row.group(2))).as(row.group(1)).isNull();
            lists.put(row.group(1), row.group(3) != null);
        }

        assertThat(types).containsExactlyEntriesOf(mapping());
        assertThat(types.keySet()).containsExactlyElementsOf(fields.keySet());
        fields.forEach((name, field) ->
                assertThat(lists.get(name)).as("whether %s is a list", name).isEqualTo(field.list));
    }
}
