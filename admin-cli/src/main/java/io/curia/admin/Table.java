package io.curia.admin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/** Rows under named columns; the last column is the one that gives way when the screen is narrow. */
final class Table {

    /** How a cell is shown where there is colour. */
    enum Style { PLAIN, GOOD, WARNING, BAD, BOLD }

    /** One cell; text that others wrote is made harmless, so that it cannot move the cursor or forge a row. */
    record Cell(String text, Style style) {

        private static final Pattern HARMFUL = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]");

        Cell {
            text = text.isEmpty() ? "-" : isPlain(text) ? text : HARMFUL.matcher(text).replaceAll("?");
        }

        /** Most is plain ASCII, and a list of a thousand members has many thousand cells. */
        private static boolean isPlain(String text) {
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                    return false;
                }
            }
            return true;
        }

        static Cell of(String text) {
            return new Cell(text == null ? "" : text, Style.PLAIN);
        }
    }

    private final List<String> columns;
    private final List<List<Cell>> rows = new ArrayList<>();

    Table(List<String> columns) {
        this.columns = List.copyOf(columns);
    }

    /** Adds a row; it has a cell for every column. */
    Table row(List<Cell> cells) {
        if (cells.size() != columns.size()) {
            throw new IllegalArgumentException("cells: " + cells.size() + " (expected: " + columns.size() + ")");
        }
        rows.add(List.copyOf(cells));
        return this;
    }

    List<String> columns() {
        return columns;
    }

    List<List<Cell>> rows() {
        return Collections.unmodifiableList(rows);
    }
}
