package io.curia.process;

import io.curia.model.ClusterView;
import io.curia.model.Endpoint;
import io.curia.model.MemberRole;
import io.curia.model.MemberView;
import java.util.ArrayList;
import java.util.List;

/** A cluster's members as lines of text, in columns that stay where they are from one view to the next. */
final class MembersTable {

    private static final String ROW = "  %-6s %-8s %-9s %-7s %s";

    private MembersTable() {
    }

    /** Returns a line of titles and a line for each member. */
    static List<String> of(ClusterView view) {
        List<String> lines = new ArrayList<>();
        lines.add(row("ID", "STATUS", "ROLE", "PID", "ADDRESS"));
        view.members().forEach(member -> lines.add(row(member, view)));
        return lines;
    }

    private static String row(MemberView member, ClusterView view) {
        String epoch = member.role() == MemberRole.MASTER ? " (epoch " + view.master().epoch() + ")" : "";
        return row(member.id().value(), member.status().name(),
                member.role() == MemberRole.NONE ? "-" : member.role().name(),
                member.live().map(live -> Long.toString(live.pid())).orElse("-"),
                member.roster().address().map(Endpoint::toString).orElse("-") + epoch);
    }

    private static String row(String id, String status, String role, String pid, String address) {
        return ROW.formatted(id, status, role, pid, address);
    }
}
