/** The rules on Apache Flink: thin adapters, serializers, and the job graph. */
@NullMarked
package io.tripline.job.stream;

import org.jspecify.annotations.NullMarked;
