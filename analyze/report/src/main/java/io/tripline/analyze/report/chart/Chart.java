package io.tripline.analyze.report.chart;

/**
 * A drawing with what stands around it.
 *
 * @param id unique in a report, fit for an HTML id: lower-case letters, digits and dashes
 * @param title plain text, not escaped
 * @param caption what the drawing shows and what it leaves out; plain text, not escaped
 * @param svg one well-formed {@code svg} element without XML declaration, to be put into a page as it is; it has
 *     {@code title} and {@code desc} of its own, no script, and refers to nothing outside of itself
 */
public record Chart(String id, String title, String caption, String svg) {}
