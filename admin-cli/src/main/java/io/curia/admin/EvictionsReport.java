package io.curia.admin;

import io.curia.document.Fields;
import io.curia.document.MemberRow;
import io.curia.document.MembersDocument;
import io.curia.model.ClusterView;
import io.curia.model.MemberStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every eviction on record: by whom, why, since when and until when, and whether it still keeps its node out. */
final class EvictionsReport implements Report {

    private static final List<String> COLUMNS = List.of("ID", "BY", "AGE", "UNTIL", "REASON");
    private static final List<String> WIDE_COLUMNS = List.of("ID", "BY", "AGE", "SINCE", "UNTIL", "REASON");

    private final MembersDocument told;
    private final Optional<Provenance> source;
    private final Instant now;
    private final List<MemberRow> evictions;

    /** The report of what ZooKeeper holds. */
    EvictionsReport(ClusterView view, Instant now) {
        this(MembersDocument.of(view, now), Optional.empty(), now);
    }

    /** The report of what {@code source} has told; empty: ZooKeeper. */
    EvictionsReport(MembersDocument told, Optional<Provenance> source, Instant now) {
        this.told = told;
        this.source = source;
        this.now = now;
        this.evictions = told.members().stream().filter(row -> row.status() == MemberStatus.EVICTED).toList();
    }

    @Override
    public String headline() {
        return "cluster " + told.cluster() + ", " + evictions.size() + " evicted"
                + source.map(node -> node.words(now)).orElse("");
    }

    @Override
    public Map<String, Object> document() {
        return source.map(node -> fields().add("via", node.fields())).orElseGet(this::fields).build();
    }

    /** When a node has read what it tells moves with every reading, whatever it has read. */
    @Override
    public Map<String, Object> essence() {
        return source.map(node -> fields().add("stale", node.stale())).orElseGet(this::fields).build();
    }

    private Fields fields() {
        return Fields.document().add("cluster", told.cluster()).add("uuid", told.uuid())
                .add("evictions", evictions.stream().map(this::fields).toList());
    }

    @Override
    public Optional<String> listed() {
        return Optional.of("evictions");
    }

    private Map<String, Object> fields(MemberRow row) {
        return new Fields().add("id", row.id()).add("by", row.by().orElse("")).add("reason", row.reason().orElse(""))
                .add("since", row.since()).add("until", row.until()).add("active", bars(row)).build();
    }

    private boolean bars(MemberRow row) {
        return row.until().map(now::isBefore).orElse(true);
    }

    @Override
    public Table table(boolean wide) {
        Table table = new Table(wide ? WIDE_COLUMNS : COLUMNS);
        for (MemberRow row : evictions) {
            Table.Cell id = Table.Cell.of(row.id());
            Table.Cell by = Table.Cell.of(row.by().orElse(null));
            Table.Cell age = Table.Cell.of(row.since().map(since -> Age.of(since, now)).orElse(null));
            Table.Cell since = Table.Cell.of(row.since().map(Age::exactly).orElse(null));
            Table.Cell reason = Table.Cell.of(row.reason().orElse(null));
            table.row(wide ? List.of(id, by, age, since, until(row), reason)
                    : List.of(id, by, age, until(row), reason));
        }
        return table;
    }

    private Table.Cell until(MemberRow row) {
        if (!bars(row)) {
            return new Table.Cell("ended, may rejoin", Table.Style.WARNING);
        }
        return Table.Cell.of(row.until().map(Age::exactly).orElse("readmitted"));
    }

    @Override
    public List<String> names() {
        return evictions.stream().map(MemberRow::id).toList();
    }
}
