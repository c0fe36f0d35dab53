/** Charts of the incident report: drawn from {@code report.json} as SVG, without scripts and without a browser. */
@NullMarked
package io.tripline.analyze.report.chart;

import org.jspecify.annotations.NullMarked;
