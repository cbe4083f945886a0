package io.curia.admin;

import io.curia.model.ClusterView;
import io.curia.model.Epoch;
import io.curia.model.MemberStatus;
import io.curia.model.MemberView;
import io.curia.model.NodeId;
import io.curia.model.Pause;
import io.curia.model.Switchover;
import io.curia.wire.message.MembersReply;
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

    private final String cluster;
    private final String uuid;
    private final Epoch epoch;
    private final Optional<String> master;
    private final Instant now;
    private final List<MemberRow> rows;
    private final Optional<Provenance> source;
    private final Optional<Pause> pause;
    private final Optional<Switchover> switchover;

    /** The report of what ZooKeeper holds. */
    MembersReport(ClusterView view, Instant now) {
        this.cluster = view.cluster().name();
        this.uuid = view.cluster().uuid();
        this.epoch = view.master().epoch();
        this.master = view.currentMaster().map(MemberView::id).map(NodeId::value);
        this.now = now;
        this.rows = view.members().stream().map(member -> MemberRow.of(member, now)).toList();
        this.source = Optional.empty();
        this.pause = view.pause();
        this.switchover = SwitchoverPlan.pending(view, now);
    }

    /** The report of what a node has told: its last page, and the rows of all pages. */
    MembersReport(MembersReply told, List<io.curia.wire.message.MemberRow> rows, Provenance source, Instant now) {
        this.cluster = told.cluster();
        this.uuid = told.uuid();
        this.epoch = told.epoch();
        this.master = told.master().map(NodeId::value);
        this.now = now;
        this.rows = rows.stream().map(MemberRow::of).toList();
        this.source = Optional.of(source);
        this.pause = Optional.empty();
        this.switchover = Optional.empty();
    }

    /** Returns the same report, of these members only. */
    Report only(Set<String> ids) {
        return new SelectedReport(this, IntStream.range(0, rows.size())
                .filter(row -> ids.contains(rows.get(row).id())).boxed().toList(), List.of());
    }

    @Override
    public String headline() {
        return "cluster " + cluster + ", epoch " + epoch + ", "
                + master.map(id -> "master " + id).orElse("NO MASTER") + ", " + count(MemberStatus.LIVE) + " live, "
                + count(MemberStatus.DOWN) + " down, " + count(MemberStatus.EVICTED) + " evicted" + intents()
                + source.map(node -> node.words(now)).orElse("");
    }

    /** Returns what operators want just now, counted down. */
    private String intents() {
        return pause.map(asked -> ", PAUSED " + SwitchoverPlan.left(asked, now)).orElse("")
                + switchover.map(wish -> ", " + SwitchoverPlan.words(wish, now)).orElse("");
    }

    private long count(MemberStatus status) {
        return rows.stream().filter(row -> row.status() == status).count();
    }

    @Override
    public Map<String, Object> document() {
        Fields fields = fields();
        return source.map(node -> fields.add("via", node.fields())).orElse(fields).build();
    }

    /** When a node has read what it tells moves with every reading, whatever it has read. */
    @Override
    public Map<String, Object> essence() {
        Fields fields = fields();
        return source.map(node -> fields.add("stale", node.stale())).orElse(fields).build();
    }

    private Fields fields() {
        return Fields.document().add("cluster", cluster).add("uuid", uuid).add("epoch", epoch.number())
                .add("master", master.orElse(null)).add("members", rows.stream().map(MemberRow::fields).toList())
                .add("pause", pause.map(MembersReport::fields).orElse(null))
                .add("switchover", switchover.map(MembersReport::fields).orElse(null));
    }

    @Override
    public Optional<String> listed() {
        return Optional.of("members");
    }

    private static Map<String, Object> fields(Pause pause) {
        return new Fields().add("until", Optional.of(pause.until())).add("actor", pause.actor())
                .add("reason", pause.reason()).add("at", Optional.of(pause.at())).build();
    }

    private static Map<String, Object> fields(Switchover wish) {
        return new Fields().add("from", wish.from().value()).add("fromEpoch", wish.fromEpoch().number())
                .add("to", wish.target().map(NodeId::value).orElse(null))
                .add("notBefore", Optional.of(wish.notBefore())).add("actor", wish.actor())
                .add("reason", wish.reason()).add("at", Optional.of(wish.at())).build();
    }

    @Override
    public Table table(boolean wide) {
        Table table = new Table(wide ? WIDE_COLUMNS : COLUMNS);
        rows.forEach(row -> table.row(cells(row, wide)));
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
        cells.add(Table.Cell.of(row.note(now)));
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
        return rows.stream().map(MemberRow::id).toList();
    }
}
