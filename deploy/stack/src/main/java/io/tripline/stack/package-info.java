/**
 * Kafka, Elasticsearch and a Flink cluster as processes on this machine, from Maven artifacts: for trying Tripline out
 * and for tests against real servers. All of them listen on the loopback address only.
 */
@NullMarked
package io.tripline.stack;

import org.jspecify.annotations.NullMarked;
