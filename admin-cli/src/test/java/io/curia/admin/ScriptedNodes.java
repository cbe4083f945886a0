package io.curia.admin;

import io.curia.admin.witness.NodeLine;
import io.curia.model.ClusterView;
import io.curia.model.Endpoint;
import io.curia.model.Member;
import io.curia.model.MemberKind;
import io.curia.model.MemberView;
import io.curia.model.NodeId;
import io.curia.model.Role;
import io.curia.store.ClusterStore;
import io.curia.wire.NoAnswerException;
import io.curia.wire.message.MasterReply;
import io.curia.wire.message.MasterRequest;
import io.curia.wire.message.MembersReply;
import io.curia.wire.message.MembersRequest;
import io.curia.wire.message.Reply;
import io.curia.wire.message.Request;
import io.curia.wire.message.StatusReply;
import io.curia.wire.message.StatusRequest;
import io.curia.wire.message.Vigil;
import io.curia.wire.message.Wishes;
import io.curia.wire.message.WitnessReply;
import io.curia.wire.message.WitnessRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The nodes of a cluster in memory as they answer over TCP: truthfully, unless the test lays in something else. */
final class ScriptedNodes implements NodeLine.Dialler {

    private final ClusterStore store;
    private final Map<NodeId, NoAnswerException.Kind> notConnecting = new HashMap<>();
    private final Map<NodeId, NoAnswerException.Kind> notAnswering = new HashMap<>();
    private final Map<NodeId, UnaryOperator<StatusReply>> saying = new HashMap<>();
    private final Map<NodeId, Reply> insteadOfMembers = new HashMap<>();
    private final Set<NodeId> isolated = new HashSet<>();

    ScriptedNodes(ClusterStore store) {
        this.store = store;
    }

    /** Lets nobody connect to this node. */
    ScriptedNodes unconnectable(String id, NoAnswerException.Kind kind) {
        notConnecting.put(NodeId.of(id), kind);
        return this;
    }

    /** Lets the connection to this node stand, and no answer come. */
    ScriptedNodes dumb(String id, NoAnswerException.Kind kind) {
        notAnswering.put(NodeId.of(id), kind);
        return this;
    }

    /** Lets this node say something else of itself. */
    ScriptedNodes saying(String id, UnaryOperator<StatusReply> lie) {
        saying.put(NodeId.of(id), lie);
        return this;
    }

    /** Lets this node answer this when it is asked for the members. */
    ScriptedNodes insteadOfMembers(String id, Reply reply) {
        insteadOfMembers.put(NodeId.of(id), reply);
        return this;
    }

    @Override
    public NodeLine dial(Endpoint address, Duration timeout) {
        Member member = store.view().live().stream().flatMap(view -> view.live().stream())
                .filter(live -> live.address().equals(address)).findFirst()
                .orElseThrow(() -> failure(NoAnswerException.Kind.REFUSED, address));
        if (notConnecting.containsKey(member.id())) {
            throw failure(notConnecting.get(member.id()), address);
        }
        return new Line(member);
    }

    private static NoAnswerException failure(NoAnswerException.Kind kind, Endpoint address) {
        return new NoAnswerException(kind, address, "laid in by the test", null);
    }

    /** Lets this node be cut off from the others, but not from whoever asks. */
    ScriptedNodes isolated(String id) {
        isolated.add(NodeId.of(id));
        return this;
    }

    private final class Line implements NodeLine {

        private final Member member;

        Line(Member member) {
            this.member = member;
        }

        @Override
        public Reply ask(Request request, Duration timeout) {
            if (notAnswering.containsKey(member.id())) {
                throw failure(notAnswering.get(member.id()), member.address());
            }
            ClusterView view = store.view();
            if (request instanceof StatusRequest) {
                return saying.getOrDefault(member.id(), truth -> truth).apply(status(view));
            }
            if (request instanceof MasterRequest) {
                return MasterReply.of(view.cluster().name(), view.master(), view.currentMaster().isPresent(),
                        Wishes.of(view), view.readAt());
            }
            if (request instanceof MembersRequest page) {
                return insteadOfMembers.getOrDefault(member.id(), MembersReply.to(page, view));
            }
            if (request instanceof WitnessRequest question) {
                return new WitnessReply(question.suspect(), question.incarnation(), sight(question.suspect()));
            }
            throw new AssertionError("nobody asks this: " + request);
        }

        private WitnessReply.Seen sight(NodeId subject) {
            if (isolated.contains(subject) || isolated.contains(member.id())) {
                return WitnessReply.Seen.UNREACHABLE;
            }
            if (notConnecting.containsKey(subject)) {
                return notConnecting.get(subject) == NoAnswerException.Kind.REFUSED ? WitnessReply.Seen.REFUSED
                        : WitnessReply.Seen.UNREACHABLE;
            }
            return notAnswering.containsKey(subject) ? WitnessReply.Seen.UNCLEAR : WitnessReply.Seen.ALIVE;
        }

        private StatusReply status(ClusterView view) {
            Optional<NodeId> master = view.currentMaster().map(MemberView::id);
            boolean valid = master.equals(Optional.of(member.id()));
            Role role = valid ? Role.MASTER : Role.STANDBY;
            return new StatusReply(member.id(), member.kind() == MemberKind.GUEST ? Role.DETACHED : role,
                    view.master().epoch(), valid, valid ? 2_600 : 0, master, member.incarnation(),
                    Optional.of(view.cluster().uuid()), view.cluster().name(), true, member.pid(), member.address(),
                    Vigil.NONE);
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
