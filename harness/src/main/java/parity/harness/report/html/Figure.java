package parity.harness.report.html;

/**
 * One picture of a row of them.
 *
 * @param caption what it is of
 * @param note how it was made visible
 * @param source the picture, as an address that holds it
 */
public record Figure(String caption, String note, String source) {}
