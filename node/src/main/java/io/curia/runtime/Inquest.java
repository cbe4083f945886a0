package io.curia.runtime;

import io.curia.core.Event;
import io.curia.core.Finding;
import io.curia.core.Fitness;
import io.curia.core.Obituary;
import io.curia.core.Verification;
import io.curia.core.Verification.Verdict;
import io.curia.model.Incarnation;
import io.curia.model.Member;
import io.curia.model.NodeId;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the address of a member that is suspected to be dead, again and again until it is known what became of it,
 * has others look too, and reports a death; but not before its turn has come, because everybody who watches it hears of
 * it at once and one is enough. Whose turn comes later looks once all the same where that may matter: where a
 * container vanishes, its port refuses for some milliseconds only, and that is proof; and whoever is not known as
 * master may have become it a moment ago, which changes whose turn it is. All on the thread of the watch.
 */
final class Inquest {

    private static final Logger log = LoggerFactory.getLogger(Inquest.class);
    /** How much later each further watcher begins: the one before it has removed the dead by then, or is dead too. */
    private static final long TURN_MILLIS = 30;
    private static final int MAX_TURNS = 8;
    /** A process that has closed its connections stops listening a moment later. */
    private static final long ASK_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    /** More deaths than this at once are left to the sessions. */
    private static final int MAX_CASES = 256;

    /** What an inquest reaches outside itself. */
    interface Surroundings {

        /** Completes with what is found at the suspect's address: the one where it was reached, if it was. */
        CompletionStage<Finding> look(Member suspect, Optional<InetSocketAddress> at);

        /** Returns whether a look before its turn may find what is gone in its turn, or is wanted at once then. */
        boolean isWorthAGlance(Member suspect);

        /** Asks others what they see of the suspect; returns whom. Their answers go to {@link Inquest#told}. */
        Set<NodeId> askWitnesses(Member suspect);

        /** Returns what this node knows of itself, when it lost so many others at once. */
        Fitness fitness(int othersInDoubt);

        /** Returns whether somebody has been quicker. */
        boolean isRemoved(Member suspect);

        void post(Event.DeathVerified found);
    }

    private final String node;
    private final Surroundings surroundings;
    private final Accusations accusations;
    private final WatchThread thread;
    private final LongSupplier nanos;
    private final Clock clock;
    private final Map<Incarnation, Case> open = new LinkedHashMap<>();
    /** When those inquests ended that did not find out, of late. */
    private final Deque<Long> doubts = new ArrayDeque<>();

    Inquest(String node, Surroundings surroundings, Accusations accusations, WatchThread thread,
            LongSupplier nanos, Clock clock) {
        this.node = node;
        this.surroundings = surroundings;
        this.accusations = accusations;
        this.thread = thread;
        this.nanos = nanos;
        this.clock = clock;
    }

    /**
     * Begins, unless it is going on already.
     *
     * @param at where it was reached, if it was
     * @param turn how many others are to act first, before this one begins; without meaning for what has begun
     * @param look the first look, if that is under way already
     */
    void into(Member suspect, Optional<InetSocketAddress> at, int turn, Grounds grounds,
            Optional<CompletionStage<Finding>> look) {
        if (open.size() >= MAX_CASES || open.containsKey(suspect.incarnation())) {
            return;
        }
        Case begun = new Case(suspect, at, grounds, nanos.getAsLong());
        open.put(suspect.incarnation(), begun);
        List<Case> waiting = open.values().stream().filter(other -> other.round == 0 && other != begun).toList();
        if (look.isPresent()) {
            begin(begun, look.get());
        } else if (turn <= 0 || open.size() > 1) {
            begin(begun);
        } else {
            if (surroundings.isWorthAGlance(suspect)) {
                glance(begun);
            }
            later(() -> beginInTurn(begun), TimeUnit.MILLISECONDS.toNanos(Math.min(MAX_TURNS, turn) * TURN_MILLIS));
        }
        // Whoever was to act first may be the one that is suspected now.
        waiting.forEach(this::beginInTurn);
    }

    /** Whose turn it is may have changed: the suspect may be master by now, and this node next. */
    void reconsider(ToIntFunction<NodeId> turnOf) {
        open.values().stream().filter(found -> found.round == 0 && turnOf.applyAsInt(found.suspect.id()) <= 0)
                .toList().forEach(this::beginInTurn);
    }

    private void glance(Case waiting) {
        surroundings.look(waiting.suspect, waiting.at).whenComplete((finding, failure) -> later(() -> {
            if (waiting.round == 0 && failure == null) {
                waiting.known = waiting.known.after(finding, nanos.getAsLong());
            }
        }, 0));
    }

    private void beginInTurn(Case waiting) {
        if (waiting.round > 0) {
            return;
        }
        if (surroundings.isRemoved(waiting.suspect)) {
            open.remove(waiting.suspect.incarnation());
        } else if (isProven(waiting)) {
            waiting.round++;
            report(waiting, Verdict.DEAD);
        } else {
            waiting.known = Verification.begun(waiting.grounds == Grounds.CLOSED, nanos.getAsLong());
            begin(waiting);
        }
    }

    /** Nobody needs to be asked: only the system at the other end closes, and only its port refuses for it. */
    private boolean isProven(Case waiting) {
        long now = nanos.getAsLong();
        return waiting.known.isBeyondDoubt()
                && surroundings.fitness(othersInDoubt(now)).objection(waiting.known, now).isEmpty();
    }

    private void begin(Case begun) {
        begin(begun, surroundings.look(begun.suspect, begun.at));
    }

    /** Where the port may well refuse at once, which needs no second opinion, nobody is asked before it had time to. */
    private void begin(Case begun, CompletionStage<Finding> look) {
        int round = begun.beginAnew();
        await(begun, look);
        if (begun.grounds == Grounds.CLOSED) {
            later(() -> ask(begun, round), ASK_AFTER_NANOS);
        } else {
            ask(begun, round);
        }
    }

    private void ask(Case about, int round) {
        if (about.round == round && about.known.verdict().isEmpty() && !about.hasAsked) {
            about.hasAsked = true;
            about.asked.addAll(surroundings.askWitnesses(about.suspect));
            about.known = about.known.asking(about.asked.size(), nanos.getAsLong());
        }
    }

    private void await(Case open, CompletionStage<Finding> look) {
        int round = open.round;
        look.whenComplete((finding, failure) -> later(() -> {
            if (open.round == round) {
                found(open, finding, failure);
            }
        }, 0));
    }

    private void found(Case open, Finding finding, Throwable failure) {
        if (failure != null) {
            log.warn("{}: {} could not be looked at", node, open.suspect.id(), failure);
        }
        if (failure != null || finding == Finding.UNREACHABLE || finding == Finding.STRANGER) {
            ask(open, open.round);
        }
        learn(open, open.known.after(failure == null ? finding : Finding.STRANGER, nanos.getAsLong()));
    }

    /** A witness says what it sees of a suspect. One that was not asked, or not of late, is not heard. */
    void told(NodeId witness, Incarnation suspect, Optional<Finding> finding) {
        Case about = open.get(suspect);
        if (about != null && about.asked.remove(witness)) {
            learn(about, about.known.told(finding, nanos.getAsLong()));
        }
    }

    /** Whoever this was will not answer any more. */
    void lost(NodeId witness) {
        List.copyOf(open.keySet()).forEach(suspect -> told(witness, suspect, Optional.empty()));
    }

    /** Goes on from what is known now. What was planned on less is not done any more. */
    private void learn(Case about, Verification next) {
        Verification before = about.known;
        if (before.verdict().isPresent()) {
            return;
        }
        about.known = next;
        if (next.verdict().isPresent()) {
            conclude(about, next.verdict().get());
        } else if (next.startedAnew(before)) {
            log.info("{}: stood still while it looked for {}, and looks anew", node, about.suspect.id());
            begin(about);
        } else if (!next.mustLook()) {
            later(() -> passed(about, next), next.pause().toNanos());
        } else if (next.looks() > before.looks()) {
            int round = about.round;
            later(() -> lookAgain(about, round), next.pause().toNanos());
        }
    }

    private void passed(Case about, Verification planned) {
        if (about.known == planned) {
            learn(about, planned.at(nanos.getAsLong()));
        }
    }

    private void lookAgain(Case about, int round) {
        if (about.round == round && about.known.verdict().isEmpty()) {
            await(about, surroundings.look(about.suspect, about.at));
        }
    }

    private void conclude(Case about, Verdict verdict) {
        switch (verdict) {
            case DEAD, GONE -> report(about, verdict);
            case ALIVE, UNDECIDED -> {
                open.remove(about.suspect.incarnation());
                if (verdict == Verdict.UNDECIDED) {
                    doubts.add(nanos.getAsLong());
                }
                accusations.cleared(about.suspect.id(), verdict + " after " + about.known.looks() + " looks, found "
                        + about.known.own().map(Enum::name).orElse("nothing") + opinion(about.known));
            }
        }
    }

    private void report(Case dead, Verdict verdict) {
        open.remove(dead.suspect.incarnation());
        if (surroundings.isRemoved(dead.suspect)) {
            return;
        }
        long now = nanos.getAsLong();
        Optional<String> objection = surroundings.fitness(othersInDoubt(now)).objection(dead.known, now);
        if (objection.isPresent()) {
            doubts.add(now);
            log.warn("{}: does not accuse {}: {}", node, dead.suspect.id(), objection.get());
            return;
        }
        boolean proven = verdict == Verdict.DEAD && dead.grounds.reached();
        Obituary obituary = new Obituary(dead.suspect.id(), dead.suspect.incarnation(), proven,
                proven && dead.known.isBeyondDoubt(), evidence(dead), dead.known.latestNanos(),
                clock.instant().minusNanos(now - dead.known.startedNanos()));
        surroundings.post(new Event.DeathVerified(obituary));
    }

    private int othersInDoubt(long now) {
        doubts.removeIf(at -> now - at > Fitness.OF_LATE.toNanos());
        return doubts.size() + (int) open.values().stream().filter(Case::isInDoubt).count();
    }

    private String evidence(Case dead) {
        long millis = (dead.known.latestNanos() - dead.known.startedNanos()) / 1_000_000;
        return dead.grounds.words() + ", then " + dead.known.own().orElseThrow() + " at "
                + dead.at.map(Object::toString).orElseGet(() -> dead.suspect.address().toString()) + " after "
                + dead.known.looks() + " looks in " + millis + " ms" + opinion(dead.known) + ", seen by " + node;
    }

    private static String opinion(Verification known) {
        return known.opinion().map(found -> ", a witness found " + found).orElse("");
    }

    private void later(Runnable task, long nanos) {
        thread.run(task, nanos, TimeUnit.NANOSECONDS);
    }
}
