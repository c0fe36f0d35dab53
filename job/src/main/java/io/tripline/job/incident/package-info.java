/**
 * From what a rule found to the alert that people and programs read: where it came from, how bad it is, what to do about it. Plain
 * Java and a JSON writer; no engine.
 */
@NullMarked
package io.tripline.job.incident;

import org.jspecify.annotations.NullMarked;
