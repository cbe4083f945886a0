package io.curia.core;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who is to go before whom in the latch's queue, whose own order is that of arrival: whoever is not held back goes
 * before those who are, then the higher priority before the lower. Equals keep their order.
 *
 * <p>The order is LeaderLatch's all the same. It is mended from below, by the one that gives up its place and queues
 * again at the end, and ahead of time, while somebody else is master.
 */
final class Precedence {

    /** How long somebody must have been next in the queue before a master gives way to it. */
    private static final Duration STEADY = Duration.ofSeconds(10);

    private final Situation situation;
    private final Conduct conduct;
    private Since<String> waiting = Since.never();

    Precedence(Situation situation, Conduct conduct) {
        this.situation = situation;
        this.conduct = conduct;
    }

    /** Returns somebody who queues behind this node and is to go before it; empty if there is nobody. */
    Optional<Contender> better() {
        Instant now = situation.now().wall();
        boolean heldBack = now.isBefore(conduct.heldBackUntil());
        return behind().stream().filter(other -> isHeldBack(other) ? heldBack && isPreferred(other)
                : heldBack || isPreferred(other)).findFirst();
    }

    /** Returns who is next in the queue, if this master is to step down for it now. */
    Optional<Contender> preempting() {
        Optional<Contender> next = behind().stream().findFirst()
                .filter(other -> other.priority().preempts() && isPreferred(other) && !isHeldBack(other));
        waiting = waiting.seeing(next.map(Contender::path), situation.nanos());
        return next.filter(other -> situation.attempts.reached(waiting.nanos() + STEADY.toNanos()));
    }

    private boolean isPreferred(Contender other) {
        return other.priority().value() > situation.settings.priority().value();
    }

    private boolean isHeldBack(Contender other) {
        boolean over = !situation.now().wall().isBefore(other.heldBackUntil());
        return !over && !situation.reached(other.heldBackUntil());
    }

    /** Nobody, if this place is not in the queue that was seen: it is a new one, and that was the old queue. */
    private List<Contender> behind() {
        List<Contender> order = situation.order();
        Optional<String> place = situation.seen().latch().map(found -> found.path());
        int mine = place.map(path -> order.stream().map(Contender::path).toList().indexOf(path)).orElse(-1);
        return mine < 0 ? List.of() : order.subList(mine + 1, order.size()).stream()
                .filter(other -> !other.id().equals(situation.settings.self())).toList();
    }
}
