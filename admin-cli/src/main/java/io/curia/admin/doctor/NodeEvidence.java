package io.curia.admin.doctor;

import io.curia.admin.witness.Testimony;
import io.curia.model.Departure;
import io.curia.model.Endpoint;
import io.curia.model.Incarnation;
import io.curia.model.Member;
import io.curia.model.MemberStatus;
import io.curia.model.MemberView;
import io.curia.model.NodeId;
import io.curia.model.RosterEntry;
import io.curia.wire.message.MemberRow;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was found out about one node.
 *
 * @param listed how it is listed, in ZooKeeper or, without ZooKeeper, by a node
 * @param said what was found at its address
 * @param peers what other nodes see of it, by who looked
 * @param askedAt when it was asked, by this machine's wall clock
 */
public record NodeEvidence(Listed listed, Testimony said, Map<NodeId, PeerSight> peers, Instant askedAt) {

    /**
     * How a node is listed.
     *
     * @param id the node
     * @param status live, down or evicted
     * @param role its role as its registration has it
     * @param address where it is, or was, to be dialled
     * @param incarnation its registration
     * @param pid its process, if known
     * @param host its machine, if known
     * @param version its software, if known
     * @param reason why it is down
     * @param leftInOrder whether it is down because it was told to stop
     */
    public record Listed(NodeId id, MemberStatus status, String role, Endpoint address,
            Optional<Incarnation> incarnation, Optional<Long> pid, Optional<String> host, Optional<String> version,
            Optional<String> reason, boolean leftInOrder) {

        /** Returns how ZooKeeper lists it; empty if it never had an address. */
        public static Optional<Listed> of(MemberView view) {
            Optional<Member> live = view.live();
            RosterEntry entry = view.roster();
            boolean left = entry.departure().filter(how -> how.how() == Departure.How.LEFT).isPresent();
            return live.map(Member::address).or(entry::address).map(address -> new Listed(view.id(), view.status(),
                    view.role().name(), address, live.map(Member::incarnation).or(entry::incarnation),
                    live.map(Member::pid), live.map(Member::host), live.map(Member::version), view.reason(), left));
        }

        /** Returns how a node lists it; empty if it never had an address. */
        public static Optional<Listed> of(MemberRow row) {
            boolean left = row.reason().filter("left in order"::equals).isPresent();
            return row.address().map(address -> new Listed(row.id(), row.status(), row.role().name(), address,
                    row.incarnation(), row.pid(), row.host(), row.version(), row.reason(), left));
        }
    }

    public NodeEvidence {
        Objects.requireNonNull(listed, "listed");
        Objects.requireNonNull(said, "said");
        peers = Collections.unmodifiableMap(new TreeMap<>(peers));
        Objects.requireNonNull(askedAt, "askedAt");
    }

    /** Returns how many of those that looked see it alive. */
    public long seenBy() {
        return peers.values().stream().filter(sight -> sight == PeerSight.ALIVE).count();
    }

    /** Returns how many looked and had something to say. */
    public long lookedAtBy() {
        return peers.values().stream().filter(sight -> sight != PeerSight.UNKNOWN).count();
    }

    /** Returns how many of those that looked did not reach it. */
    long missedBy() {
        return peers.values().stream().filter(PeerSight::isAbsence).count();
    }
}
