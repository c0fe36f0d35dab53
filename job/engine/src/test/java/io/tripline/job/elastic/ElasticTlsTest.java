package io.tripline.job.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is trusted when a file of certificates is given: whom it names and nobody else. */
class ElasticTlsTest {
    private static final String WORD = "changeit";

    @TempDir
    private static Path folder;

    private static HttpsServer server;

    @BeforeAll
    static void serve() throws Exception {
        certify("server", "san=ip:127.0.0.1");
        certify("other", "san=ip:127.0.0.1");
        certify("elsewhere", "san=dns:elsewhere.example");
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.setHttpsConfigurator(new HttpsConfigurator(identity("server")));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    private static void certify(String name, String extension) throws Exception {
        keytool(
                "-genkeypair",
                "-keystore",
                name + ".p12",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                extension);
        keytool("-exportcert", "-keystore", name + ".p12", "-alias", name, "-rfc", "-file", name + ".pem");
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass", WORD, "-storetype", "PKCS12"));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private static SSLContext identity(String name) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve(name + ".p12"))) {
            store.load(in, WORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, WORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static ElasticSettings trusting(@Nullable String ca) {
        return new ElasticSettings(
                List.of("https://127.0.0.1:" + server.getAddress().getPort()),
                null,
                null,
                null,
                ca == null ? null : folder.resolve(ca).toString(),
                "alerts",
                "traffic",
                Duration.ofMillis(100),
                500,
                4);
    }

    private static Answer ask(ElasticSettings settings) throws IOException, InterruptedException, ExecutionException {
        try (ElasticClient client = ElasticClient.open(settings)) {
            return client.send("GET", "/", null).get();
        }
    }

    @Test
    void shouldTrustWhomTheFileNames() throws Exception {
        assertThat(ask(trusting("server.pem")).status()).isEqualTo(200);
    }

    @Test
    void shouldStopWithOneLineWhereItIsSomebodyElse() {
        for (ElasticSettings settings : List.of(trusting("other.pem"), trusting(null))) {
            assertThatThrownBy(() -> ask(settings))
                    .cause()
                    .isInstanceOf(ElasticException.class)
                    .hasMessageStartingWith("the certificate of Elasticsearch is not trusted (")
                    .hasMessageContaining("check elasticsearch.ca-file");
        }
    }

    @Test
    void shouldSayWhichFileHoldsNoCertificate() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing");

        assertThatThrownBy(() -> ask(trusting("empty.pem")))
                .hasMessage("elasticsearch.ca-file: " + empty + " holds no certificate in PEM");
        assertThatThrownBy(() -> ask(trusting("none.pem"))).hasMessageContaining("there is no file");
    }

    @Test
    void shouldNotTrustACertificateForAnotherName() throws Exception {
        HttpsServer elsewhere = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        elsewhere.setHttpsConfigurator(new HttpsConfigurator(identity("elsewhere")));
        elsewhere.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        elsewhere.start();
        try {
            ElasticSettings like = trusting("elsewhere.pem");
            ElasticSettings settings = new ElasticSettings(
                    List.of("https://127.0.0.1:" + elsewhere.getAddress().getPort()),
                    null,
                    null,
                    null,
                    like.caFile(),
                    "alerts",
                    "traffic",
                    like.flushInterval(),
                    500,
                    4);

            assertThatThrownBy(() -> ask(settings)).hasMessageContaining("is not trusted");
        } finally {
            elsewhere.stop(0);
        }
    }
}
