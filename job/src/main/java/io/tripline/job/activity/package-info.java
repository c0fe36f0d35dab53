/** Packets folded into what each actor did in each second, before anything is shuffled. */
@NullMarked
package io.tripline.job.activity;

import org.jspecify.annotations.NullMarked;
