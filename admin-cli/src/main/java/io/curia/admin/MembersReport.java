package io.curia.admin;

import io.curia.document.Fields;
import io.curia.document.MemberRow;
import io.curia.document.MembersDocument;
import io.curia.model.ClusterView;
import io.curia.model.MemberStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Everybody in the roster: who is live, who is master, who is down or evicted and since when and why. */
final class MembersReport implements Report {

    private static final List<String> COLUMNS = List.of("ID", "STATUS", "ROLE", "ADDRESS", "AGE", "REASON");
    private static final List<String> WIDE_COLUMNS = List.of("ID", "STATUS", "ROLE", "ADDRESS", "AGE", "SINCE", "PID",
            "HOST", "VERSION", "INCARNATION", "PRIORITY", "TAGS", "REASON");

    private final MembersDocument told;
    private final Instant now;
    private final Optional<Provenance> source;

    /** The report of what ZooKeeper holds. */
    MembersReport(ClusterView view, Instant now) {
        this.told = MembersDocument.of(view, now);
        this.now = now;
        this.source = Optional.empty();
    }

    /** The report of what a node has told. */
    MembersReport(MembersDocument told, Provenance source, Instant now) {
        this.told = told;
        this.now = now;
        this.source = Optional.of(source);
    }

    /** Returns the same report, of these members only. */
    Report only(Set<String> ids) {
        return new SelectedReport(this, IntStream.range(0, told.members().size())
                .filter(row -> ids.contains(told.members().get(row).id())).boxed().toList(), List.of());
    }

    @Override
    public String headline() {
        return "cluster " + told.cluster() + ", epoch " + told.epoch() + ", "
                + told.master().map(id -> "master " + id).orElse("NO MASTER") + ", " + count(MemberStatus.LIVE)
                + " live, " + count(MemberStatus.DOWN) + " down, " + count(MemberStatus.EVICTED) + " evicted"
                + WishWords.headline(told.pause(), told.switchover(), now)
                + source.map(node -> node.words(now)).orElse("");
    }

    private long count(MemberStatus status) {
        return told.members().stream().filter(row -> row.status() == status).count();
    }

    @Override
    public Map<String, Object> document() {
        Fields fields = told.fields();
        return source.map(node -> fields.add("via", node.fields())).orElse(fields).build();
    }

    /** When a node has read what it tells moves with every reading, whatever it has read. */
    @Override
    public Map<String, Object> essence() {
        Fields fields = told.fields();
        return source.map(node -> fields.add("stale", node.stale())).orElse(fields).build();
    }

    @Override
    public Optional<String> listed() {
        return Optional.of("members");
    }

    @Override
    public Table table(boolean wide) {
        Table table = new Table(wide ? WIDE_COLUMNS : COLUMNS);
        told.members().forEach(row -> table.row(cells(row, wide)));
        return table;
    }

    private List<Table.Cell> cells(MemberRow row, boolean wide) {
        List<Table.Cell> cells = new ArrayList<>(List.of(Table.Cell.of(row.id()),
                new Table.Cell(row.status().name(), style(row.status())), role(row),
                Table.Cell.of(row.address().orElse(null)),
                Table.Cell.of(row.since().map(since -> Age.of(since, now)).orElse(null))));
        if (wide) {
            cells.add(Table.Cell.of(row.since().map(Age::exactly).orElse(null)));
            cells.add(Table.Cell.of(row.pid().map(String::valueOf).orElse(null)));
            cells.add(Table.Cell.of(row.host().orElse(null)));
            cells.add(Table.Cell.of(row.version().orElse(null)));
            cells.add(Table.Cell.of(row.incarnation().map(all -> all.substring(0, 8)).orElse(null)));
            cells.add(Table.Cell.of(row.priority().map(priority -> Integer.toString(priority.value())).orElse(null)));
            cells.add(Table.Cell.of(row.tags().entrySet().stream().map(Map.Entry::toString)
                    .collect(Collectors.joining(","))));
        }
        cells.add(Table.Cell.of(MemberWords.note(row, now)));
        return cells;
    }

    private static Table.Cell role(MemberRow row) {
        return switch (row.roleWord()) {
            case "MASTER" -> new Table.Cell(row.role(), Table.Style.BOLD);
            case "NONE" -> Table.Cell.of(null);
            case "STANDBY", "OBSERVER", "GUEST" -> Table.Cell.of(row.role());
            default -> new Table.Cell(row.roleWord(), Table.Style.WARNING);
        };
    }

    private static Table.Style style(MemberStatus status) {
        return switch (status) {
            case LIVE -> Table.Style.GOOD;
            case DOWN -> Table.Style.WARNING;
            case EVICTED -> Table.Style.BAD;
        };
    }

    @Override
    public List<String> names() {
        return told.members().stream().map(MemberRow::id).toList();
    }
}
