package io.curia.http;

import io.curia.document.Fields;
import io.curia.model.ClusterIdentity;
import io.curia.model.ClusterView;
import io.curia.model.Epoch;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.Role;
import io.curia.runtime.NodeState;
import io.curia.runtime.WatchState;
import io.curia.wire.message.Vigil;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a node says of itself at one instant.
 *
 * @param subject the node
 * @param state what it believes
 * @param validity its mastership, if that was valid at the instant
 */
record NodeDocument(Subject subject, NodeState state, Optional<Subject.Validity> validity) {

    static NodeDocument of(Subject subject) {
        // The state first: a mastership that has just begun may be ahead of it, one that is over never is valid.
        NodeState state = subject.state();
        return new NodeDocument(subject, state, subject.validity());
    }

    boolean isValidMaster() {
        return validity.isPresent();
    }

    boolean isMember() {
        return state.isMember();
    }

    /** Returns whether it would become master, or stay it, if everybody else went. */
    boolean isCandidate() {
        return state.isMember() && state.connected() && state.kind() == MemberKind.CANDIDATE
                && state.aside().isEmpty() && !isEnding();
    }

    /** Returns whether it is on its way out. */
    boolean isEnding() {
        return state.role() == Role.LEAVING || isStopped();
    }

    boolean isStopped() {
        return state.role() == Role.STOPPED;
    }

    /** Returns its own epoch while it is master, else the highest it knows of. */
    Epoch epoch() {
        return validity.map(Subject.Validity::epoch).orElse(state.epoch());
    }

    private Optional<NodeId> master() {
        return validity.map(held -> state.id()).or(() -> state.currentMaster().map(tenure -> tenure.id()));
    }

    Map<String, Object> fields() {
        return Fields.document().add("id", state.id().value()).add("cluster", subject.cluster())
                .add("uuid", state.cluster().map(ClusterIdentity::uuid).orElse(null))
                .add("kind", state.kind().name()).add("role", state.role().name()).add("epoch", epoch().number())
                .add("valid", isValidMaster())
                .add("guardRemainingMillis", validity.map(held -> held.remaining().toMillis()).orElse(0L))
                .add("master", master().map(NodeId::value).orElse(null))
                .add("member", isMember()).add("candidate", isCandidate()).add("connected", state.connected())
                .add("aside", state.aside().orElse(null)).add("incarnation", state.incarnation().value())
                .add("address", state.address().toString())
                .add("viewAsOf", subject.view().map(ClusterView::readAt)).build();
    }

    /** Returns the lifelines that it holds or means to hold, and how many others hold to it; null without any. */
    static Map<String, Object> lifelines(Optional<WatchState> watch) {
        return watch.map(state -> {
            Vigil vigil = state.vigil();
            List<Map<String, Object>> held = new ArrayList<>();
            vigil.watched().forEach(id -> held.add(lifeline(id, "STANDING")));
            state.opening().forEach(id -> held.add(lifeline(id, "OPENING")));
            return new Fields().add("wanted", vigil.wanted()).add("callers", vigil.callers()).add("held", held)
                    .build();
        }).orElse(null);
    }

    private static Map<String, Object> lifeline(NodeId id, String state) {
        return new Fields().add("id", id.value()).add("state", state).build();
    }
}
