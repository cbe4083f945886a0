package io.curia.admin;

import io.curia.document.Fields;
import io.curia.model.ClusterView;
import io.curia.model.MemberView;
import io.curia.model.NodeId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The answer to whether nodes may be stopped now: one word, and the checks behind it. */
final class StopReport implements Report {

    private final ClusterView view;
    private final Collection<NodeId> ids;
    private final List<Check> checks;

    StopReport(ClusterView view, Collection<NodeId> ids, List<Check> checks) {
        this.view = view;
        this.ids = ids;
        this.checks = checks;
    }

    boolean isSafe() {
        return failed().isEmpty();
    }

    List<Check> failed() {
        return checks.stream().filter(check -> !check.passed()).toList();
    }

    /** Returns the answer: {@code yes} or {@code no}. */
    String word() {
        return isSafe() ? "yes" : "no";
    }

    @Override
    public String headline() {
        return "cluster " + view.cluster().name() + ", epoch " + view.master().epoch() + ": "
                + String.join(", ", ids.stream().map(NodeId::value).toList())
                + (isSafe() ? " can be stopped now" : ": NOT SAFE to stop now");
    }

    @Override
    public Map<String, Object> document() {
        return Fields.document().add("cluster", view.cluster().name()).add("uuid", view.cluster().uuid())
                .add("epoch", view.master().epoch().number())
                .add("master", view.currentMaster().map(MemberView::id).map(NodeId::value).orElse(null))
                .add("ids", ids.stream().map(NodeId::value).toList()).add("safe", isSafe())
                .add("failedChecks", failed().stream().map(Check::fields).toList())
                .add("checks", checks.stream().map(Check::fields).toList()).build();
    }

    @Override
    public Optional<String> listed() {
        return Optional.of("checks");
    }

    @Override
    public Table table(boolean wide) {
        Table table = new Table(List.of("CHECK", "HOLDS", "WHAT"));
        checks.forEach(check -> table.row(List.of(Table.Cell.of(check.name()), check.passed()
                ? new Table.Cell("yes", Table.Style.GOOD) : new Table.Cell("NO", Table.Style.BAD),
                Table.Cell.of(check.detail() + (check.passed() ? "" : "; " + check.advice())))));
        return table;
    }

    @Override
    public List<String> names() {
        return List.of(word());
    }
}
