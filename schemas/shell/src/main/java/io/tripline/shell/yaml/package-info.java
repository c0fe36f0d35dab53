/** The strict reader of YAML, for every settings file. */
@NullMarked
package io.tripline.shell.yaml;

import org.jspecify.annotations.NullMarked;
