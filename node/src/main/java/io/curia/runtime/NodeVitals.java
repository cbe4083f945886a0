package io.curia.runtime;

import io.curia.wire.message.Vigil;
import java.time.Duration;
import java.util.Objects;

/**
 * How a node is at one moment, besides what it believes of the cluster; immutable.
 *
 * @param sessionTimeout what was negotiated with ZooKeeper for the present session, or for the last; zero before any
 * @param eventsWaiting how many events wait for the thread that decides
 * @param oldestCall how long the oldest call to a listener that has not returned has been asked for; zero if none
 * @param vigil how it watches others, and what came of that since it was started
 */
public record NodeVitals(Duration sessionTimeout, int eventsWaiting, Duration oldestCall, Vigil vigil) {

    public NodeVitals {
        Objects.requireNonNull(sessionTimeout, "sessionTimeout");
        Objects.requireNonNull(oldestCall, "oldestCall");
        Objects.requireNonNull(vigil, "vigil");
    }
}
