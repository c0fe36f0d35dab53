/**
 * The incident report: {@code report.json} in, and {@code ai-summary.json} where there is one, HTML and PDF out.
 * Nothing else is read, so that a report can be made again at any time.
 */
@NullMarked
package io.tripline.analyze.report;

import org.jspecify.annotations.NullMarked;
