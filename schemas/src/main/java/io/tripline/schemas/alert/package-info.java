/** The document of an alert: one tree of records, which Jackson writes and reads, in {@link AlertDocument}. */
@NullMarked
package io.tripline.schemas.alert;

import org.jspecify.annotations.NullMarked;
