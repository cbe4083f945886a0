package io.curia.core;

import io.curia.model.Cause;
import io.curia.model.Ending;
import io.curia.model.Incarnation;
import io.curia.model.MasterRecord;
import io.curia.model.Observation;
import io.curia.model.Tenure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Whether the one that leads the latch may claim now, and why the tenure before it ended.
 *
 * <table>
 * <caption>What the last tenure says, and what follows</caption>
 * <tr><th>last tenure</th><th>verdict</th></tr>
 * <tr><td>none</td><td>claim, FIRST</td></tr>
 * <tr><td>my own registration's</td><td>claim: I am the one who would have to be invalid, and I am; the ending's
 *     cause, or STEP_DOWN if my clock guard ran out</td></tr>
 * <tr><td>ended, confirmed</td><td>claim, the ending's cause</td></tr>
 * <tr><td>ended, not confirmed</td><td>wait out its guard, or until confirmed; the ending's cause</td></tr>
 * <tr><td>not ended, holder's registration gone</td><td>claim, SESSION_EXPIRED: its guard ended before its
 *     session could</td></tr>
 * <tr><td>not ended, holder registered</td><td>its place was removed by hand: wait out its guard, or until
 *     confirmed; STEP_DOWN</td></tr>
 * </table>
 *
 * <p>The wait is counted from this node's first sight of the situation. That is never earlier than the removal, and
 * no renewal sent before the removal holds for longer than one guard after it.
 *
 * @param cause why the tenure before ended
 * @param patience how long to wait from the first sight; zero: not at all
 */
record Succession(Cause cause, Duration patience) {

    static Succession after(Observation seen, Incarnation self) {
        MasterRecord master = seen.master();
        return master.tenure()
                .map(tenure -> after(tenure, seen.holderLive(), self))
                .orElseGet(() -> new Succession(Cause.FIRST, Duration.ZERO));
    }

    /**
     * As {@link #after}, from the moment in which these are removed; empty if one of them holds the tenure and it is
     * not beyond doubt that it acts no more: it must have time to hear that it was removed before anybody claims.
     */
    static Optional<Succession> afterRemoval(List<Obituary> dead, Observation seen, Incarnation self) {
        Optional<Obituary> holder = seen.master().tenure().filter(tenure -> tenure.ending().isEmpty())
                .flatMap(tenure -> dead.stream().filter(found -> tenure.isOf(found.incarnation())).findFirst());
        return holder
                .map(found -> found.beyondDoubt() ? Optional.of(new Succession(Cause.CRASH, Duration.ZERO))
                        : Optional.<Succession>empty())
                .orElseGet(() -> Optional.of(after(seen, self)));
    }

    private static Succession after(Tenure tenure, boolean holderLive, Incarnation self) {
        if (tenure.isOf(self)) {
            return new Succession(tenure.ending().map(Ending::cause).orElse(Cause.STEP_DOWN), Duration.ZERO);
        }
        if (tenure.ending().isPresent()) {
            boolean confirmed = tenure.ending().get().confirmed();
            return new Succession(tenure.ending().get().cause(), confirmed ? Duration.ZERO : outlasting(tenure));
        }
        return holderLive
                ? new Succession(Cause.STEP_DOWN, outlasting(tenure))
                : new Succession(Cause.SESSION_EXPIRED, Duration.ZERO);
    }

    /** A guard as it may last by a clock that runs slower than this node's, by far more than any real one does. */
    static Duration outlasting(Tenure tenure) {
        return tenure.guard().plus(tenure.guard().dividedBy(50));
    }
}
