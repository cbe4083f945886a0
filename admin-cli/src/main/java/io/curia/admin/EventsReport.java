package io.curia.admin;

import io.curia.document.EventDocument;
import io.curia.document.Fields;
import io.curia.model.ClusterEvent;
import io.curia.model.ClusterIdentity;
import io.curia.model.Epoch;
import io.curia.model.Happening;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Events in their order, and how many of those asked for are not remembered any more. */
final class EventsReport implements Report {

    private static final List<String> COLUMNS =
            List.of("SEQ", "TIME", "TYPE", "ID", "EPOCH", "CAUSE", "BY", "LASTED", "REASON");
    private static final List<String> WIDE_COLUMNS =
            List.of("SEQ", "ZXID", "TIME", "TYPE", "ID", "INCARNATION", "EPOCH", "CAUSE", "BY", "LASTED", "REASON");

    private final ClusterIdentity cluster;
    private final List<ClusterEvent> events;
    private final long last;
    private final long forgotten;

    EventsReport(ClusterIdentity cluster, List<ClusterEvent> events, long last, long forgotten) {
        this.cluster = cluster;
        this.events = List.copyOf(events);
        this.last = last;
        this.forgotten = forgotten;
    }

    @Override
    public String headline() {
        return "cluster " + cluster.name() + ", " + events.size() + (events.size() == 1 ? " event" : " events")
                + (last < 0 ? "" : ", the last recorded is " + last)
                + (forgotten == 0 ? "" : "; " + forgotten + " older ones of any type are not remembered any more");
    }

    @Override
    public Map<String, Object> document() {
        return Fields.document().add("cluster", cluster.name()).add("uuid", cluster.uuid())
                .add("last", last < 0 ? null : last).add("forgotten", forgotten)
                .add("events", events.stream().map(event -> EventDocument.addTo(new Fields(), event)).toList()).build();
    }

    @Override
    public Table table(boolean wide) {
        Table table = new Table(wide ? WIDE_COLUMNS : COLUMNS);
        events.forEach(event -> table.row(cells(event, wide)));
        return table;
    }

    private static List<Table.Cell> cells(ClusterEvent event, boolean wide) {
        Happening what = event.what();
        List<Table.Cell> cells = new ArrayList<>(List.of(Table.Cell.of(Long.toString(event.seq()))));
        if (wide) {
            cells.add(Table.Cell.of("0x" + Long.toHexString(event.zxid())));
        }
        cells.add(Table.Cell.of(Fields.timestamp(event.time())));
        cells.add(new Table.Cell(event.type().name(), EventCells.style(event)));
        cells.add(Table.Cell.of(what.id().map(Object::toString).orElse("")));
        if (wide) {
            cells.add(Table.Cell.of(what.incarnation().map(one -> one.abbreviated()).orElse("")));
        }
        cells.add(Table.Cell.of(what.epoch().map(Epoch::toString).orElse("")));
        cells.add(Table.Cell.of(what.cause().map(Enum::name).orElse("")));
        cells.add(Table.Cell.of(what.actor()));
        cells.add(Table.Cell.of(what.duration().map(EventCells::spell).orElse("")));
        cells.add(Table.Cell.of(what.reason()));
        return cells;
    }

    @Override
    public List<String> names() {
        return events.stream().map(event -> Long.toString(event.seq())).toList();
    }
}
