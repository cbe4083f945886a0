package io.curia.admin;

import io.curia.cli.ExitCode;
import io.curia.document.Fields;
import io.curia.document.MembersDocument;
import io.curia.model.Cause;
import io.curia.model.ClusterView;
import io.curia.model.Ending;
import io.curia.model.Endpoint;
import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import io.curia.model.Member;
import io.curia.model.NodeId;
import io.curia.model.Tenure;
import io.curia.wire.message.MasterInfo;
import io.curia.wire.message.MasterReply;
import io.curia.wire.message.Wishes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The current mastership: whose it is, its epoch, since when and what made it necessary; or that there is none. */
final class MasterReport implements Report {

    private static final List<String> COLUMNS = List.of("ID", "EPOCH", "ADDRESS", "PID", "AGE", "CAUSE");
    private static final List<String> WIDE_COLUMNS =
            List.of("ID", "EPOCH", "ADDRESS", "PID", "AGE", "SINCE", "HOST", "INCARNATION", "CAUSE");

    /** A mastership as it is shown. */
    private record Shown(NodeId id, Epoch epoch, Endpoint address, long pid, Instant since, Cause cause,
            Optional<String> host, Optional<Incarnation> incarnation) {

        static Shown of(Tenure tenure, ClusterView view) {
            return new Shown(tenure.id(), tenure.epoch(), tenure.address(), tenure.pid(), tenure.since(),
                    tenure.cause(), view.member(tenure.id()).flatMap(member -> member.live().map(Member::host)),
                    Optional.of(tenure.incarnation()));
        }

        static Shown of(MasterInfo told, Optional<io.curia.wire.message.MemberRow> row) {
            return new Shown(told.id(), told.epoch(), told.address(), told.pid(), told.since(), told.cause(),
                    row.flatMap(io.curia.wire.message.MemberRow::host),
                    row.flatMap(io.curia.wire.message.MemberRow::incarnation));
        }
    }

    private final String cluster;
    private final Epoch epoch;
    private final Optional<Shown> current;
    private final Optional<MasterReply.Last> last;
    private final Wishes wishes;
    private final Optional<Provenance> source;
    private final Instant now;

    /** The report of what ZooKeeper holds. */
    MasterReport(ClusterView view, Instant now) {
        this.cluster = view.cluster().name();
        this.epoch = view.master().epoch();
        this.current = view.master().tenure().filter(tenure -> view.currentMaster().isPresent())
                .map(tenure -> Shown.of(tenure, view));
        this.last = view.master().tenure().filter(tenure -> current.isEmpty()).map(MasterReply.Last::of);
        this.wishes = Wishes.of(view.intents(), epoch, now);
        this.source = Optional.empty();
        this.now = now;
    }

    /** The report of what a node has told; {@code row} is the master's among the members, if it was asked for. */
    MasterReport(MasterReply told, Optional<io.curia.wire.message.MemberRow> row, Provenance source, Instant now) {
        this.cluster = told.cluster();
        this.epoch = told.epoch();
        this.last = told.last();
        this.current = told.master().map(info -> Shown.of(info, row));
        this.wishes = told.wishes().standing(epoch, now);
        this.source = Optional.of(source);
        this.now = now;
    }

    boolean hasMaster() {
        return current.isPresent();
    }

    /** Returns this report; throws NO_MASTER if it says that there is none. */
    MasterReport orThrow() {
        if (!hasMaster()) {
            throw new CommandFailure(ExitCode.NO_MASTER, headline() + "; see who could be with 'admin-cli members'");
        }
        return this;
    }

    @Override
    public String headline() {
        String from = source.map(node -> node.words(now)).orElse("");
        return "cluster " + cluster + ", " + (hasMaster() ? "epoch " + epoch : "no master now" + lastOne())
                + WishWords.headline(wishes.pause(), wishes.switchover(), now) + from;
    }

    private String lastOne() {
        if (last.isEmpty()) {
            return epoch.equals(Epoch.NONE) ? "; there never was one" : ", epoch " + epoch;
        }
        MasterReply.Last over = last.get();
        return "; the last was " + over.id() + ", epoch " + over.epoch()
                + over.ending().map(how -> ended(over.id(), how)).orElse("");
    }

    private String ended(NodeId whose, Ending ending) {
        boolean byItself = ending.actor().equals(whose.value());
        return ", ended " + Age.of(ending.at(), now) + " ago (" + ending.cause() + ")"
                + (byItself ? "" : " by " + ending.actor())
                + (byItself || ending.reason().isEmpty() ? "" : ": " + ending.reason());
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
        return Fields.document().add("id", current.map(master -> master.id().value()).orElse(null))
                .add("epoch", epoch.number())
                .add("address", current.map(master -> master.address().toString()).orElse(null))
                .add("pid", current.map(Shown::pid).orElse(null))
                .add("since", current.map(Shown::since))
                .add("cause", current.map(master -> master.cause().name()).orElse(null))
                .add("last", last.map(MasterReport::fields).orElse(null))
                .add("pause", wishes.pause().map(MembersDocument::fields).orElse(null))
                .add("switchover", wishes.switchover().map(MembersDocument::fields).orElse(null));
    }

    private static Map<String, Object> fields(MasterReply.Last over) {
        Optional<Ending> ending = over.ending();
        return new Fields().add("id", over.id().value()).add("epoch", over.epoch().number())
                .add("until", ending.map(Ending::at))
                .add("endCause", ending.map(how -> how.cause().name()).orElse(null))
                .add("endedBy", ending.map(Ending::actor).orElse(null))
                .add("endReason", ending.map(Ending::reason).filter(why -> !why.isEmpty()).orElse(null)).build();
    }

    @Override
    public Table table(boolean wide) {
        Table table = new Table(wide ? WIDE_COLUMNS : COLUMNS);
        current.ifPresent(master -> table.row(cells(master, wide)));
        return table;
    }

    private List<Table.Cell> cells(Shown master, boolean wide) {
        List<Table.Cell> cells = new ArrayList<>(List.of(new Table.Cell(master.id().value(), Table.Style.BOLD),
                Table.Cell.of(master.epoch().toString()), Table.Cell.of(master.address().toString()),
                Table.Cell.of(Long.toString(master.pid())), Table.Cell.of(Age.of(master.since(), now))));
        if (wide) {
            cells.add(Table.Cell.of(Age.exactly(master.since())));
            cells.add(Table.Cell.of(master.host().orElse(null)));
            cells.add(Table.Cell.of(master.incarnation().map(Incarnation::abbreviated).orElse(null)));
        }
        cells.add(Table.Cell.of(master.cause().name()));
        return cells;
    }

    @Override
    public List<String> names() {
        return current.map(master -> master.id().value()).stream().toList();
    }
}
