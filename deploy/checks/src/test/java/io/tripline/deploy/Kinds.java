package io.tripline.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.kubernetes.client.openapi.models.V1DaemonSet;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.openapi.models.V1Role;
import io.kubernetes.client.openapi.models.V1RoleBinding;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What kinds of documents take. Kubernetes' own are checked by its client, Strimzi's by its classes, Flink's by the
 * schema of its operator; what we use of ECK's, of which there is nothing to check with, is told here.
 */
final class Kinds {
    /** A check of Kubernetes' client. */
    private interface Check {
        void check(JsonElement document) throws IOException;
    }

    private static final Map<String, Check> KUBERNETES = Map.of(
            "Namespace", V1Namespace::validateJsonElement,
            "Secret", V1Secret::validateJsonElement,
            "PersistentVolumeClaim", V1PersistentVolumeClaim::validateJsonElement,
            "ServiceAccount", V1ServiceAccount::validateJsonElement,
            "Role", V1Role::validateJsonElement,
            "RoleBinding", V1RoleBinding::validateJsonElement,
            "DaemonSet", V1DaemonSet::validateJsonElement,
            "NetworkPolicy", V1NetworkPolicy::validateJsonElement);

    private static final Map<String, Class<?>> STRIMZI = Map.of(
            "Kafka", Kafka.class,
            "KafkaNodePool", KafkaNodePool.class,
            "KafkaTopic", KafkaTopic.class,
            "KafkaUser", KafkaUser.class);

    private static final Map<String, String> API_VERSIONS = Map.ofEntries(
            Map.entry("Namespace", "v1"),
            Map.entry("Secret", "v1"),
            Map.entry("PersistentVolumeClaim", "v1"),
            Map.entry("ServiceAccount", "v1"),
            Map.entry("Role", "rbac.authorization.k8s.io/v1"),
            Map.entry("RoleBinding", "rbac.authorization.k8s.io/v1"),
            Map.entry("DaemonSet", "apps/v1"),
            Map.entry("NetworkPolicy", "networking.k8s.io/v1"),
            Map.entry("Kafka", "kafka.strimzi.io/v1"),
            Map.entry("KafkaNodePool", "kafka.strimzi.io/v1"),
            Map.entry("KafkaTopic", "kafka.strimzi.io/v1"),
            Map.entry("KafkaUser", "kafka.strimzi.io/v1"),
            Map.entry("FlinkDeployment", "flink.apache.org/v1beta1"),
            Map.entry("Elasticsearch", "elasticsearch.k8s.elastic.co/v1"),
            Map.entry("Kibana", "kibana.k8s.elastic.co/v1"));

    private Kinds() {}

    static void check(JsonNode document) throws IOException {
        String kind = document.path("kind").asText();
        assertThat(document.path("apiVersion").asText()).as(kind).isEqualTo(API_VERSIONS.get(kind));
        Check kubernetes = KUBERNETES.get(kind);
        Class<?> strimzi = STRIMZI.get(kind);
        if (kubernetes != null) {
            kubernetes.check(JsonParser.parseString(document.toString()));
        } else if (strimzi != null) {
            checkStrimzi(document, strimzi);
        } else if (kind.equals("FlinkDeployment")) {
            checkFlink(document);
        } else if (kind.equals("Elasticsearch")) {
            checkElasticsearch(document.path("spec"));
        } else {
            checkKibana(document.path("spec"));
        }
    }

    private static void checkStrimzi(JsonNode document, Class<?> type) throws IOException {
        ObjectMapper strict = new ObjectMapper();
        strict.setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
            private static final long serialVersionUID = 1;

            /** They keep what they do not know, which is what we look for. */
            @Override
            public Boolean hasAnySetter(Annotated annotated) {
                return false;
            }
        });
        Object read = strict.treeToValue(document, type);
        // A value that is none of an enumeration is read as nothing.
        assertContained(
                "/spec",
                document.path("spec"),
                new ObjectMapper().<JsonNode>valueToTree(read).path("spec"));
    }

    private static void assertContained(String place, JsonNode part, JsonNode whole) {
        if (part.isObject()) {
            part.properties()
                    .forEach(field -> assertContained(
                            place + "/" + field.getKey(), field.getValue(), whole.path(field.getKey())));
        } else if (part.isArray()) {
            assertThat(whole.size()).as(place).isEqualTo(part.size());
            for (int i = 0; i < part.size(); i++) {
                assertContained(place + "/" + i, part.get(i), whole.path(i));
            }
        } else {
            assertThat(whole.asText()).as(place).isEqualTo(part.asText());
        }
    }

    private static void checkFlink(JsonNode document) throws IOException {
        try (InputStream in =
                Kinds.class.getResourceAsStream("/META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            JsonNode schema = Project.yaml(text).get(0).at("/spec/versions/0/schema/openAPIV3Schema");
            close(schema);
            // The operator on Maven Central is older than the Flink that the job runs on.
            ((ArrayNode) schema.at("/properties/spec/properties/flinkVersion/enum")).add("v2_3");
            ((ObjectNode) schema.path("properties")).putObject("apiVersion");
            ((ObjectNode) schema.path("properties")).putObject("kind");
            ((ObjectNode) schema.path("properties")).putObject("metadata");
            assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4)
                            .getSchema(schema)
                            .validate(document))
                    .isEmpty();
        }
        checkPod(document.at("/spec/podTemplate"));
        // Of the operator's own kind of template a part is enough.
        JsonNode manager = document.at("/spec/jobManager/podTemplate").deepCopy();
        ((ObjectNode) manager.path("spec")).putArray("containers");
        checkPod(manager);
    }

    /** The API server drops, or refuses, fields that a schema does not name. */
    private static void close(JsonNode schema) {
        if (schema.isObject()
                && schema.path("properties").isObject()
                && !schema.has("additionalProperties")
                && !schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
            ((ObjectNode) schema).put("additionalProperties", false);
        }
        schema.forEach(Kinds::close);
    }

    private static void checkPod(JsonNode template) throws IOException {
        V1PodTemplateSpec.validateJsonElement(JsonParser.parseString(template.toString()));
    }

    private static void checkElasticsearch(JsonNode spec) throws IOException {
        only(spec, "version", "auth", "nodeSets", "http", "image");
        assertThat(spec.path("version").isTextual()).isTrue();
        only(spec.path("auth"), "fileRealm", "roles");
        spec.path("auth").forEach(list -> list.forEach(secret -> only(secret, "secretName")));
        assertThat(spec.path("nodeSets")).isNotEmpty();
        for (JsonNode nodes : spec.path("nodeSets")) {
            only(nodes, "name", "count", "config", "podTemplate", "volumeClaimTemplates");
            assertThat(nodes.path("name").isTextual()).isTrue();
            assertThat(nodes.path("count").isInt()).isTrue();
            checkPod(nodes.path("podTemplate"));
            for (JsonNode claim : nodes.path("volumeClaimTemplates")) {
                V1PersistentVolumeClaim.validateJsonElement(JsonParser.parseString(claim.toString()));
                assertThat(claim.at("/metadata/name").asText())
                        .as("ECK mounts no other as the data folder")
                        .isEqualTo("elasticsearch-data");
            }
        }
    }

    private static void checkKibana(JsonNode spec) throws IOException {
        only(spec, "version", "count", "elasticsearchRef", "podTemplate", "http", "config", "image");
        assertThat(spec.path("version").isTextual()).isTrue();
        assertThat(spec.path("count").isInt()).isTrue();
        only(spec.path("elasticsearchRef"), "name", "namespace");
        checkPod(spec.path("podTemplate"));
    }

    private static void only(JsonNode node, String... fields) {
        node.properties().forEach(field -> assertThat(Set.of(fields)).contains(field.getKey()));
    }
}
