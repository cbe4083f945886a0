package io.curia.admin;

import io.curia.document.Fields;
import io.curia.document.MemberRow;
import io.curia.model.Endpoint;
import io.curia.model.Incarnation;
import io.curia.model.Member;
import io.curia.model.MemberView;
import io.curia.model.NodeId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What an eviction would touch: shown before asking, and the whole of a dry run. */
final class EvictionPreview implements Preview {

    private final EvictionPlan plan;

    EvictionPreview(EvictionPlan plan) {
        this.plan = plan;
    }

    @Override
    public boolean isSafe() {
        return !plan.takesLastCandidate();
    }

    @Override
    public String headline() {
        return "cluster " + plan.view().cluster().name() + ", epoch " + plan.view().master().epoch() + ": evict "
                + plan.request().ban() + "; " + consequence();
    }

    private String consequence() {
        if (plan.takesLastCandidate()) {
            return "NOT SAFE: nobody is left who could be master";
        }
        if (!plan.takesMaster()) {
            return "the master stays";
        }
        List<String> next = successors();
        return "the next master is " + (next.size() == 1 ? next.get(0)
                : "the next in the latch's queue, one of " + String.join(", ", next));
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
                .add("evict", plan.victims().stream().map(EvictionPreview::fields).toList())
                .add("nextMasterCandidates", successors()).build();
    }

    private static Map<String, Object> fields(MemberView victim) {
        MemberRow row = MemberRow.of(victim, Instant.EPOCH);
        return new Fields().add("id", row.id()).add("status", row.status().name()).add("role", row.role())
                .add("address", row.address().orElse(null)).add("incarnation", row.incarnation().orElse(null)).build();
    }

    @Override
    public Table table(boolean wide) {
        Table table = new Table(List.of("EVICT", "STATUS", "ROLE", "ADDRESS", "PID", "INCARNATION"));
        for (MemberView victim : plan.victims()) {
            table.row(List.of(new Table.Cell(victim.id().value(), Table.Style.BOLD),
                    Table.Cell.of(victim.status().name()), Table.Cell.of(victim.role().name()),
                    Table.Cell.of(victim.live().map(Member::address).or(() -> victim.roster().address())
                            .map(Endpoint::toString).orElse(null)),
                    Table.Cell.of(victim.live().map(member -> Long.toString(member.pid())).orElse(null)),
                    Table.Cell.of(victim.live().map(Member::incarnation).map(Incarnation::abbreviated).orElse(null))));
        }
        return table;
    }

    @Override
    public List<String> names() {
        return plan.victims().stream().map(victim -> victim.id().value()).toList();
    }
}
