package io.curia.core;

import io.curia.model.NodeId;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether whoever is to follow a master answers. One that is frozen, or within nobody's reach but ZooKeeper's, keeps
 * its place in the queue until its session expires, and for that long nobody would be master. So the master asks it,
 * over TCP, before anything is given up: meanwhile it goes on, and nothing is lost. An answer is good for a moment,
 * which begins with the question: one that was under way while this process stood still says nothing of now.
 */
final class Presence {

    static final Duration GOOD_FOR = Duration.ofSeconds(1);
    /** How long it may not answer: a busy host does not within the time of one question. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Situation situation;
    private Optional<NodeId> there = Optional.empty();
    /** When it was asked the question that it has answered. */
    private long thereNanos;
    private Since<NodeId> silent = Since.never();
    /** When it was last found not to answer, and how. */
    private long silentNanos;
    private String words = "";

    Presence(Situation situation) {
        this.situation = situation;
    }

    /** It was asked, and does not answer for this reason; or it does, without one. */
    void onAnswer(Event.HeirAnswered answer) {
        NodeId id = answer.heir();
        if (answer.objection().isEmpty()) {
            there = Optional.of(id);
            thereNanos = answer.issuedNanos();
            silent = Since.never();
            situation.attempts.settled(ActionKind.ASK_HEIR);
        } else {
            there = there.filter(other -> !other.equals(id));
            silent = (isRecent(silentNanos) ? silent : Since.<NodeId>never())
                    .seeing(Optional.of(id), situation.nanos());
            silentNanos = situation.nanos();
            words = answer.objection().get();
            situation.attempts.completed(ActionKind.ASK_HEIR, Event.Result.UNKNOWN);
        }
    }

    private boolean isRecent(long nanos) {
        return situation.nanos() - nanos <= GOOD_FOR.toNanos();
    }

    /** Returns whether it answered just now. It is asked if not, and the decision is to be made again. */
    boolean isThere(NodeId id) {
        boolean known = there.filter(id::equals).isPresent()
                && !situation.attempts.reached(thereNanos + GOOD_FOR.toNanos());
        if (!known) {
            situation.attempt(ActionKind.ASK_HEIR, new Action.AskHeir(id, situation.nanos()));
        }
        return known;
    }

    /** Returns why it is not to be waited for any more, if it has not answered for a while. */
    Optional<String> absence(NodeId id) {
        boolean away = silent.what().filter(id::equals).isPresent() && isRecent(silentNanos)
                && situation.attempts.reached(silent.nanos() + PATIENCE.toNanos());
        return away ? Optional.of(words) : Optional.empty();
    }
}
