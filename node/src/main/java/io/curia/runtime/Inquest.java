package io.curia.runtime;

import io.curia.core.Event;
import io.curia.core.Finding;
import io.curia.core.Obituary;
import io.curia.core.Verification;
import io.curia.model.Incarnation;
import io.curia.model.Member;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the address of a member whose lifeline was cut, again and again until it is known what became of it, and
 * reports a death when its turn has come. All on the thread of the watch.
 */
final class Inquest {

    private static final Logger log = LoggerFactory.getLogger(Inquest.class);
    /** How much later each further watcher acts: the one before it has removed the dead by then, or is dead too. */
    private static final long TURN_MILLIS = 15;
    private static final int MAX_TURNS = 8;

    private final String node;
    private final BiFunction<Member, InetSocketAddress, CompletionStage<Finding>> look;
    private final Supplier<NodeState> state;
    private final ScheduledExecutorService thread;
    private final Consumer<Event> post;
    private final Clock clock;
    private final Set<Incarnation> suspects = new HashSet<>();

    Inquest(String node, BiFunction<Member, InetSocketAddress, CompletionStage<Finding>> look,
            Supplier<NodeState> state, ScheduledExecutorService thread, Consumer<Event> post, Clock clock) {
        this.node = node;
        this.look = look;
        this.state = state;
        this.thread = thread;
        this.post = post;
        this.clock = clock;
    }

    /** Begins, unless it is going on already. */
    void into(Member suspect, InetSocketAddress at, int turn) {
        if (suspects.add(suspect.incarnation())) {
            look(new Case(suspect, at, turn, Verification.begun(System.nanoTime())));
        }
    }

    private record Case(Member suspect, InetSocketAddress at, int turn, Verification verification) {
        Case with(Verification next) {
            return new Case(suspect, at, turn, next);
        }
    }

    private void look(Case open) {
        look.apply(open.suspect(), open.at()).whenComplete((finding, failure) -> later(
                () -> found(open, failure == null ? finding : Finding.STRANGER, failure), 0));
    }

    private void found(Case open, Finding finding, Throwable failure) {
        if (failure != null) {
            log.warn("{}: {} could not be looked at", node, open.at(), failure);
        }
        Case next = open.with(open.verification().after(finding, System.nanoTime()));
        if (next.verification().verdict().isEmpty()) {
            later(() -> look(next), next.verification().pause().toNanos());
            return;
        }
        switch (next.verification().verdict().get()) {
            case DEAD -> report(next, true, finding);
            case GONE -> report(next, false, finding);
            case ALIVE, UNDECIDED -> {
                suspects.remove(open.suspect().incarnation());
                log.info("{}: lifeline to {} was cut; found {} after {} looks, left alone", node,
                        open.suspect().id(), finding, next.verification().looks());
            }
        }
    }

    private void report(Case dead, boolean proven, Finding finding) {
        long millis = (System.nanoTime() - dead.verification().startedNanos()) / 1_000_000;
        String evidence = "lifeline cut without a goodbye, then " + finding + " at " + dead.at() + " after "
                + dead.verification().looks() + " looks in " + millis + " ms, seen by " + node;
        later(() -> {
            suspects.remove(dead.suspect().incarnation());
            if (state.get().isMember() && state.get().connected()) {
                log.info("{}: {} is dead: {}", node, dead.suspect().id(), evidence);
                post.accept(new Event.DeathVerified(new Obituary(dead.suspect().id(), dead.suspect().incarnation(),
                        proven, evidence, clock.instant())));
            }
        }, TimeUnit.MILLISECONDS.toNanos(Math.min(MAX_TURNS, dead.turn()) * TURN_MILLIS));
    }

    private void later(Runnable task, long nanos) {
        try {
            thread.schedule(task, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("{}: ending, no inquest any more", node);
        }
    }
}
