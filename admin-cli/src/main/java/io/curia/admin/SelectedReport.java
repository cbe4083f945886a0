package io.curia.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Some rows of a report, in an order of their own, and some of its columns. */
final class SelectedReport implements Report {

    private final Report whole;
    private final List<Integer> rows;
    private final List<Integer> columns;

    /**
     * @param rows which rows, by their number in the whole
     * @param columns which columns, by their number in the wide table; empty: those of the format
     */
    SelectedReport(Report whole, List<Integer> rows, List<Integer> columns) {
        this.whole = whole;
        this.rows = List.copyOf(rows);
        this.columns = List.copyOf(columns);
    }

    @Override
    public String headline() {
        int all = whole.table(true).rows().size();
        return whole.headline() + (rows.size() == all ? "" : " (" + rows.size() + " of " + all + " shown)");
    }

    @Override
    public Map<String, Object> document() {
        return reduced(whole.document());
    }

    @Override
    public Map<String, Object> essence() {
        return reduced(whole.essence());
    }

    private Map<String, Object> reduced(Map<String, Object> document) {
        return whole.listed().map(name -> {
            Map<String, Object> fewer = new LinkedHashMap<>(document);
            List<?> all = (List<?>) fewer.get(name);
            fewer.put(name, rows.stream().map(all::get).toList());
            return fewer;
        }).orElse(document);
    }

    @Override
    public Table table(boolean wide) {
        Table all = whole.table(wide || !columns.isEmpty());
        Table some = new Table(columns.isEmpty() ? all.columns() : columns.stream().map(all.columns()::get).toList());
        rows.forEach(row -> some.row(columns.isEmpty() ? all.rows().get(row)
                : columns.stream().map(all.rows().get(row)::get).toList()));
        return some;
    }

    @Override
    public Optional<String> listed() {
        return whole.listed();
    }

    @Override
    public List<String> names() {
        List<String> all = whole.names();
        return all.size() == whole.table(true).rows().size() ? rows.stream().map(all::get).toList() : all;
    }
}
