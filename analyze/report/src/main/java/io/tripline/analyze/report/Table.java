package io.tripline.analyze.report;

import io.tripline.analyze.report.chart.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table of plain text.
 *
 * @param id what links lead to
 * @param caption what its rows are
 * @param note what was left out; empty where nothing was
 */
public record Table(String id, String caption, List<Column> columns, List<List<Cell>> rows, String note) {
    /** How a column is set: text, figures to the right, or addresses and the like in a font of one width. */
    public enum Kind {
        TEXT,
        FIGURE,
        CODE;

        /** As style sheets name it. */
        public String id() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** A column with its heading. */
    public record Column(String name, Kind kind) {}

    /**
     * A cell.
     *
     * @param sort what to sort by; empty where the text will do
     */
    public record Cell(String text, String sort) {}

    static Builder of(String id, String caption) {
        return new Builder(id, caption);
    }

    /** Puts a table together. */
    static final class Builder {
        private final String id;
        private final String caption;
        private final List<Column> columns = new ArrayList<>();
        private final List<List<Cell>> rows = new ArrayList<>();

        private Builder(String id, String caption) {
            this.id = id;
            this.caption = caption;
        }

        Builder text(String... names) {
            return columns(Kind.TEXT, names);
        }

        Builder figures(String... names) {
            return columns(Kind.FIGURE, names);
        }

        Builder code(String... names) {
            return columns(Kind.CODE, names);
        }

        private Builder columns(Kind kind, String... names) {
            Arrays.stream(names).forEach(name -> columns.add(new Column(name, kind)));
            return this;
        }

        /** Adds a row: a cell, a number or a text for each column. */
        void row(Object... cells) {
            if (cells.length != columns.size()) {
                throw new IllegalArgumentException(id + " has " + columns.size() + " columns, not " + cells.length);
            }
            rows.add(Arrays.stream(cells).map(Builder::cell).toList());
        }

        private static Cell cell(Object value) {
            if (value instanceof Cell cell) {
                return cell;
            }
            return value instanceof Long number
                    ? new Cell(Words.count(number), number.toString())
                    : new Cell(value.toString(), "");
        }

        static Cell bytes(long bytes) {
            return new Cell(Words.bytes(bytes), String.valueOf(bytes));
        }

        int size() {
            return rows.size();
        }

        Table note(String note) {
            return new Table(id, caption, List.copyOf(columns), List.copyOf(rows), note);
        }
    }
}
