package io.curia.document;

import io.curia.model.ClusterView;
import io.curia.model.Epoch;
import io.curia.model.MemberView;
import io.curia.model.NodeId;
import io.curia.model.Pause;
import io.curia.model.Switchover;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The cluster and everybody in its roster.
 *
 * @param cluster its name
 * @param uuid its identity
 * @param epoch the highest epoch claimed
 * @param master who is master; empty: nobody
 * @param members everybody, by id
 * @param pause the pause that holds
 * @param switchover the switchover that may still happen
 */
public record MembersDocument(String cluster, String uuid, Epoch epoch, Optional<String> master,
        List<MemberRow> members, Optional<Pause> pause, Optional<Switchover> switchover) {

    public MembersDocument {
        members = List.copyOf(members);
    }

    /** Returns the document of this view. */
    public static MembersDocument of(ClusterView view, Instant now) {
        return new MembersDocument(view.cluster().name(), view.cluster().uuid(), view.master().epoch(),
                view.currentMaster().map(MemberView::id).map(NodeId::value),
                view.members().stream().map(member -> MemberRow.of(member, now)).toList(), view.pause(),
                pending(view, now));
    }

    /** Returns the switchover that may still happen in this view. */
    public static Optional<Switchover> pending(ClusterView view, Instant now) {
        return view.intents().switchover().what().filter(wish -> wish.stands(view.master().epoch(), now));
    }

    /** Returns its fields, to which more may be added. */
    public Fields fields() {
        return Fields.document().add("cluster", cluster).add("uuid", uuid).add("epoch", epoch.number())
                .add("master", master.orElse(null)).add("members", members.stream().map(MemberRow::fields).toList())
                .add("pause", pause.map(MembersDocument::fields).orElse(null))
                .add("switchover", switchover.map(MembersDocument::fields).orElse(null));
    }

    /** Returns the fields of a pause in a document. */
    public static Map<String, Object> fields(Pause pause) {
        return new Fields().add("until", Optional.of(pause.until())).add("actor", pause.actor())
                .add("reason", pause.reason()).add("at", Optional.of(pause.at())).build();
    }

    /** Returns the fields of a switchover in a document. */
    public static Map<String, Object> fields(Switchover wish) {
        return new Fields().add("from", wish.from().value()).add("fromEpoch", wish.fromEpoch().number())
                .add("to", wish.target().map(NodeId::value).orElse(null))
                .add("notBefore", Optional.of(wish.notBefore())).add("actor", wish.actor())
                .add("reason", wish.reason()).add("at", Optional.of(wish.at())).build();
    }
}
