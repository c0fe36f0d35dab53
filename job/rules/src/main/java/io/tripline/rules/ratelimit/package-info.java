/** Limits that users set: how much a source may send, ask or begin within a time. */
@NullMarked
package io.tripline.rules.ratelimit;

import org.jspecify.annotations.NullMarked;
