package io.curia.wire.message;

import io.curia.model.ClusterView;
import io.curia.model.Epoch;
import io.curia.model.MemberView;
import io.curia.model.NodeId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The members as the answering node last read them, or as many of them as fit one line.
 *
 * @param cluster the cluster
 * @param uuid tells the cluster from another of the same name
 * @param epoch the highest epoch claimed
 * @param master the master; empty when there was none
 * @param members by id
 * @param asOf when the answering node read this, by its wall clock: the answer's age
 * @param next the last id of this page when more follow: ask again for those after it
 * @param wishes what operators want of the mastership
 */
public record MembersReply(String cluster, String uuid, Epoch epoch, Optional<NodeId> master,
        List<MemberRow> members, Instant asOf, Optional<NodeId> next, Wishes wishes)
        implements Reply {

    static final String TYPE = "members";

    public MembersReply {
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(uuid, "uuid");
        Objects.requireNonNull(epoch, "epoch");
        Objects.requireNonNull(master, "master");
        members = List.copyOf(members);
        Objects.requireNonNull(asOf, "asOf");
        Objects.requireNonNull(next, "next");
        Objects.requireNonNull(wishes, "wishes");
    }

    /** Returns the answer to {@code request} by a node that last saw {@code view}; it fits one line. */
    public static MembersReply to(MembersRequest request, ClusterView view) {
        List<MemberRow> rows = view.members().stream()
                .filter(member -> request.after().map(after -> member.id().compareTo(after) > 0).orElse(true))
                .sorted((a, b) -> a.id().compareTo(b.id()))
                .map(member -> MemberRow.of(member, view.readAt()))
                .toList();
        MembersReply all = new MembersReply(view.cluster().name(), view.cluster().uuid(), view.master().epoch(),
                view.currentMaster().map(MemberView::id), rows, view.readAt(), Optional.empty(),
                Wishes.of(view));
        return MembersPage.fitting(all);
    }

    /** Returns this answer with these members instead of its own. */
    MembersReply withPage(List<MemberRow> rows, Optional<NodeId> following) {
        return new MembersReply(cluster, uuid, epoch, master, rows, asOf, following, wishes);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
        return visitor.members(this);
    }
}
