package io.curia.admin;

import io.curia.document.Fields;
import io.curia.model.MemberView;
import io.curia.model.NodeId;
import java.util.List;
import java.util.Map;

/** What draining would touch: shown before asking, and the whole of a dry run. */
final class DrainPreview implements Preview {

    private final DrainPlan plan;

    DrainPreview(DrainPlan plan) {
        this.plan = plan;
    }

    @Override
    public boolean isSafe() {
        return !plan.takesLastCandidate();
    }

    @Override
    public String headline() {
        return "cluster " + plan.view().cluster().name() + ", epoch " + plan.view().master().epoch()
                + ": drain until undrained; " + consequence();
    }

    private String consequence() {
        if (!isSafe()) {
            return "NOT SAFE: nobody is left who could be master";
        }
        return plan.takesMaster() ? "the next master is one of " + String.join(", ", successors())
                : "the master stays";
    }

    private List<String> successors() {
        return plan.successors().stream().map(NodeId::value).toList();
    }

    @Override
    public Map<String, Object> document() {
        return Fields.document().add("cluster", plan.view().cluster().name()).add("uuid", plan.view().cluster().uuid())
                .add("epoch", plan.view().master().epoch().number())
                .add("master", plan.view().currentMaster().map(master -> master.id().value()).orElse(null))
                .add("safe", isSafe()).add("takesMaster", plan.takesMaster())
                .add("drain", plan.targets().stream().map(target -> new Fields().add("id", target.id().value())
                        .add("status", target.status().name()).add("role", target.role().name()).build()).toList())
                .add("nextMasterCandidates", successors()).build();
    }

    @Override
    public Table table(boolean wide) {
        Table table = new Table(List.of("DRAIN", "STATUS", "ROLE"));
        for (MemberView target : plan.targets()) {
            table.row(List.of(new Table.Cell(target.id().value(), Table.Style.BOLD),
                    Table.Cell.of(target.status().name()), Table.Cell.of(target.role().name())));
        }
        return table;
    }

    @Override
    public List<String> names() {
        return plan.targets().stream().map(target -> target.id().value()).toList();
    }
}
