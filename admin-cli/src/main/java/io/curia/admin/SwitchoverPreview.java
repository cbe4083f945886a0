package io.curia.admin;

import io.curia.document.Fields;
import io.curia.model.MemberRole;
import io.curia.model.MemberView;
import io.curia.model.NodeId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who is who now, and who will be: shown before asking, and the whole of a dry run. */
final class SwitchoverPreview implements Report {

    private final SwitchoverPlan plan;

    SwitchoverPreview(SwitchoverPlan plan) {
        this.plan = plan;
    }

    boolean isPossible() {
        return plan.objection().isEmpty();
    }

    @Override
    public String headline() {
        return "cluster " + plan.view().cluster().name() + ", epoch " + plan.view().master().epoch() + ": "
                + plan.request().words() + plan.request().at().map(at -> " at " + Age.exactly(at)).orElse("") + "; "
                + consequence();
    }

    private String consequence() {
        if (plan.objection().isPresent()) {
            return "NOT POSSIBLE: " + plan.objection().get();
        }
        if (plan.isFulfilled()) {
            return "it is master already";
        }
        boolean forced = plan.worstOutage().compareTo(plan.expectedOutage()) > 0;
        String next = "the next master is " + plan.winner().orElseThrow();
        return plan.expectedOutage().isZero() ? next : next + ", after about "
                + Age.spell(plan.expectedOutage()) + " without one"
                + (forced ? ", or up to " + Age.spell(plan.worstOutage()) + " if " + plan.from()
                        + " does not answer" : "");
    }

    @Override
    public Map<String, Object> document() {
        return Fields.document().add("cluster", plan.view().cluster().name()).add("uuid", plan.view().cluster().uuid())
                .add("epoch", plan.view().master().epoch().number())
                .add("master", plan.view().currentMaster().map(master -> master.id().value()).orElse(null))
                .add("possible", isPossible()).add("objection", plan.objection().orElse(null))
                .add("winner", plan.winner().map(NodeId::value).orElse(null))
                .add("expectedOutageMillis", plan.expectedOutage().toMillis())
                .add("worstOutageMillis", plan.worstOutage().toMillis())
                .add("queue", plan.queue().stream().map(NodeId::value).toList()).build();
    }

    @Override
    public Table table(boolean wide) {
        Table table = new Table(List.of("ID", "STATUS", "ROLE", "QUEUE", "BECOMES"));
        for (MemberView member : plan.view().members()) {
            int place = plan.queue().indexOf(member.id()) + 1;
            Optional<String> next = becomes(member);
            table.row(List.of(Table.Cell.of(member.id().value()), Table.Cell.of(member.status().name()),
                    Table.Cell.of(member.role() == MemberRole.NONE ? null : member.role().name()),
                    Table.Cell.of(place == 0 ? null : Integer.toString(place)),
                    next.map(role -> new Table.Cell(role, Table.Style.BOLD)).orElse(Table.Cell.of(null))));
        }
        return table;
    }

    private Optional<String> becomes(MemberView member) {
        if (plan.winner().isEmpty() || plan.isFulfilled()) {
            return Optional.empty();
        }
        if (plan.winner().get().equals(member.id())) {
            return Optional.of("MASTER");
        }
        return member.role() == MemberRole.MASTER ? Optional.of("STANDBY") : Optional.empty();
    }

    @Override
    public List<String> names() {
        return plan.winner().map(NodeId::value).stream().toList();
    }
}
