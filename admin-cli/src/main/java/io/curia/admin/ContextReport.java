package io.curia.admin;

import io.curia.admin.context.Context;
import io.curia.admin.context.Contexts;
import io.curia.document.Fields;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Contexts: what each is called and how it reaches its cluster. */
final class ContextReport implements Report {

    private final Optional<String> current;
    private final List<Context> shown;

    ContextReport(Contexts contexts, Collection<Context> shown) {
        this.current = contexts.current();
        this.shown = shown.stream().sorted((a, b) -> a.name().compareTo(b.name())).toList();
    }

    @Override
    public String headline() {
        return current.map(name -> "in use: " + name).orElse("no context is in use");
    }

    private boolean isCurrent(Context context) {
        return current.equals(Optional.of(context.name()));
    }

    @Override
    public Map<String, Object> document() {
        return Fields.document().add("current", current.orElse(null))
                .add("contexts", shown.stream().map(this::fields).toList()).build();
    }

    private Map<String, Object> fields(Context context) {
        Fields fields = new Fields().add("name", context.name()).add("current", isCurrent(context));
        for (Context.Key key : Context.Key.values()) {
            fields.add(camel(key), context.get(key).orElse(null));
        }
        return fields.build();
    }

    private static String camel(Context.Key key) {
        return switch (key) {
            case ZOOKEEPER -> "zookeeper";
            case CLUSTER -> "cluster";
            case ROOT -> "root";
            case AUTH_FILE -> "authFile";
            case ZOOKEEPER_CONFIG -> "zookeeperConfig";
            case VIA -> "via";
        };
    }

    @Override
    public Table table(boolean wide) {
        Table table = new Table(List.of("CONTEXT", "USED", "CLUSTER", "VIA", "AUTH", "ZOOKEEPER"));
        shown.forEach(context -> table.row(List.of(Table.Cell.of(context.name()),
                isCurrent(context) ? new Table.Cell("*", Table.Style.BOLD) : Table.Cell.of(""),
                Table.Cell.of(context.get(Context.Key.CLUSTER).orElse(null)),
                Table.Cell.of(context.get(Context.Key.VIA).orElse(null)),
                Table.Cell.of(context.get(Context.Key.AUTH_FILE).orElse(null)),
                Table.Cell.of(context.get(Context.Key.ZOOKEEPER).orElse(null)))));
        return table;
    }

    @Override
    public Optional<String> listed() {
        return Optional.of("contexts");
    }

    @Override
    public List<String> names() {
        return shown.stream().map(Context::name).toList();
    }
}
