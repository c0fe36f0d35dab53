/** Settings from a YAML file, strictly: all that is wrong is told with file, line, key and what would be right. */
@NullMarked
package io.tripline.job.settings.yaml;

import org.jspecify.annotations.NullMarked;
