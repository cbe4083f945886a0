package io.curia.admin;

import io.curia.admin.witness.Testimony;
import io.curia.cli.ExitCode;
import io.curia.model.ClusterView;
import io.curia.model.Eligibility;
import io.curia.model.Incarnation;
import io.curia.model.Member;
import io.curia.model.MemberKind;
import io.curia.model.MemberView;
import io.curia.model.NodeId;
import io.curia.model.Pause;
import io.curia.model.Role;
import io.curia.wire.message.StatusReply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Whether some nodes may be stopped now, and why not: decided on what ZooKeeper holds and what the nodes say of
 * themselves, without I/O.
 *
 * <p>It is about stopping them in order. Whoever answers must agree with ZooKeeper; whoever queues for mastership must
 * answer, because a frozen node that comes to the front keeps everybody waiting until its session has expired.
 */
final class StopDecision {

    private static final Set<Role> QUEUED = EnumSet.of(Role.STANDBY, Role.ELECTED, Role.MASTER);

    private final ClusterView view;
    private final Map<NodeId, Testimony> heard;
    private final List<MemberView> leaving;
    private final List<MemberView> staying;
    private final int leave;
    private final Instant now;

    private StopDecision(Set<NodeId> ids, int leave, ClusterView view, Map<NodeId, Testimony> heard, Instant now) {
        this.now = now;
        this.view = view;
        this.heard = heard;
        this.leave = leave;
        this.leaving = live(view).filter(member -> ids.contains(member.id())).toList();
        this.staying = live(view).filter(member -> !ids.contains(member.id())).toList();
    }

    /**
     * Returns the checks, in the order in which to look at them.
     *
     * @param ids whom one means to stop
     * @param leave how many candidates must be left that could be master
     * @param view what ZooKeeper holds
     * @param heard what those in {@link #witnesses} said
     * @param now by this machine's wall clock, with which intents are compared
     * @throws CommandFailure NOT_FOUND if an id is not in the roster
     */
    static List<Check> of(Set<NodeId> ids, int leave, ClusterView view, Map<NodeId, Testimony> heard, Instant now) {
        List<NodeId> unknown = ids.stream().filter(id -> view.member(id).isEmpty()).sorted().toList();
        if (!unknown.isEmpty()) {
            throw new CommandFailure(ExitCode.NOT_FOUND, "no such member: " + EvictionPlan.names(unknown)
                    + "; 'admin-cli members -o name' lists those there are");
        }
        return new StopDecision(ids, leave, view, heard, now).checks();
    }

    /** Returns the members that must be asked: all that are live and listen on a port of their own. */
    static List<Member> witnesses(ClusterView view) {
        return live(view).flatMap(member -> member.live().stream()).toList();
    }

    private static Stream<MemberView> live(ClusterView view) {
        return view.live().stream()
                .filter(member -> member.live().filter(live -> live.kind() != MemberKind.GUEST).isPresent());
    }

    private List<Check> checks() {
        List<Check> checks = new ArrayList<>();
        checks.add(Check.passed("ENSEMBLE_QUORUM", "ZooKeeper answered a read that needs a quorum"));
        checks.add(masterPresent());
        checks.add(notPaused());
        checks.add(noSwitchover());
        checks.add(candidatesLeft());
        checks.add(candidatesAnswer());
        checks.add(successorReady());
        checks.add(leavesInOrder());
        checks.add(viewsAgree());
        return checks;
    }

    private Check masterPresent() {
        String name = "MASTER_PRESENT";
        Optional<MemberView> master = view.currentMaster();
        if (master.isEmpty()) {
            return Check.failed(name, "there is no master now", "wait until one is elected: admin-cli master --watch");
        }
        NodeId id = master.get().id();
        Optional<StatusReply> said = status(id);
        if (said.isEmpty()) {
            return Check.failed(name, "the master, " + id + ", does not answer (" + words(id) + ")",
                    "look at its process; if it must go, 'admin-cli evict " + id + "' replaces it safely");
        }
        boolean valid = said.get().valid() && said.get().epoch().equals(view.master().epoch());
        return valid ? Check.passed(name, id + " is master in epoch " + view.master().epoch())
                : Check.failed(name, id + " does not take itself for a valid master of epoch " + view.master().epoch(),
                        "wait until it has renewed, or another is elected: admin-cli master --watch");
    }

    /** While a pause holds nobody becomes master, so that the one there is must not be the one to go. */
    private Check notPaused() {
        String name = "NOT_PAUSED";
        Optional<Pause> pause = view.intents().pause().what().filter(wanted -> wanted.holds(now));
        return pause.isEmpty() || leaving.stream().noneMatch(MemberView::isLiveCandidate)
                ? Check.passed(name, pause.isEmpty() ? "the cluster is not paused" : "no candidate is stopped")
                : Check.failed(name, "paused by " + pause.get().actor() + " until " + Age.exactly(pause.get().until())
                        + ": nobody would follow", "wait until the pause has ended, or 'admin-cli resume'");
    }

    private Check noSwitchover() {
        String name = "NO_SWITCHOVER";
        return view.intents().switchover().what()
                .filter(wanted -> wanted.outcome().isEmpty() && wanted.fromEpoch().equals(view.master().epoch())
                        && now.isBefore(wanted.deadline()))
                .map(wanted -> Check.failed(name, "a switchover of " + wanted.from() + " by " + wanted.actor()
                        + " is under way", "wait until it has ended, or 'admin-cli switchover --cancel'"))
                .orElseGet(() -> Check.passed(name, "no switchover is under way"));
    }

    private Check candidatesLeft() {
        String name = "CANDIDATES_LEFT";
        List<String> left = names(staying, this::mayLead);
        String detail = left.isEmpty() ? "nobody who could be master would be left"
                : left.size() + " left who could be master: " + String.join(", ", left);
        boolean enough = left.size() >= leave || leaving.stream().noneMatch(MemberView::isLiveCandidate);
        return enough ? Check.passed(name, detail) : Check.failed(name, detail + " (wanted: " + leave + ")",
                "start another candidate first, or stop fewer");
    }

    private Check candidatesAnswer() {
        String name = "CANDIDATES_ANSWER";
        List<String> dumb = staying.stream().filter(MemberView::isLiveCandidate).map(MemberView::id)
                .filter(id -> status(id).isEmpty()).map(id -> id + " (" + words(id) + ")").toList();
        return dumb.isEmpty() ? Check.passed(name, "every candidate that stays answers")
                : Check.failed(name, "no answer from " + String.join(", ", dumb), "a frozen candidate that comes to "
                        + "the front of the queue keeps all waiting for its session: repair, stop or evict it first");
    }

    private Check successorReady() {
        String name = "SUCCESSOR_READY";
        List<String> ready = names(staying, this::isReady);
        if (leaving.stream().noneMatch(MemberView::isLiveCandidate)) {
            return Check.passed(name, "no candidate is stopped");
        }
        String detail = ready.isEmpty() ? "no candidate that stays is ready to be master"
                : "ready to be master: " + String.join(", ", ready);
        List<String> refused = staying.stream().flatMap(member -> member.roster().notes().veto()
                .map(no -> member.id() + " " + no.words()).stream()).toList();
        if (ready.size() < leave && !refused.isEmpty()) {
            return Check.failed(name, detail + " (wanted: " + leave + "); " + String.join(", ", refused), "see what "
                    + "its --pre-master program wants; a switchover to it asks it again");
        }
        return ready.size() >= leave ? Check.passed(name, detail)
                : Check.failed(name, detail + " (wanted: " + leave + ")", "wait until another is STANDBY and "
                        + "connected to ZooKeeper: admin-cli doctor says what it lacks");
    }

    /** A candidate that neither an operator nor its own health takes out of the running. */
    private boolean mayLead(MemberView member) {
        Eligibility eligibility = member.eligibility(now);
        return eligibility == Eligibility.READY || eligibility == Eligibility.FLAPPING;
    }

    /**
     * Queued or master, under the registration that ZooKeeper has, and in touch with ZooKeeper. Whose last word on its
     * promotion was no may say so again.
     */
    private boolean isReady(MemberView member) {
        return mayLead(member) && member.roster().notes().veto().isEmpty() && isItself(member)
                && status(member.id()).filter(StatusReply::connected).filter(said -> QUEUED.contains(said.role()))
                        .isPresent();
    }

    private boolean isItself(MemberView member) {
        Optional<Incarnation> registered = member.live().map(Member::incarnation);
        return status(member.id()).map(StatusReply::incarnation).equals(registered);
    }

    private Check leavesInOrder() {
        String name = "LEAVES_IN_ORDER";
        List<String> dumb = leaving.stream().map(MemberView::id).filter(id -> status(id).isEmpty())
                .map(id -> id + " (" + words(id) + ")").toList();
        if (leaving.isEmpty()) {
            return Check.passed(name, "it is down already");
        }
        return dumb.isEmpty() ? Check.passed(name, "it answers, so that it can leave in order")
                : Check.failed(name, "no answer from " + String.join(", ", dumb), "a frozen process does not hear "
                        + "SIGTERM; 'admin-cli evict' takes it out, and its successor waits until that is safe");
    }

    private Check viewsAgree() {
        String name = "VIEWS_AGREE";
        List<String> others = new ArrayList<>();
        Stream.concat(staying.stream(), leaving.stream()).forEach(member -> status(member.id()).ifPresent(said -> {
            if (!isItself(member)) {
                others.add(member.id() + " answers as another run than the one that is registered");
            } else if (!said.connected()) {
                others.add(member.id() + " has lost ZooKeeper");
            } else if (view.master().epoch().isAfter(said.epoch())
                    || !said.master().equals(view.currentMaster().map(MemberView::id))) {
                others.add(member.id() + " sees " + said.master().map(id -> "master " + id).orElse("no master")
                        + ", epoch " + said.epoch());
            }
        }));
        return others.isEmpty() ? Check.passed(name, "every node that answers sees what ZooKeeper says")
                : Check.failed(name, String.join("; ", others),
                        "look again in a second; if it lasts: admin-cli doctor");
    }

    private Optional<StatusReply> status(NodeId id) {
        return Optional.ofNullable(heard.get(id)).flatMap(Testimony::status).filter(said -> said.id().equals(id));
    }

    private String words(NodeId id) {
        return Optional.ofNullable(heard.get(id)).map(said -> said.answered() ? "another node answers"
                : said.sight().words()).orElse("not asked");
    }

    private static List<String> names(List<MemberView> members, Predicate<MemberView> which) {
        return members.stream().filter(which).map(member -> member.id().value()).toList();
    }
}
