package io.curia.wire.message;

import io.curia.model.ClusterView;
import io.curia.model.Epoch;
import io.curia.model.Intents;
import io.curia.model.Pause;
import io.curia.model.Switchover;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What operators want of the mastership, as far as it was not settled when the answering node saw it. Whether it still
 * holds is for the reader's clock to say.
 *
 * @param pause the pause; empty if there is none, or from a node that does not tell
 * @param switchover the switchover that may still happen; likewise
 */
public record Wishes(Optional<Pause> pause, Optional<Switchover> switchover) {

    /** Nobody wants anything. */
    public static final Wishes NONE = new Wishes(Optional.empty(), Optional.empty());

    public Wishes {
        Objects.requireNonNull(pause, "pause");
        Objects.requireNonNull(switchover, "switchover");
    }

    /** Returns what of this view is not settled yet. */
    public static Wishes of(ClusterView view) {
        return of(view.intents(), view.master().epoch(), view.readAt());
    }

    /** Returns what of these intents stands at this moment, where this is the highest epoch claimed. */
    public static Wishes of(Intents intents, Epoch epoch, Instant now) {
        return new Wishes(intents.pause().what(), intents.switchover().what()).standing(epoch, now);
    }

    /** Returns what of these stands at this moment, where this is the highest epoch claimed. */
    public Wishes standing(Epoch epoch, Instant now) {
        return new Wishes(pause.filter(asked -> asked.holds(now)), switchover.filter(wish -> wish.stands(epoch, now)));
    }
}
