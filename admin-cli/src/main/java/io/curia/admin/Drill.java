package io.curia.admin;

import io.curia.admin.drill.DrillException;
import io.curia.admin.drill.DrillResult;
import io.curia.admin.drill.Hands;
import io.curia.admin.drill.Hold;
import io.curia.admin.drill.Round;
import io.curia.admin.drill.Victim;
import io.curia.admin.drill.Watching;
import io.curia.cli.ExitCode;
import io.curia.model.ClusterView;
import io.curia.model.Endpoint;
import io.curia.model.Member;
import io.curia.model.MemberKind;
import io.curia.model.MemberView;
import io.curia.model.NodeId;
import io.curia.store.ClusterStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The rounds of a drill. However it ends, no victim is left as the drill made it. */
final class Drill {

    private final ClusterStore store;
    private final Time time;
    private final DrillGear gear;
    private final Hands hands;
    private final DrillSettings settings;
    private final DrillProgress progress;
    private final List<Round> rounds = new ArrayList<>();
    private boolean interrupted;

    Drill(ClusterStore store, Time time, DrillGear gear, Hands hands, DrillSettings settings,
            DrillProgress progress) {
        this.store = store;
        this.time = time;
        this.gear = gear;
        this.hands = hands;
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * Returns what came of the rounds; fewer than asked for if one was not seen to its end, or this thread was
     * interrupted.
     *
     * @param planned the cluster as it was looked at: whoever was live then must be live before every round
     */
    DrillResult run(ClusterView planned) {
        Instant started = time.now();
        Set<NodeId> expected = planned.live().stream().filter(member -> isAskable(member.live().orElseThrow()))
                .map(MemberView::id).collect(Collectors.toSet());
        try {
            for (int number = 1; number <= settings.rounds(); number++) {
                if (number > 1) {
                    progress.phase("pausing");
                    time.pause(settings.pause());
                }
                if (!round(number, expected)) {
                    break;
                }
            }
        } catch (InterruptedException e) {
            // The report of what was done is still to be printed; the exit code says that there was an interrupt.
            interrupted = true;
        } finally {
            progress.close();
        }
        return new DrillResult(planned.cluster().name(), planned.cluster().uuid(), settings.fault(),
                settings.rounds(), settings.objective(), started, time.now(), rounds);
    }

    /** Returns the exit code that belongs to {@code result}. */
    ExitCode exitCode(DrillResult result) {
        if (interrupted) {
            return ExitCode.INTERRUPTED;
        }
        return switch (result.verdict()) {
            case PASSED -> ExitCode.OK;
            case MISSED -> ExitCode.OBJECTIVE_MISSED;
            case NOT_CONFIRMED, INTERRUPTED -> ExitCode.NOT_CONFIRMED;
        };
    }

    private static boolean isAskable(Member member) {
        return member.kind() != MemberKind.GUEST;
    }

    /** Returns whether the round was seen to its end, so that there may be another. */
    private boolean round(int number, Set<NodeId> expected) throws InterruptedException {
        progress.phase("waiting until everybody is there");
        Look look = new Look(store, time, Deadline.after(settings.timeout(), time));
        Optional<String> lacking = look.until(view -> lackingBefore(view, expected));
        if (lacking.isPresent()) {
            progress.say("round " + number + " was not begun: " + lacking.get());
            return false;
        }
        ClusterView view = look.last();
        Victim victim = Victim.of(view.currentMaster().flatMap(MemberView::live).orElseThrow(), view.master().epoch());
        Hold hold;
        try {
            hold = hands.take(victim);
        } catch (DrillException e) {
            progress.say("round " + number + " was not begun: " + e.getMessage());
            return false;
        }
        try (Watching watching = gear.watching().on(store, victim, addresses(view), settings.every().toNanos())) {
            DrillRound round = new DrillRound(number, victim, hold, watching, store, time, settings, progress);
            Optional<String> unseen = round.awaitWitnesses(candidates(view));
            if (unseen.isPresent()) {
                progress.say("round " + number + " was not begun: " + unseen.get());
                return false;
            }
            return carryOut(round);
        }
    }

    private boolean carryOut(DrillRound round) throws InterruptedException {
        try {
            round.carryOut();
        } finally {
            // Interrupted or not, what was done to the victim belongs into the report.
            Round result = round.result();
            rounds.add(result);
            progress.ended(result, settings.fault());
        }
        return rounds.get(rounds.size() - 1).isComplete();
    }

    private static Optional<String> lackingBefore(ClusterView view, Set<NodeId> expected) {
        List<String> away = expected.stream().filter(id -> view.member(id).flatMap(MemberView::live).isEmpty())
                .map(NodeId::value).sorted().toList();
        if (!away.isEmpty()) {
            return Optional.of(String.join(", ", away) + " not there");
        }
        return view.currentMaster().isPresent() ? Optional.empty() : Optional.of("there is no master");
    }

    private static Map<NodeId, Endpoint> addresses(ClusterView view) {
        Map<NodeId, Endpoint> addresses = new HashMap<>();
        view.live().stream().flatMap(member -> member.live().stream()).filter(Drill::isAskable)
                .forEach(member -> addresses.put(member.id(), member.address()));
        return addresses;
    }

    private static List<NodeId> candidates(ClusterView view) {
        return view.live().stream().filter(MemberView::isLiveCandidate).map(MemberView::id).toList();
    }
}
