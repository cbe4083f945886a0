package io.curia.admin;

import io.curia.document.Fields;
import io.curia.model.ClusterView;
import io.curia.model.MemberStatus;
import io.curia.model.MemberView;
import io.curia.model.RosterEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every eviction on record: by whom, why, since when and until when, and whether it still keeps its node out. */
final class EvictionsReport implements Report {

    private static final List<String> COLUMNS = List.of("ID", "BY", "AGE", "UNTIL", "REASON");
    private static final List<String> WIDE_COLUMNS = List.of("ID", "BY", "AGE", "SINCE", "UNTIL", "REASON");

    private final ClusterView view;
    private final Instant now;
    private final List<RosterEntry> evictions;

    EvictionsReport(ClusterView view, Instant now) {
        this.view = view;
        this.now = now;
        this.evictions = view.members().stream().filter(member -> member.status() == MemberStatus.EVICTED)
                .map(MemberView::roster).toList();
    }

    @Override
    public String headline() {
        return "cluster " + view.cluster().name() + ", " + evictions.size() + " evicted";
    }

    @Override
    public Map<String, Object> document() {
        return Fields.document().add("cluster", view.cluster().name()).add("uuid", view.cluster().uuid())
                .add("evictions", evictions.stream().map(this::fields).toList()).build();
    }

    @Override
    public Optional<String> listed() {
        return Optional.of("evictions");
    }

    private Map<String, Object> fields(RosterEntry entry) {
        return new Fields().add("id", entry.id().value()).add("by", entry.actor()).add("reason", entry.reason())
                .add("since", Fields.timestamp(entry.at())).add("until", entry.until())
                .add("active", entry.bars(now)).build();
    }

    @Override
    public Table table(boolean wide) {
        Table table = new Table(wide ? WIDE_COLUMNS : COLUMNS);
        for (RosterEntry entry : evictions) {
            Table.Cell id = Table.Cell.of(entry.id().value());
            Table.Cell by = Table.Cell.of(entry.actor());
            Table.Cell age = Table.Cell.of(Age.of(entry.at(), now));
            Table.Cell reason = Table.Cell.of(entry.reason());
            table.row(wide ? List.of(id, by, age, Table.Cell.of(Age.exactly(entry.at())), until(entry), reason)
                    : List.of(id, by, age, until(entry), reason));
        }
        return table;
    }

    private Table.Cell until(RosterEntry entry) {
        if (!entry.bars(now)) {
            return new Table.Cell("ended, may rejoin", Table.Style.WARNING);
        }
        return Table.Cell.of(entry.until().map(Age::exactly).orElse("readmitted"));
    }

    @Override
    public List<String> names() {
        return evictions.stream().map(entry -> entry.id().value()).toList();
    }
}
