package io.curia.core.simulation;

import io.curia.core.Guard;
import io.curia.model.Epoch;
import io.curia.model.RosterEntry;
import io.curia.model.Tenure;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Knows what must be true of the master record: epochs only grow, belong to one claim each, are claimed by whoever is
 * first and may, while nobody else is valid, and by nobody who holds the epoch before.
 */
final class EpochLedger {

    private final World world;
    private final Map<Epoch, String> claimOfEpoch = new HashMap<>();
    /** By claim id: when, on its host's clock, it was first sent. */
    private final Map<String, Long> firstSent = new HashMap<>();
    private Optional<Tenure> recorded = Optional.empty();
    private int recordedVersion;

    EpochLedger(World world) {
        this.world = world;
    }

    /** Returns whether {@code epoch} was given to this claim. */
    boolean isOf(Epoch epoch, String claimId) {
        return claimId.equals(claimOfEpoch.get(epoch));
    }

    void onClaimSent(NodeProcess process, String claimId) {
        firstSent.putIfAbsent(claimId, process.moment().nanos());
    }

    /** The records changed, perhaps the one of the master among them. */
    void onRecords() {
        if (world.tree.master().version() == recordedVersion) {
            return;
        }
        recordedVersion = world.tree.master().version();
        Optional<Tenure> before = recorded;
        recorded = world.tree.master().tenure();
        Tenure tenure = recorded.orElseThrow();
        world.trace.note(world.now(), -1, "record", tenure.epoch().number(),
                () -> "v" + recordedVersion + " " + Shorthand.of(tenure));
        String owner = claimOfEpoch.putIfAbsent(tenure.epoch(), tenure.claimId());
        require(owner == null || owner.equals(tenure.claimId()), "epoch " + tenure.epoch() + " was given out twice");
        if (before.filter(last -> last.claimId().equals(tenure.claimId())).isEmpty()) {
            onClaim(before, tenure);
        }
        before.ifPresent(last -> {
            require(!last.epoch().isAfter(tenure.epoch()), "epoch went back to " + tenure.epoch());
            boolean reopened = last.claimId().equals(tenure.claimId()) && last.ending().isPresent()
                    && tenure.ending().isEmpty();
            require(!reopened, "tenure of epoch " + tenure.epoch() + " is open again");
        });
    }

    private void onClaim(Optional<Tenure> before, Tenure claimed) {
        world.steward.onClaim(before, claimed);
        require(world.tree.latch().isFirst(claimed.latchPath()),
                claimed.id() + " claimed without being first in the queue");
        require(world.hosts.stream().noneMatch(host -> !host.id.equals(claimed.id())
                && host.process.filter(NodeProcess::isValidMaster).isPresent()),
                claimed.id() + " claimed while another is valid");
        require(world.tree.roster(claimed.id()).orElseThrow().standing() == RosterEntry.Standing.ADMITTED,
                claimed.id() + " is evicted and claimed");
        before.filter(last -> last.isOf(claimed.incarnation()) && last.ending().isEmpty()
                        && last.latchPath().equals(claimed.latchPath()))
                .ifPresent(last -> require(!isHeld(last), claimed.id() + " claimed epoch " + claimed.epoch()
                        + " and had nothing against epoch " + last.epoch() + ", its own"));
    }

    /** Whether the holder of this tenure, whose place stands, had no reason to take it for over or never begun. */
    private boolean isHeld(Tenure tenure) {
        return world.hosts.stream().filter(host -> host.id.equals(tenure.id()))
                .flatMap(host -> host.process.stream())
                .anyMatch(process -> process.mandate.filter(mandate -> mandate.claimId.equals(tenure.claimId()))
                        .map(mandate -> process.isValidMaster())
                        .orElseGet(() -> !isForsaken(process, tenure)));
    }

    /**
     * It took no office with its claim: the answer came too late for that, if any came, or the lead was lost meanwhile.
     */
    private boolean isForsaken(NodeProcess process, Tenure tenure) {
        long sent = firstSent.get(tenure.claimId());
        long guard = Guard.lengthFor(world.climate.sessionTimeout()).toNanos();
        return process.host.localNanos(world.now()) - sent >= guard || process.disconnectedNanos - sent >= 0;
    }

    private void require(boolean condition, String what) {
        world.inspector.require(condition, what);
    }
}
