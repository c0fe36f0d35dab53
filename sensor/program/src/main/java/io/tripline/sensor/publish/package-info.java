/**
 * From the capture thread to Kafka or to files: a bounded queue, one publishing thread, a spool on disk, and a ledger
 * of what became of each packet.
 */
@NullMarked
package io.tripline.sensor.publish;

import org.jspecify.annotations.NullMarked;
