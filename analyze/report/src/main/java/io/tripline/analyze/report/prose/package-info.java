/**
 * A section in words by a language model: what it may be told, how it is asked, and what of its answer may stand in a
 * report. Its answer is input from outside like any other.
 */
@NullMarked
package io.tripline.analyze.report.prose;

import org.jspecify.annotations.NullMarked;
