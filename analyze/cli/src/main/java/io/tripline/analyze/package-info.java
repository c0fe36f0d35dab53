/** The one-machine tool: capture files through the job on a Flink in this process. */
@NullMarked
package io.tripline.analyze;

import org.jspecify.annotations.NullMarked;
