package io.curia.zookeeper;

import io.curia.model.NodeId;
import io.curia.model.Observation;
import io.curia.model.Tenure;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What the next glance is to look at, given what the last ones showed. */
final class Attention {

    private static final long LISTING_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final NodeId self;
    private boolean rosterThere = true;
    private boolean liveThere;
    private Optional<String> listedFor = Optional.empty();
    private long listedNanos;

    Attention(NodeId self) {
        this.self = self;
    }

    /**
     * Returns the next request. The queue is listed when this place has never been, and now and then, because that
     * answer is as long as the queue; everything else is looked at every time.
     */
    Glance.Request next(long nowNanos, boolean cluster, Optional<String> place, Observation last) {
        long pauseNanos = Math.max(LISTING_NANOS, last.sessionTimeout().toNanos() / 2);
        boolean queue = place.isPresent() && (!place.equals(listedFor) || nowNanos - listedNanos > pauseNanos);
        if (queue) {
            listedFor = place;
            listedNanos = nowNanos;
        }
        Optional<NodeId> holder = last.master().tenure().map(Tenure::id).filter(id -> !id.equals(self));
        return new Glance.Request(cluster, queue, rosterThere, liveThere, place, holder, last.intents());
    }

    /** Notes what was there; returns whether something had gone, which leaves it without a watch. */
    boolean missesAfter(Glance glance) {
        boolean gone = rosterThere && !glance.roster().isThere() || liveThere && !glance.live().isThere();
        rosterThere = glance.roster().isThere();
        liveThere = glance.live().isThere();
        return gone;
    }
}
