package io.curia.admin;

import java.util.List;
import java.util.Optional;

/**
 * Writes a report as a table that fits the screen: its last column is cut to what room there is, and where that is
 * too little every row becomes a paragraph. In a pipe nothing is ever cut.
 */
final class TableFormat implements ReportFormat {

    private static final String GAP = "  ";
    private static final int LEAST_LAST_COLUMN = 12;

    private final boolean wide;
    private final boolean coloured;
    private final Optional<Integer> screenColumns;

    TableFormat(boolean wide, boolean coloured, Optional<Integer> screenColumns) {
        this.wide = wide;
        this.coloured = coloured;
        this.screenColumns = screenColumns;
    }

    @Override
    public void write(Report report, StringBuilder out) {
        Table table = report.table(wide);
        int last = table.columns().size() - 1;
        int[] widths = widths(table);
        int fixed = 0;
        for (int i = 0; i < last; i++) {
            fixed += widths[i] + GAP.length();
        }
        int room = screenColumns.orElse(Integer.MAX_VALUE) - fixed;
        if (room < Math.min(widths[last], LEAST_LAST_COLUMN)) {
            writeParagraphs(table, out);
            return;
        }
        widths[last] = Math.min(widths[last], room);
        writeLine(table.columns().stream().map(name -> new Table.Cell(name, Table.Style.BOLD)).toList(), widths, out);
        table.rows().forEach(row -> writeLine(row, widths, out));
    }

    private static int[] widths(Table table) {
        int[] widths = table.columns().stream().mapToInt(String::length).toArray();
        for (List<Table.Cell> row : table.rows()) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], length(row.get(i).text()));
            }
        }
        return widths;
    }

    private void writeLine(List<Table.Cell> cells, int[] widths, StringBuilder out) {
        int last = cells.size() - 1;
        for (int i = 0; i <= last; i++) {
            String text = cut(cells.get(i).text(), widths[i]);
            out.append(painted(text, cells.get(i).style()));
            // Nothing after the last cell: trailing blanks wrap on the screen and stay behind in a copied line.
            out.append(i == last ? "\n" : " ".repeat(widths[i] - length(text)) + GAP);
        }
    }

    private void writeParagraphs(Table table, StringBuilder out) {
        int width = screenColumns.orElse(Integer.MAX_VALUE);
        int names = table.columns().stream().mapToInt(String::length).max().orElse(0);
        int room = Math.max(1, width - names - 2 * GAP.length());
        for (List<Table.Cell> row : table.rows()) {
            out.append(painted(cut(row.get(0).text(), width), Table.Style.BOLD)).append('\n');
            for (int i = 1; i < row.size(); i++) {
                if (!row.get(i).text().equals("-")) {
                    writeNamed(table.columns().get(i), names, row.get(i), room, out);
                }
            }
        }
    }

    /** Writes a cell behind its name; what does not fit goes on below it. */
    private void writeNamed(String name, int names, Table.Cell cell, int room, StringBuilder out) {
        String label = name;
        String rest = cell.text();
        while (!rest.isEmpty()) {
            int end = breakOf(rest, room);
            out.append(GAP).append(label).append(" ".repeat(names - label.length())).append(GAP)
                    .append(painted(rest.substring(0, end), cell.style())).append('\n');
            label = "";
            rest = rest.substring(end).strip();
        }
    }

    /** Returns where the first line of {@code text} ends: behind a word if there is one, else where room does. */
    private static int breakOf(String text, int room) {
        if (length(text) <= room) {
            return text.length();
        }
        int end = text.offsetByCodePoints(0, room);
        int blank = text.lastIndexOf(' ', end);
        return blank > 0 ? blank : end;
    }

    private static String cut(String text, int width) {
        return length(text) <= width ? text
                : text.substring(0, text.offsetByCodePoints(0, Math.max(0, width - 1))) + "…";
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private String painted(String text, Table.Style style) {
        if (!coloured) {
            return text;
        }
        String code = switch (style) {
            case PLAIN -> "";
            case GOOD -> "\033[32m";
            case WARNING -> "\033[33m";
            case BAD -> "\033[31m";
            case BOLD -> "\033[1m";
        };
        return code.isEmpty() ? text : code + text + "\033[0m";
    }
}
