package io.tripline.sensor.publish;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What Kafka's client says went wrong, in words for a person. Never a value of a property. */
final class KafkaReasons {
    /**
     * What to look at when nobody answers: a broker that is spoken to without TLS, or without a log-in, does not say
     * so.
     */
    static final String NO_ANSWER = "; check the address, and that security.protocol is what the brokers listen with";

    private KafkaReasons() {}

    static String of(Throwable failure) {
        Throwable cause = unwrap(failure);
        if (cause instanceof SslAuthenticationException) {
            return "TLS: " + Reasons.of(root(cause)) + "; see ssl.* in the Kafka properties";
        }
        if (cause instanceof AuthenticationException) {
            return "authentication failed: " + Reasons.of(cause) + "; see sasl.* in the Kafka properties";
        }
        if (cause instanceof AuthorizationException) {
            return "not authorised: " + Reasons.of(cause);
        }
        if (cause instanceof UnknownTopicOrPartitionException) {
            return "no such topic; create it with: tripline job setup";
        }
        if (cause instanceof RecordTooLargeException) {
            return "a batch is larger than the topic allows (max.message.bytes): " + Reasons.of(cause);
        }
        if (cause instanceof TimeoutException) {
            return "no response from the brokers: " + Reasons.of(cause) + NO_ANSWER;
        }
        return Reasons.of(cause);
    }

    static Throwable unwrap(Throwable failure) {
        Throwable at = failure;
        while ((at instanceof ExecutionException || at instanceof CompletionException) && at.getCause() != null) {
            at = at.getCause();
        }
        Throwable cause = at.getCause();
        // What the client waited for in vain says more than that it waited.
        return at instanceof TimeoutException
                        && (cause instanceof UnknownTopicOrPartitionException
                                || cause instanceof AuthenticationException)
                ? cause
                : at;
    }

    private static Throwable root(Throwable failure) {
        Throwable at = failure;
        while (at.getCause() != null && at.getCause() != at) {
            at = at.getCause();
        }
        return at;
    }
}
