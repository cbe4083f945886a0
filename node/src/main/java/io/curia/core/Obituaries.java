package io.curia.core;

import io.curia.core.Event.Result;
import io.curia.model.Incarnation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The members found dead that still have to be removed.
 *
 * <p>Evidence grows stale in a second: what it said of then need not be so later, and a removal that keeps failing
 * is somebody else's success. Removals are rationed, so that a network that lies to this node cannot have it take the
 * cluster apart: what exceeds the ration is left to the sessions.
 */
final class Obituaries {

    private static final long STALE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int MAX_CONFLICTS = 2;
    private static final int RATION = 20;
    private static final long RATION_REFILL_NANOS = Duration.ofSeconds(1).toNanos();

    private final Map<Incarnation, Obituary> open = new LinkedHashMap<>();
    /** Whose removal is under way. */
    private Set<Incarnation> asked = Set.of();
    private int conflicts;
    private long rationNanos;
    private boolean rationed;
    /** Whether the last one was left to its session for want of ration. */
    private boolean exhausted;

    /** Takes note of it, unless as much is known already, it is about this node, or the ration is used up. */
    void add(Obituary obituary, Situation situation) {
        boolean aboutMyself = obituary.id().equals(situation.settings.self());
        Obituary known = open.get(obituary.incarnation());
        boolean news = known == null || obituary.proven() && !known.proven();
        boolean wanted = situation.settings.removesDead() && !aboutMyself && news && !isStale(obituary, situation);
        if (wanted && !spendRation(situation)) {
            if (!exhausted) {
                situation.perform(new Action.Spare(obituary));
            }
            exhausted = true;
        } else if (wanted) {
            exhausted = false;
            open.put(obituary.incarnation(), obituary);
            conflicts = 0;
            if (asked.isEmpty()) {
                situation.attempts.settled(ActionKind.REMOVE);
            }
        }
    }

    /** Counts like a bucket that holds {@link #RATION} and refills at one per {@link #RATION_REFILL_NANOS}. */
    private boolean spendRation(Situation situation) {
        long nanos = situation.nanos();
        long full = nanos - RATION * RATION_REFILL_NANOS;
        if (!rationed || rationNanos - full < 0) {
            rationNanos = full;
            rationed = true;
        }
        if (rationNanos - nanos > -RATION_REFILL_NANOS) {
            return false;
        }
        rationNanos += RATION_REFILL_NANOS;
        return true;
    }

    /**
     * Has everybody who is known to be dead removed together, unless a removal is under way. What is to be claimed with
     * it is asked of {@code succession}; after a conflict nothing is, so that the removal depends on nothing else.
     */
    void act(Situation situation, Function<List<Obituary>, Optional<Action.Claim>> succession) {
        open.values().removeIf(found -> isStale(found, situation));
        if (!open.isEmpty() && situation.attempts.tryNow(ActionKind.REMOVE)) {
            asked = Set.copyOf(open.keySet());
            List<Obituary> dead = List.copyOf(open.values());
            situation.perform(new Action.Remove(dead, conflicts > 0 ? Optional.empty() : succession.apply(dead)));
        }
    }

    /** Returns what tells beyond doubt that this registration's process is dead, if something does and is not stale. */
    Optional<Obituary> beyondDoubt(Incarnation incarnation, Situation situation) {
        return Optional.ofNullable(open.get(incarnation))
                .filter(found -> found.beyondDoubt() && !isStale(found, situation));
    }

    /** Counted from when it was found: a process that stood still since then hears of it late. */
    private static boolean isStale(Obituary found, Situation situation) {
        return situation.nanos() - found.foundNanos() >= STALE_NANOS;
    }

    /**
     * A removal ended. Who was found dead while it was under way is not among those removed, and comes next; one
     * that found its conditions gone twice was somebody else's success.
     */
    void onRemoval(Result result, Situation situation) {
        conflicts = result == Result.CONFLICT ? conflicts + 1 : 0;
        if (result == Result.DONE || conflicts >= MAX_CONFLICTS) {
            open.keySet().removeAll(asked);
            conflicts = 0;
            situation.attempts.settled(ActionKind.REMOVE);
        }
        asked = Set.of();
    }
}
