package io.curia.admin.drill;

import io.curia.model.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The arithmetic of one round: from what the witnesses saw, and when what was done, to its result. */
public final class Measurement {

    private final int number;
    private final Instant startedAt;
    private final Victim victim;
    private final long hurtNanos;

    /** @param hurtNanos the moment just before the victim was hurt, on the monotonic clock */
    public Measurement(int number, Instant startedAt, Victim victim, long hurtNanos) {
        this.number = number;
        this.startedAt = startedAt;
        this.victim = victim;
        this.hurtNanos = hurtNanos;
    }

    /** Returns when the victim was hurt, on the monotonic clock. */
    public long hurtNanos() {
        return hurtNanos;
    }

    /**
     * Returns the round's result.
     *
     * @param righted when the victim was put right
     * @param back when it was seen to be a member again
     * @param missing what was not seen in time
     */
    public Round result(Sightings seen, OptionalLong righted, OptionalLong back, long nowNanos,
            Optional<String> missing) {
        long end = missing.isEmpty() ? lastOfMaster(seen.nodes(), nowNanos) : nowNanos;
        Optional<Sightings.FirstValid> valid = seen.firstValidAfter(victim.epoch());
        Optional<Sightings.Claim> claim = seen.firstClaimAfter(victim.epoch());
        Optional<Duration> validSince = valid.map(first -> since(first.answeredNanos()));
        // Whoever is valid has claimed, even if the record was read a moment later.
        Optional<Duration> claimedSince = claim.map(first -> since(first.seenNanos()))
                .map(seenSince -> validSince.filter(earlier -> earlier.compareTo(seenSince) < 0).orElse(seenSince))
                .or(() -> validSince);
        return new Round(number, startedAt, victim,
                valid.map(Sightings.FirstValid::id).or(() -> claim.map(Sightings.Claim::id)),
                valid.map(Sightings.FirstValid::epoch).or(() -> claim.map(Sightings.Claim::epoch)),
                optional(seen.removedNanos()), claimedSince, validSince, optional(righted), optional(back),
                Duration.ofNanos(Overlap.withoutMaster(seen.nodes(), hurtNanos, end)),
                Duration.ofNanos(Overlap.withTwoMasters(seen.nodes())), seen.answers(), missing);
    }

    /** Of a master nothing is known since it was last asked; in a complete round that is not held against it. */
    private long lastOfMaster(Map<NodeId, List<Run>> nodes, long nowNanos) {
        return nodes.values().stream().map(runs -> runs.get(runs.size() - 1))
                .filter(run -> run.valid() && run.epoch().isAfter(victim.epoch()))
                .mapToLong(run -> Math.max(run.lastAsked(), run.firstAnswered())).max().orElse(nowNanos);
    }

    private Optional<Duration> optional(OptionalLong nanos) {
        return nanos.isPresent() ? Optional.of(since(nanos.getAsLong())) : Optional.empty();
    }

    private Duration since(long nanos) {
        return Duration.ofNanos(Math.max(0, nanos - hurtNanos));
    }
}
