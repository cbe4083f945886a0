package io.curia.process;

import io.curia.core.Farewell;
import io.curia.model.Epoch;
import io.curia.model.Role;
import io.curia.runtime.NodeListener;
import io.curia.runtime.NodeState;
import java.io.PrintWriter;

/** What a node's process says on standard error: that it is ready, every change of role, and why it ended. */
final class ConsoleReport implements NodeListener {

    private final PrintWriter out;
    private Role role = Role.DETACHED;
    private Epoch epoch = Epoch.NONE;

    ConsoleReport(PrintWriter out) {
        this.out = out;
    }

    /** Says that the node is a member. Scripts wait for this line. */
    void ready(NodeState state) {
        say("ready id=" + state.id() + " role=" + state.role() + " epoch=" + state.epoch() + " address="
                + state.address());
    }

    @Override
    public void onState(NodeState state) {
        if (state.role() != role || !state.epoch().equals(epoch)) {
            role = state.role();
            epoch = state.epoch();
            say("role id=" + state.id() + " role=" + role + " epoch=" + epoch
                    + state.currentMaster().map(tenure -> " master=" + tenure.id()).orElse(""));
        }
    }

    @Override
    public void onEnded(Farewell farewell) {
        String refusal = farewell.refusal().map(reason -> " " + reason).orElse("");
        say("ended " + farewell.kind() + refusal + ": " + farewell.detail());
    }

    private synchronized void say(String line) {
        out.println(line);
        out.flush();
    }
}
