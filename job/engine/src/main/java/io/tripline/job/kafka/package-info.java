/** The job's ends on Kafka: batches in, alerts out, and what was late or rejected. */
@NullMarked
package io.tripline.job.kafka;

import org.jspecify.annotations.NullMarked;
