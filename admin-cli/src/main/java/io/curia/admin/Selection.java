package io.curia.admin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Which rows of a report are wanted, in which order, and which of its columns.
 *
 * @param columns the columns wanted, in this order; empty: all
 * @param filters what every row must fulfil
 * @param sort the column to sort by; empty: as the report has it
 * @param descending whether the last comes first
 */
record Selection(List<String> columns, List<Filter> filters, Optional<String> sort, boolean descending) {

    /** One condition: {@code key=value} or {@code key!=value}, case-insensitive, {@code *} for anything. */
    record Filter(String key, boolean negated, Pattern value) {

        /** Returns the condition that {@code text} spells, or throws {@link IllegalArgumentException}. */
        static Filter parse(String text) {
            int equals = text.indexOf('=');
            boolean negated = equals > 0 && text.charAt(equals - 1) == '!';
            String key = equals < 0 ? "" : text.substring(0, negated ? equals - 1 : equals).strip();
            if (key.isEmpty()) {
                throw new IllegalArgumentException("--filter: '" + text
                        + "' (expected: COLUMN=VALUE or COLUMN!=VALUE, with * for anything)");
            }
            StringBuilder pattern = new StringBuilder();
            for (String part : text.substring(equals + 1).strip().split("(?<=\\*)|(?=\\*)")) {
                pattern.append(part.equals("*") ? ".*" : Pattern.quote(part));
            }
            return new Filter(key, negated, Pattern.compile(pattern.toString(),
                    Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL));
        }

        boolean accepts(String found) {
            return value.matcher(found).matches() != negated;
        }
    }

    Selection {
        columns = List.copyOf(columns);
        filters = List.copyOf(filters);
    }

    /** Returns whether everything is wanted, as it is. */
    boolean isAll() {
        return columns.isEmpty() && filters.isEmpty() && sort.isEmpty();
    }

    /**
     * Returns what of {@code report} is wanted.
     *
     * @throws IllegalArgumentException naming the columns there are, if one that is wanted is not there
     */
    Report of(Report report) {
        if (isAll()) {
            return report;
        }
        Table whole = report.table(true);
        Optional<List<?>> elements = report.listed().<List<?>>map(name -> (List<?>) report.document().get(name))
                .filter(list -> list.size() == whole.rows().size());
        List<Integer> picked = new ArrayList<>(IntStream.range(0, whole.rows().size()).boxed()
                .filter(accepted(whole, elements)).toList());
        sort.ifPresent(column -> {
            int index = indexOf(column, whole);
            Comparator<Integer> order = Comparator.comparing(
                    (Integer row) -> whole.rows().get(row).get(index).text(), NaturalOrder.INSTANCE);
            picked.sort(descending ? order.reversed() : order);
        });
        return new SelectedReport(report, picked, columns.stream().map(column -> indexOf(column, whole)).toList());
    }

    private Predicate<Integer> accepted(Table whole, Optional<List<?>> elements) {
        List<Predicate<Integer>> all = new ArrayList<>();
        for (Filter filter : filters) {
            int index = whole.columns().indexOf(filter.key().toUpperCase(Locale.ROOT));
            if (index < 0 && (elements.isEmpty() || !isField(filter.key(), elements.get()))) {
                throw unknown("--filter", filter.key(), whole);
            }
            all.add(row -> filter.accepts(index >= 0 ? whole.rows().get(row).get(index).text()
                    : field(filter.key(), elements.orElseThrow().get(row))));
        }
        return row -> all.stream().allMatch(filter -> filter.test(row));
    }

    /** Fields of documents can be asked for as well: {@code tags.zone=a}, {@code kind=OBSERVER}. */
    private static boolean isField(String key, List<?> elements) {
        String first = key.split("\\.", 2)[0];
        return elements.isEmpty() || elements.get(0) instanceof Map<?, ?> fields && fields.containsKey(first);
    }

    private static String field(String key, Object element) {
        Object value = element;
        for (String step : key.split("\\.", 2)) {
            value = value instanceof Map<?, ?> fields ? fields.get(step) : null;
        }
        return value == null ? "" : value.toString();
    }

    private static int indexOf(String column, Table whole) {
        int index = whole.columns().indexOf(column.strip().toUpperCase(Locale.ROOT));
        if (index < 0) {
            throw unknown("column", column, whole);
        }
        return index;
    }

    private static IllegalArgumentException unknown(String what, String name, Table whole) {
        return new IllegalArgumentException(what + ": no '" + name + "' here (expected: "
                + String.join(", ", whole.columns()).toLowerCase(Locale.ROOT) + ")");
    }
}
