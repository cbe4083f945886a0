package io.curia.core;

import io.curia.model.Endpoint;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.Priority;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What a node was told when it was built, as far as decisions depend on it.
 *
 * @param self its id
 * @param kind candidate or observer
 * @param priority how much it is preferred among candidates
 * @param gated whether it stands for election only once it was found fit
 * @param address where it can be dialled
 * @param pid its process
 * @param seeded whether it was told whom to ask to be let in; then it always asks
 * @param makeMasterOnError whether it lets itself in if nobody it was told to ask answers
 * @param removesDead whether it removes members that were found dead, instead of waiting for their sessions to expire
 * @param yieldGrace how long its duties may take to stop before its place is given up regardless
 * @param keeperPort where what keeps its command listens; empty if it runs none
 * @param asksFirst whether the application is asked before each promotion
 */
public record Settings(NodeId self, MemberKind kind, Priority priority, boolean gated, Endpoint address, long pid,
        boolean seeded, boolean makeMasterOnError, boolean removesDead, Duration yieldGrace,
        Optional<Integer> keeperPort, boolean asksFirst) {

    public Settings {
        Objects.requireNonNull(self, "self");
        Objects.requireNonNull(priority, "priority");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(yieldGrace, "yieldGrace");
        if (kind == MemberKind.GUEST) {
            throw new IllegalArgumentException("kind: GUEST (expected: CANDIDATE or OBSERVER; a guest has no session)");
        }
    }

    /** A node like all others, whose health nobody asks for. */
    public Settings(NodeId self, MemberKind kind, Endpoint address, long pid, boolean seeded,
            boolean makeMasterOnError, boolean removesDead, Duration yieldGrace) {
        this(self, kind, Priority.DEFAULT, false, address, pid, seeded, makeMasterOnError, removesDead, yieldGrace,
                Optional.empty(), false);
    }

    /** A node that keeps no command. */
    public Settings(NodeId self, MemberKind kind, Priority priority, boolean gated, Endpoint address, long pid,
            boolean seeded, boolean makeMasterOnError, boolean removesDead, Duration yieldGrace) {
        this(self, kind, priority, gated, address, pid, seeded, makeMasterOnError, removesDead, yieldGrace,
                Optional.empty(), false);
    }

    boolean isCandidate() {
        return kind == MemberKind.CANDIDATE;
    }
}
