package io.curia.admin;

import io.curia.model.ClusterView;
import io.curia.model.Ending;
import io.curia.model.Member;
import io.curia.model.Tenure;
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

    private final ClusterView view;
    private final Instant now;
    private final Optional<Tenure> current;

    MasterReport(ClusterView view, Instant now) {
        this.view = view;
        this.now = now;
        this.current = view.currentMaster().isPresent() ? view.master().tenure() : Optional.empty();
    }

    boolean hasMaster() {
        return current.isPresent();
    }

    @Override
    public String headline() {
        String cluster = "cluster " + view.cluster().name() + ", ";
        if (hasMaster()) {
            return cluster + "epoch " + view.master().epoch();
        }
        return cluster + "no master now" + view.master().tenure().map(this::lastOne).orElse("; there never was one");
    }

    private String lastOne(Tenure last) {
        return "; the last was " + last.id() + ", epoch " + last.epoch() + last.ending().map(this::ended).orElse("");
    }

    private String ended(Ending ending) {
        return ", ended " + Age.of(ending.at(), now) + " ago (" + ending.cause() + ")";
    }

    @Override
    public Map<String, Object> document() {
        return Fields.document().add("id", current.map(tenure -> tenure.id().value()).orElse(null))
                .add("epoch", view.master().epoch().number())
                .add("address", current.map(tenure -> tenure.address().toString()).orElse(null))
                .add("pid", current.map(Tenure::pid).orElse(null))
                .add("since", current.map(Tenure::since))
                .add("cause", current.map(tenure -> tenure.cause().name()).orElse(null)).build();
    }

    @Override
    public Table table(boolean wide) {
        Table table = new Table(wide ? WIDE_COLUMNS : COLUMNS);
        current.ifPresent(tenure -> table.row(cells(tenure, wide)));
        return table;
    }

    private List<Table.Cell> cells(Tenure tenure, boolean wide) {
        List<Table.Cell> cells = new ArrayList<>(List.of(new Table.Cell(tenure.id().value(), Table.Style.BOLD),
                Table.Cell.of(tenure.epoch().toString()), Table.Cell.of(tenure.address().toString()),
                Table.Cell.of(Long.toString(tenure.pid())), Table.Cell.of(Age.of(tenure.since(), now))));
        if (wide) {
            cells.add(Table.Cell.of(Age.exactly(tenure.since())));
            cells.add(Table.Cell.of(view.member(tenure.id()).flatMap(member -> member.live().map(Member::host))
                    .orElse(null)));
            cells.add(Table.Cell.of(tenure.incarnation().abbreviated()));
        }
        cells.add(Table.Cell.of(tenure.cause().name()));
        return cells;
    }

    @Override
    public List<String> names() {
        return current.map(tenure -> tenure.id().value()).stream().toList();
    }
}
