package io.tripline.stack.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A certification authority, and a certificate of it for servers on 127.0.0.1; made by Java's own {@code keytool}.
 *
 * @param authority certificate of the authority, PEM: what clients trust
 * @param keyStore key and certificates of the server, PKCS #12
 */
record Certificates(Path authority, Path keyStore) {
    /** Of the key store and of its key; it guards nothing. */
    static final String PASSWORD = "changeit";

    /**
     * Makes them.
     *
     * @param name of the authority, without blanks
     */
    static Certificates make(Path folder, String name) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path root = folder.resolve("authority.p12");
        Path server = folder.resolve("server.p12");
        Path authority = folder.resolve("authority.pem");
        Path request = folder.resolve("server.csr");
        Path signed = folder.resolve("server.pem");
        keytool(root, "-genkeypair -alias ca -keyalg EC -validity 2 -dname CN=" + name + " -ext bc:c");
        keytool(root, "-exportcert -rfc -alias ca -file", authority);
        keytool(server, "-genkeypair -alias server -keyalg EC -validity 2 -dname CN=localhost");
        keytool(server, "-certreq -alias server -file", request);
        keytool(
                root,
                "-gencert -rfc -alias ca -validity 2 -ext san=ip:127.0.0.1,dns:localhost -infile",
                request,
                "-outfile",
                signed);
        keytool(server, "-importcert -noprompt -alias ca -file", authority);
        keytool(server, "-importcert -noprompt -alias server -file", signed);
        return new Certificates(authority, server);
    }

    /** @param arguments options, separated by blanks, and paths, which may hold some */
    private static void keytool(Path store, Object... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        for (Object argument : arguments) {
            command.addAll(
                    argument instanceof Path
                            ? List.of(argument.toString())
                            : List.of(((String) argument).split(" ", -1)));
        }
        command.addAll(List.of(
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-J-XX:TieredStopAtLevel=1"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new AssertionError(String.join(" ", command) + "\n" + said);
        }
    }
}
