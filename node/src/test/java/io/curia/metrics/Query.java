package io.curia.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an expression in Prometheus's language refers to: metrics of ours or the JVM's, their labels, and values. */
final class Query {

    private static final Pattern SELECTOR =
            Pattern.compile("\\b((?:curia|jvm|process|system)_\\w+)\\s*(?:\\{([^}]*)\\})?");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");
    private static final Pattern GROUPING =
            Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
    private static final Pattern TEMPLATE = Pattern.compile("\\{\\{\\s*(?:\\$labels\\.)?(\\w+)\\s*\\}\\}");

    private final String text;

    /** A metric with what it is filtered by. */
    record Selector(String metric, List<Filter> filters) {
    }

    /** A condition on a label; {@code value} is one only if the comparison is for equality. */
    record Filter(String label, String comparison, String value) {
    }

    Query(String text) {
        this.text = text;
    }

    List<Selector> selectors() {
        List<Selector> found = new ArrayList<>();
        Matcher selector = SELECTOR.matcher(text);
        while (selector.find()) {
            List<Filter> filters = new ArrayList<>();
            Matcher filter = MATCHER.matcher(selector.group(2) == null ? "" : selector.group(2));
            while (filter.find()) {
                filters.add(new Filter(filter.group(1), filter.group(2), filter.group(3)));
            }
            found.add(new Selector(selector.group(1), filters));
        }
        return found;
    }

    /** Returns the labels that results are grouped or matched by. */
    Set<String> groupings() {
        Set<String> labels = new TreeSet<>();
        Matcher grouping = GROUPING.matcher(text);
        while (grouping.find()) {
            Arrays.stream(grouping.group(1).split(",")).map(String::strip).filter(label -> !label.isEmpty())
                    .forEach(labels::add);
        }
        return labels;
    }

    /** Returns the labels that a legend or an annotation writes out. */
    static Set<String> written(String template) {
        Set<String> labels = new TreeSet<>();
        Matcher written = TEMPLATE.matcher(template);
        while (written.find()) {
            labels.add(written.group(1));
        }
        return labels;
    }
}
