package io.tripline.job.elastic;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.ssl.SSLContexts;
import org.jspecify.annotations.Nullable;

/**
 * TLS that trusts the certificates in a file and no others, or without a file those that Java trusts; for the name that
 * was asked for.
 */
final class TrustedCertificates {
    private TrustedCertificates() {}

    /**
     * Checks the name in a certificate by itself: left to Java's engine, as the client does by default, it is not
     * checked at all with httpclient5 5.6.3, which sets that parameter after it has handed over the parameters.
     */
    static TlsStrategy strategy(@Nullable String file) throws IOException {
        return new DefaultClientTlsStrategy(
                file == null ? SSLContexts.createSystemDefault() : context(file),
                HostnameVerificationPolicy.BOTH,
                new DefaultHostnameVerifier());
    }

    /**
     * Reads them.
     *
     * @param file PEM, one certificate or more
     * @throws IOException if there is no such file, or no certificate in it
     */
    private static SSLContext context(String file) throws IOException {
        try {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            for (Certificate certificate : certificates(file)) {
                trusted.setCertificateEntry("ca-" + number++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw unusable(file, e);
        }
    }

    private static Collection<? extends Certificate> certificates(String file) throws IOException {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            Collection<? extends Certificate> read =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (read.isEmpty()) {
                throw unusable(file, null);
            }
            return read;
        } catch (CertificateException e) {
            throw unusable(file, e);
        } catch (java.nio.file.NoSuchFileException e) {
            throw new ElasticException("elasticsearch.ca-file: there is no file " + file, e);
        }
    }

    private static ElasticException unusable(String file, @Nullable Exception cause) {
        String message = "elasticsearch.ca-file: " + file + " holds no certificate in PEM";
        return cause == null ? new ElasticException(message) : new ElasticException(message, cause);
    }
}
