package io.curia.admin;

import io.curia.document.Fields;
import io.curia.document.HistoryDocument;
import io.curia.document.Reign;
import io.curia.model.ClusterEvent;
import io.curia.model.ClusterIdentity;
import io.curia.model.Happening;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The masterships in their order, and what operators did about them. */
final class HistoryReport implements Report {

    private static final List<String> COLUMNS =
            List.of("EPOCH", "MASTER", "SINCE", "LASTED", "GAP", "ENDED", "BY", "WHY");
    private static final List<String> WIDE_COLUMNS = List.of("EPOCH", "MASTER", "INCARNATION", "SINCE", "UNTIL",
            "LASTED", "GAP", "AFTER", "ENDED", "BY", "WHY");

    private final ClusterIdentity cluster;
    private final List<Reign> reigns;
    private final List<ClusterEvent> acts;
    private final Instant now;

    HistoryReport(ClusterIdentity cluster, List<Reign> reigns, List<ClusterEvent> events, Instant now) {
        this.cluster = cluster;
        this.reigns = List.copyOf(reigns);
        this.acts = HistoryDocument.acts(reigns, events);
        this.now = now;
    }

    @Override
    public String headline() {
        return "cluster " + cluster.name() + ", " + reigns.size()
                + (reigns.size() == 1 ? " mastership" : " masterships")
                + (acts.isEmpty() ? "" : "; " + acts.size() + " acts of operators, see -o wide");
    }

    @Override
    public Map<String, Object> document() {
        return HistoryDocument.of(cluster, reigns, acts, now).build();
    }

    @Override
    public Table table(boolean wide) {
        Table table = new Table(wide ? WIDE_COLUMNS : COLUMNS);
        List<ClusterEvent> untold = new ArrayList<>(wide ? acts : List.of());
        for (Reign reign : reigns) {
            reign.since().ifPresent(begin -> actsBefore(begin, untold, table));
            table.row(cells(reign, wide));
        }
        actsBefore(Instant.MAX, untold, table);
        return table;
    }

    /** An operator's act stands between the masterships it came between. */
    private static void actsBefore(Instant time, List<ClusterEvent> untold, Table table) {
        while (!untold.isEmpty() && untold.get(0).time().isBefore(time)) {
            ClusterEvent act = untold.remove(0);
            Table.Cell none = Table.Cell.of("");
            table.row(List.of(none, Table.Cell.of(act.what().id().map(Object::toString).orElse("")), none,
                    Table.Cell.of(Fields.timestamp(act.time())), none, none, none, none,
                    new Table.Cell(act.type().name(), EventCells.style(act)), Table.Cell.of(act.what().actor()),
                    Table.Cell.of(act.what().reason())));
        }
    }

    private List<Table.Cell> cells(Reign reign, boolean wide) {
        Optional<Happening> begun = reign.elected().map(ClusterEvent::what);
        Optional<Happening> ended = reign.lost().map(ClusterEvent::what);
        List<Table.Cell> cells = new ArrayList<>(List.of(Table.Cell.of(reign.epoch().toString()),
                new Table.Cell(reign.id().value(), ended.isEmpty() ? Table.Style.BOLD : Table.Style.PLAIN)));
        if (wide) {
            cells.add(text(begun.or(() -> ended).flatMap(Happening::incarnation).map(one -> one.abbreviated())));
        }
        cells.add(text(reign.since().map(Fields::timestamp)));
        if (wide) {
            cells.add(text(reign.until().map(Fields::timestamp)));
        }
        cells.add(text(reign.lasted(now).map(EventCells::spell)));
        cells.add(text(reign.gap().map(EventCells::spell)));
        if (wide) {
            cells.add(text(begun.flatMap(Happening::cause).map(Enum::name)));
        }
        cells.add(text(ended.flatMap(Happening::cause).map(Enum::name)));
        cells.add(text(ended.map(Happening::actor)));
        cells.add(text(ended.map(Happening::reason)));
        return cells;
    }

    private static Table.Cell text(Optional<String> text) {
        return Table.Cell.of(text.orElse(""));
    }

    @Override
    public List<String> names() {
        return reigns.stream().map(reign -> reign.epoch().toString()).toList();
    }
}
