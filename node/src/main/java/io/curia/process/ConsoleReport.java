package io.curia.process;

import io.curia.core.Farewell;
import io.curia.logging.ProgramLog;
import io.curia.model.Epoch;
import io.curia.model.NodeId;
import io.curia.model.RefusalReason;
import io.curia.model.Role;
import io.curia.runtime.NodeListener;
import io.curia.runtime.NodeState;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What a node's process says on standard error: that it is ready, every change of role, and why it ended. */
final class ConsoleReport implements NodeListener {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final NodeId id;
    private final Consumer<String> out;
    private Role role = Role.DETACHED;
    private Epoch epoch = Epoch.NONE;
    private final Set<Role> rolesSaid = EnumSet.noneOf(Role.class);
    private Optional<NodeState> ready = Optional.empty();
    private Optional<String> aside = Optional.empty();
    private boolean ended;

    ConsoleReport(NodeId id, PrintWriter err) {
        this.id = id;
        this.out = ProgramLog.console(line -> {
            err.println(line);
            err.flush();
        });
    }

    /**
     * Says that the node is a member, as soon as it has said in which role. Scripts wait for this line, and read those
     * before it. Whoever calls this may be ahead of the thread that tells of states.
     */
    synchronized void ready(NodeState state) {
        ready = Optional.of(state);
        sayReady();
    }

    private void sayReady() {
        ready.filter(state -> rolesSaid.contains(state.role())).ifPresent(state -> {
            ready = Optional.empty();
            say("ready id=" + state.id() + " role=" + state.role() + " epoch=" + state.epoch() + " address="
                    + state.address());
        });
    }

    @Override
    public synchronized void onState(NodeState state) {
        if (state.role() != role || !state.epoch().equals(epoch)) {
            role = state.role();
            epoch = state.epoch();
            say("role id=" + state.id() + " role=" + role + " epoch=" + epoch
                    + state.currentMaster().map(tenure -> " master=" + tenure.id()).orElse(""));
            rolesSaid.add(role);
            sayReady();
        }
        if (state.isMember() && !state.aside().equals(aside)) {
            aside = state.aside();
            say(aside.map(why -> "aside id=" + state.id() + ": no candidate: " + why)
                    .orElse("candidate id=" + state.id() + ": stands for election again"));
        }
    }

    @Override
    public synchronized void onEnded(Farewell farewell) {
        if (!ended) {
            ended = true;
            String refusal = farewell.refusal().map(reason -> " " + reason).orElse("");
            say("ended " + farewell.kind() + refusal + ": " + farewell.detail() + advice(farewell));
            notifyAll();
        }
    }

    /**
     * Returns once this end has been told of. The thread that tells of it may be behind, and goes with the process,
     * which would have ended without a word; if it is held up, the word is said without it.
     */
    synchronized void awaitEnd(Farewell farewell) {
        long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
        try {
            for (long left = PATIENCE.toNanos(); !ended && left > 0; left = deadlineNanos - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // Whoever is in such a hurry hears it at once.
        }
        onEnded(farewell);
    }

    /** What to do about it, for whoever did not expect to read this; nothing where the detail says so itself. */
    private String advice(Farewell farewell) {
        return switch (farewell.kind()) {
            case LEFT, FAILED -> "";
            case REFUSED -> advice(farewell.refusal().orElseThrow());
            case EVICTED -> readmit();
            case NO_PEER -> "; name members that are up, or leave --join out to have them found in ZooKeeper";
            case UNREACHABLE ->
                    "; name your servers with --zookeeper or CURIA_ZOOKEEPER, or start one: node zookeeper";
            case DENIED -> "; give the credentials with --auth-file or CURIA_AUTH_FILE";
        };
    }

    private String advice(RefusalReason refusal) {
        return switch (refusal) {
            case EVICTED -> readmit();
            case WRONG_CLUSTER -> "; check --cluster, --zookeeper and --join";
            case UNAUTHORIZED -> "; give the members' secret with --join-secret-file";
            case VERSION -> "; this node and the member that it asked are too far apart in version";
            case DUPLICATE_ID, UNREACHABLE, INVALID, UNAVAILABLE, BUSY -> "";
        };
    }

    private String readmit() {
        return "; to let it in again: admin-cli readmit " + id;
    }

    /** Says this line, whole. */
    synchronized void say(String line) {
        out.accept(line);
    }
}
