/** Tests of the whole system: sensors, Kafka, a Flink cluster and Elasticsearch, each a process of its own. */
@NullMarked
package io.tripline.stack.system;

import org.jspecify.annotations.NullMarked;
