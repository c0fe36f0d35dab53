package io.tripline.job.elastic;

import java.io.IOException;

/** Says in one line why documents cannot be stored until somebody changes something. */
public final class ElasticException extends IOException {
    private static final long serialVersionUID = 1;

    public ElasticException(String message) {
        super(message);
    }

    public ElasticException(String message, Throwable cause) {
        super(message, cause);
    }
}
