package io.curia.runtime;

import io.curia.core.Obituary;
import io.curia.model.Departure;
import io.curia.model.Incarnation;
import io.curia.model.NodeId;
import io.curia.model.RosterEntry;
import io.curia.wire.message.Vigil;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps count of whom this node accused of being dead, what came of it, and how often it was accused itself; every one
 * of these is a line in the log. Any thread may use it.
 */
final class Accusations {

    private static final Logger log = LoggerFactory.getLogger(Accusations.class);
    /** How many of those removed are remembered, to find out that they lived. */
    private static final int MEMORY = 64;

    private final String node;
    private final AtomicLong made = new AtomicLong();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong cleared = new AtomicLong();
    private final AtomicLong refuted = new AtomicLong();
    private final AtomicLong suffered = new AtomicLong();
    private final Map<Incarnation, NodeId> removed = new LinkedHashMap<>();
    // The loop's thread only, but for what is published.
    private Incarnation present;
    private Optional<Incarnation> avenged = Optional.empty();
    private volatile Optional<Incarnation> formerly = Optional.empty();

    Accusations(NodeId node) {
        this.node = node.value();
    }

    void made(Obituary obituary) {
        made.incrementAndGet();
        log.warn("{}: {}/{} is dead{}: {}", node, obituary.id(), obituary.incarnation().abbreviated(),
                obituary.proven() ? "" : " or cut off", obituary.evidence());
    }

    /** This node removed them, or those of them that still stood. */
    void accepted(List<Obituary> dead) {
        for (Obituary each : dead) {
            accepted.incrementAndGet();
            log.info("{}: removed {}/{}", node, each.id(), each.incarnation().abbreviated());
        }
        synchronized (removed) {
            dead.forEach(each -> removed.put(each.incarnation(), each.id()));
            while (removed.size() > MEMORY) {
                removed.remove(removed.keySet().iterator().next());
            }
        }
    }

    /** The lifeline to it was cut, and it lives, or nothing is known. */
    void cleared(NodeId suspect, String finding) {
        cleared.incrementAndGet();
        log.info("{}: the lifeline to {} was cut; {}, left alone", node, suspect, finding);
    }

    /** A process says which registration it had before this one. */
    void heardOf(NodeId id, Optional<Incarnation> former) {
        synchronized (removed) {
            if (former.filter(incarnation -> removed.remove(incarnation, id)).isEmpty()) {
                return;
            }
        }
        refuted.incrementAndGet();
        log.warn("{}: {} was removed as dead by this node and lives; is its port behind something that refuses in its "
                + "name? Such a network wants --failover session", node, id);
    }

    /** What this node last saw of itself: its registration, and what its roster entry says of how one ended. */
    void observe(Incarnation registration, Optional<RosterEntry> entry) {
        if (!registration.equals(present)) {
            formerly = Optional.ofNullable(present);
            present = registration;
        }
        entry.filter(this::saysThatThisProcessDied).ifPresent(found -> {
            avenged = found.incarnation();
            suffered.incrementAndGet();
            Departure departure = found.departure().orElseThrow();
            log.warn("{}: was removed as dead by {} while it lives; it registers anew. Evidence: {}", node,
                    departure.actor(), departure.evidence());
        });
    }

    private boolean saysThatThisProcessDied(RosterEntry entry) {
        boolean mine = entry.incarnation().equals(Optional.of(present)) || entry.incarnation().equals(formerly);
        return mine && entry.incarnation().isPresent() && !entry.incarnation().equals(avenged)
                && entry.departure().filter(found -> found.how() == Departure.How.CRASHED).isPresent();
    }

    /** Returns the registration that this process had before its present one, if it had one. */
    Optional<Incarnation> formerly() {
        return formerly;
    }

    /** Returns what is to be told of all this. */
    Vigil vigil(int wanted, List<NodeId> watched, int callers) {
        return new Vigil(wanted, watched, callers, made.get(), accepted.get(), cleared.get(), refuted.get(),
                suffered.get());
    }
}
