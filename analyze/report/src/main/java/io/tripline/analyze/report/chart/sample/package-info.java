/** What charts show of single packets: small samples, taken while captures are read, the same for the same packets. */
@NullMarked
package io.tripline.analyze.report.chart.sample;

import org.jspecify.annotations.NullMarked;
