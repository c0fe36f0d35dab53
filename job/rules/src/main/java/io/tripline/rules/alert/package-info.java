/**
 * From a finding to the alert that people and programs read: where it came from, how bad it is, what to do about it.
 */
@NullMarked
package io.tripline.rules.alert;

import org.jspecify.annotations.NullMarked;
