package io.curia.document;

import io.curia.model.ClusterEvent;
import io.curia.model.Epoch;
import io.curia.model.EventType;
import io.curia.model.Happening;
import io.curia.model.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One mastership as the history remembers it. Lengths of time are by the clock of the ensemble, the same at both
 * ends, but for the gap after a master whose end was the next one's claim: that is by the claimant's clock, from the
 * first sign of the end to the claim.
 *
 * @param epoch which
 * @param id whose
 * @param elected its beginning; empty if that was forgotten
 * @param lost its end; empty while it lasts
 * @param gap for how long there had been no master when it began; empty if that was never recorded
 */
public record Reign(Epoch epoch, NodeId id, Optional<ClusterEvent> elected, Optional<ClusterEvent> lost,
        Optional<Duration> gap) {

    /** Returns the masterships that these events tell of, oldest first. */
    public static List<Reign> of(List<ClusterEvent> events) {
        Map<Epoch, List<ClusterEvent>> byEpoch = new TreeMap<>();
        events.stream().sorted(Comparator.comparingLong(ClusterEvent::seq))
                .filter(event -> event.type() == EventType.MASTER_ELECTED || event.type() == EventType.MASTER_LOST)
                .filter(event -> event.what().epoch().isPresent() && event.what().id().isPresent())
                .forEach(event -> byEpoch.computeIfAbsent(event.what().epoch().get(), epoch -> new ArrayList<>())
                        .add(event));
        List<Reign> reigns = new ArrayList<>();
        Optional<ClusterEvent> lostBefore = Optional.empty();
        for (Map.Entry<Epoch, List<ClusterEvent>> entry : byEpoch.entrySet()) {
            Optional<ClusterEvent> elected = first(entry.getValue(), EventType.MASTER_ELECTED);
            Optional<ClusterEvent> lost = first(entry.getValue(), EventType.MASTER_LOST);
            reigns.add(new Reign(entry.getKey(), entry.getValue().get(0).what().id().orElseThrow(), elected, lost,
                    gap(lostBefore, elected)));
            lostBefore = lost;
        }
        return reigns;
    }

    private static Optional<ClusterEvent> first(List<ClusterEvent> events, EventType type) {
        return events.stream().filter(event -> event.type() == type).findFirst();
    }

    /**
     * An end that was recorded by the next claim has that one's time: whoever took over has measured it,
     * and otherwise nobody knows.
     */
    private static Optional<Duration> gap(Optional<ClusterEvent> lost, Optional<ClusterEvent> elected) {
        return lost.flatMap(end -> elected.flatMap(begin -> begin.zxid() == end.zxid() ? begin.what().duration()
                : Optional.of(Duration.between(end.time(), begin.time()))));
    }

    /** Returns when it began; empty if that was forgotten. */
    public Optional<Instant> since() {
        return elected.map(ClusterEvent::time);
    }

    /** Returns when it ended, or was seen to have ended; empty while it lasts. */
    public Optional<Instant> until() {
        return lost.map(ClusterEvent::time);
    }

    /** Returns how long it lasted, or has lasted by {@code now}. */
    public Optional<Duration> lasted(Instant now) {
        return since().map(begin -> Duration.between(begin, until().orElse(now)))
                .or(() -> lost.map(ClusterEvent::what).flatMap(Happening::duration))
                .map(length -> length.isNegative() ? Duration.ZERO : length);
    }
}
