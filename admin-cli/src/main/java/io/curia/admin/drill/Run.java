package io.curia.admin.drill;

import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import io.curia.wire.message.StatusReply;
import java.time.Duration;

/**
 * Answers of one node that followed each other closely and said the same. Times are this machine's monotonic clock;
 * what an answer says was so at some moment between asking and being answered.
 *
 * @param incarnation of which run of the node
 * @param epoch the epoch it named
 * @param valid whether it said it was a valid master
 * @param firstAsked when the first answer was asked for
 * @param firstAnswered when the first answer came
 * @param lastAsked when the last answer was asked for
 * @param lastAnswered when the last answer came
 * @param answers how many there were
 */
public record Run(Incarnation incarnation, Epoch epoch, boolean valid, long firstAsked, long firstAnswered,
        long lastAsked, long lastAnswered, long answers) {

    /** Across a longer silence nothing is concluded: the node may have been frozen. */
    private static final long LONGEST_SILENCE_NANOS = Duration.ofMillis(100).toNanos();

    /** Returns the run that begins with this answer. */
    public static Run of(StatusReply reply, long asked, long answered) {
        return new Run(reply.incarnation(), reply.epoch(), reply.valid(), asked, answered, asked, answered, 1);
    }

    /** Returns whether {@code next} says the same, soon enough to have been so all the time in between. */
    boolean isContinuedBy(Run next) {
        return saysTheSameAs(next) && next.firstAnswered - lastAnswered <= LONGEST_SILENCE_NANOS;
    }

    boolean saysTheSameAs(Run other) {
        return incarnation.equals(other.incarnation) && epoch.equals(other.epoch) && valid == other.valid;
    }

    Run continuedBy(Run next) {
        return new Run(incarnation, epoch, valid, firstAsked, firstAnswered, next.lastAsked, next.lastAnswered,
                answers + next.answers);
    }
}
