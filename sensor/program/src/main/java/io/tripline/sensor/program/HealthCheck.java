package io.tripline.sensor.program;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/**
 * Asks a running sensor how it is, for containers: their images hold no other program that could. Usage:
 * {@code HealthCheck HOST:PORT}, the address of {@code --metrics}. Exit status 0 or 1.
 */
public final class HealthCheck {
    private static final int PATIENCE = 5_000; // milliseconds

    private HealthCheck() {}

    public static void main(String[] arguments) {
        System.exit(arguments.length == 1 && isWell(arguments[0]) ? 0 : 1);
    }

    /** Whether a sensor answers there that it captures and publishes. */
    static boolean isWell(String address) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://" + address + "/health").toURL().openConnection();
            connection.setConnectTimeout(PATIENCE);
            connection.setReadTimeout(PATIENCE);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }
}
