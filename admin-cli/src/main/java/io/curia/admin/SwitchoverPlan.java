package io.curia.admin;

import io.curia.cli.ExitCode;
import io.curia.document.MembersDocument;
import io.curia.model.CandidacyNotes;
import io.curia.model.ClusterView;
import io.curia.model.Drain;
import io.curia.model.Illness;
import io.curia.model.Intents;
import io.curia.model.Intents.Place;
import io.curia.model.Member;
import io.curia.model.MemberStatus;
import io.curia.model.MemberView;
import io.curia.model.NodeId;
import io.curia.model.Pause;
import io.curia.model.Priority;
import io.curia.model.Switchover;
import io.curia.model.Tenure;
import io.curia.model.Veto;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a switchover comes to, decided on what was read just now: a value, computed without I/O, and computed anew
 * whenever what was read turned out to be old.
 *
 * @param request what was asked for
 * @param view the members and the master it was decided on
 * @param intents the queue and what else operators want
 * @param now when
 */
record SwitchoverPlan(SwitchoverRequest request, ClusterView view, Intents intents, Instant now) {

    /** What the record is kept valid for beyond the operator's patience, should the command itself be killed. */
    private static final Duration SPARE = Duration.ofSeconds(5);
    /** What an orderly change cost half of the time on a host with two processors: {@code bench --only switchover}. */
    private static final Duration ORDERLY = Duration.ofMillis(25);

    /** Returns the plan; throws if there is nobody to hand over, no such target, or the epoch is another. */
    static SwitchoverPlan of(SwitchoverRequest request, ClusterView view, Intents intents, Instant now) {
        request.target().filter(id -> view.member(id).isEmpty()).ifPresent(id -> {
            throw new CommandFailure(ExitCode.NOT_FOUND, "no such member: " + id
                    + "; 'admin-cli members -o name' lists those there are");
        });
        long epoch = view.master().epoch().number();
        if (request.ifEpoch().isPresent() && request.ifEpoch().getAsLong() != epoch) {
            throw new CommandFailure(ExitCode.PRECONDITION_FAILED, "the cluster is in epoch " + epoch + ", not "
                    + request.ifEpoch().getAsLong() + "; look at it with 'admin-cli members' and decide again");
        }
        if (view.currentMaster().isEmpty() && (!request.force() || view.master().tenure().isEmpty())) {
            throw new CommandFailure(ExitCode.NO_MASTER, "there is no master now that could hand over"
                    + (view.master().tenure().isPresent() ? "; add --force to say who shall follow" : ""));
        }
        return new SwitchoverPlan(request, view, intents, now);
    }

    /** Returns the last tenure, which is to be handed over. */
    Tenure tenure() {
        return view.master().tenure().orElseThrow();
    }

    NodeId from() {
        return tenure().id();
    }

    /** Returns whether the target is master already. */
    boolean isFulfilled() {
        return request.target().isPresent()
                && view.currentMaster().map(MemberView::id).equals(request.target());
    }

    /** Returns why it cannot be done now; empty if it can. */
    Optional<String> objection() {
        return paused().or(this::anotherPending).or(this::unfitTarget).or(this::nobodyElse);
    }

    private Optional<String> paused() {
        return view.pause().filter(pause -> !request.force()).map(pause -> "the cluster is paused "
                + WishWords.left(pause, now) + "; 'admin-cli resume' ends that, --force does it all the same");
    }

    private Optional<String> anotherPending() {
        return MembersDocument.pending(view, now).map(wish -> "a " + WishWords.of(wish, now)
                + " is pending; withdraw it first with 'admin-cli switchover --cancel'");
    }

    private Optional<String> unfitTarget() {
        return request.target().flatMap(view::member).flatMap(target -> {
            if (target.status() != MemberStatus.LIVE) {
                return Optional.of(target.id() + " is " + target.status() + " and cannot be master");
            }
            if (!target.isLiveCandidate()) {
                return Optional.of(target.id() + " is no candidate (" + target.role() + ") and never becomes master");
            }
            return others().contains(target.id()) || isFulfilled() ? Optional.empty()
                    : Optional.of(target.id() + " does not queue for mastership now" + why(target));
        });
    }

    private static String why(MemberView target) {
        CandidacyNotes notes = target.roster().notes();
        return notes.drain().map(Drain::words).or(() -> notes.illness().map(Illness::words))
                .or(() -> notes.veto().map(Veto::words)).map(words -> ": " + words).orElse("");
    }

    private Optional<String> nobodyElse() {
        return others().isEmpty() && !isFulfilled()
                ? Optional.of("no other candidate queues for mastership") : Optional.empty();
    }

    /** Returns who queues besides the one that hands over, first in the queue first. */
    List<NodeId> others() {
        return queue().stream().filter(id -> !id.equals(from())).toList();
    }

    /** Returns who queues, first in the queue first. */
    List<NodeId> queue() {
        return intents.queue().orElse(List.of()).stream().map(Place::id).toList();
    }

    /** Throws if it cannot be done now. */
    void refuseUnlessAllowed() {
        objection().ifPresent(why -> {
            throw new CommandFailure(ExitCode.PRECONDITION_FAILED, "nothing was changed: " + why);
        });
    }

    /** Returns who will be master; empty if nobody can. */
    Optional<NodeId> winner() {
        return request.target().or(this::next).filter(id -> objection().isEmpty());
    }

    /**
     * Returns who is next in the queue, once those have gone behind who are to: somebody may have come a moment ago
     * who is preferred to those before it.
     */
    private Optional<NodeId> next() {
        return others().stream().min(Comparator.comparing(this::isHeldBack)
                .thenComparing(this::priority, Comparator.reverseOrder()));
    }

    private boolean isHeldBack(NodeId id) {
        return view.member(id).flatMap(member -> member.roster().notes().penalty())
                .filter(penalty -> penalty.runs(now)).isPresent();
    }

    private int priority(NodeId id) {
        return view.member(id).flatMap(MemberView::live).map(Member::priority).orElse(Priority.DEFAULT).value();
    }

    /** Returns for how long nobody will be valid as master, if the master answers. */
    Duration expectedOutage() {
        return view.currentMaster().isPresent() && !isFulfilled() ? ORDERLY : Duration.ZERO;
    }

    /** Returns for how long nobody will be valid as master, if it does not and this is forced. */
    Duration worstOutage() {
        return request.force() && view.currentMaster().isPresent()
                ? tenure().guard().plus(tenure().guard().dividedBy(50)) : expectedOutage();
    }

    /**
     * Returns the record of this switchover. It names who is next if somebody queues before that node who is to go
     * behind it, but has not yet: while it is pending nobody would.
     */
    Switchover wish(String id) {
        Instant begin = request.at().orElse(now);
        Optional<NodeId> unlikeTheQueue = next().filter(node -> request.at().isEmpty()
                && !node.equals(others().get(0)));
        return new Switchover(id, from(), tenure().epoch(), request.target().or(() -> unlikeTheQueue),
                request.cause(), request.force(), begin, begin.plus(request.patience()).plus(SPARE),
                request.cooldown(), request.actor(), request.reason(), now, Optional.empty());
    }
}
