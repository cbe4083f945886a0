package io.curia.admin.drill;

import io.curia.model.Epoch;
import io.curia.model.NodeId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * All that the witnesses of a round have seen so far, on this machine's monotonic clock, immutable.
 *
 * @param nodes what each node that answered said of itself, in order
 * @param removedNanos when the victim's registration was seen to be gone
 * @param claims the first sight of each new epoch in the master record, in order
 */
public record Sightings(Map<NodeId, List<Run>> nodes, OptionalLong removedNanos, List<Claim> claims) {

    /**
     * A mastership, first seen in the master record.
     *
     * @param id the master
     * @param epoch its epoch
     * @param seenNanos when
     */
    public record Claim(NodeId id, Epoch epoch, long seenNanos) {
    }

    /** The first answer in which a node said that it was a valid master. */
    public record FirstValid(NodeId id, Epoch epoch, long answeredNanos) {
    }

    public Sightings {
        nodes = Map.copyOf(nodes);
        claims = List.copyOf(claims);
    }

    /** Returns the first valid master of an epoch after {@code epoch}. */
    public Optional<FirstValid> firstValidAfter(Epoch epoch) {
        return nodes.entrySet().stream().flatMap(node -> node.getValue().stream()
                .filter(run -> run.valid() && run.epoch().isAfter(epoch)).limit(1)
                .map(run -> new FirstValid(node.getKey(), run.epoch(), run.firstAnswered())))
                .min(Comparator.comparingLong(FirstValid::answeredNanos));
    }

    /** Returns the first claim of an epoch after {@code epoch}. */
    public Optional<Claim> firstClaimAfter(Epoch epoch) {
        return claims.stream().filter(claim -> claim.epoch().isAfter(epoch)).findFirst();
    }

    /** Returns whether {@code id} says now that it is the valid master of {@code epoch}. */
    public boolean isValidNow(NodeId id, Epoch epoch) {
        return last(id).filter(run -> run.valid() && run.epoch().equals(epoch)).isPresent();
    }

    /** Returns whether a master of an epoch after {@code epoch} said so when asked after {@code nanos}. */
    public boolean isMasteredSince(Epoch epoch, long nanos) {
        return nodes.keySet().stream().flatMap(id -> last(id).stream())
                .anyMatch(run -> run.valid() && run.epoch().isAfter(epoch) && run.lastAsked() - nanos > 0);
    }

    /** Returns whether {@code id} has ever answered. */
    public boolean hasAnswered(NodeId id) {
        return nodes.containsKey(id);
    }

    /** Returns whether {@code id} has answered a question that was asked after {@code nanos}. */
    public boolean hasAnsweredSince(NodeId id, long nanos) {
        return last(id).filter(run -> run.lastAsked() - nanos > 0).isPresent();
    }

    /** Returns how many answers there were in all. */
    public long answers() {
        return nodes.values().stream().flatMap(List::stream).mapToLong(Run::answers).sum();
    }

    private Optional<Run> last(NodeId id) {
        List<Run> runs = nodes.getOrDefault(id, List.of());
        return runs.isEmpty() ? Optional.empty() : Optional.of(runs.get(runs.size() - 1));
    }
}
