package io.curia.model;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The durable word on one node: admitted or evicted, by whom, why, since when ({@code roster/<id>}).
 *
 * <p>Its znode version guards every registration, claim and eviction of the node, so that none of them can
 * overtake another: whoever writes carries the version it decided on.
 *
 * @param id the node
 * @param standing admitted or evicted
 * @param incarnation the registration last made under this entry; empty before the first
 * @param address where that registration could be dialled; empty before the first
 * @param kind what the node was admitted as
 * @param actor who wrote the standing: the sponsor that admitted it, or the operator
 * @param reason why, in the actor's words; may be empty
 * @param at when the standing was written
 * @param until when an eviction ends by itself; empty: not before somebody readmits the node
 * @param departure how the last registration ended; empty while it lives, or when nobody has noted it yet
 * @param notes on its candidacy
 * @param version the znode's data version, {@link #NOT_STORED} for an entry that was never stored
 */
public record RosterEntry(NodeId id, Standing standing, Optional<Incarnation> incarnation,
        Optional<Endpoint> address, MemberKind kind, String actor, String reason, Instant at,
        Optional<Instant> until, Optional<Departure> departure, CandidacyNotes notes, int version) {

    /** Version of an entry that has no znode yet. */
    public static final int NOT_STORED = Versioned.NOT_STORED;

    /** Whether a node is let in. */
    public enum Standing { ADMITTED, EVICTED }

    public RosterEntry {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(standing, "standing");
        Objects.requireNonNull(incarnation, "incarnation");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(actor, "actor");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(until, "until");
        Objects.requireNonNull(departure, "departure");
        Objects.requireNonNull(notes, "notes");
    }

    /** Returns a first admission, not stored yet. */
    public static RosterEntry admitted(NodeId id, MemberKind kind, String actor, String reason, Instant at) {
        return new RosterEntry(id, Standing.ADMITTED, Optional.empty(), Optional.empty(), kind, actor, reason, at,
                Optional.empty(), Optional.empty(), CandidacyNotes.NONE, NOT_STORED);
    }

    /** Returns whether the node is kept out at this moment: evicted, and its ban has not run out. */
    public boolean bars(Instant now) {
        return standing == Standing.EVICTED && until.map(now::isBefore).orElse(true);
    }

    /**
     * Returns this entry as it stands once {@code member} has registered under it; nothing is known of its health, nor
     * of what it says of its promotion.
     */
    public RosterEntry registered(Member member) {
        return new RosterEntry(id, Standing.ADMITTED, Optional.of(member.incarnation()),
                Optional.of(member.address()), member.kind(), actor, reason, at, Optional.empty(),
                Optional.empty(), notes.withIllness(Optional.empty()).withVeto(Optional.empty()), version);
    }

    /** Returns this entry with the end of its last registration noted. */
    public RosterEntry departed(Departure how) {
        return new RosterEntry(id, standing, incarnation, address, kind, actor, reason, at, until,
                Optional.of(how), notes, version);
    }

    /**
     * Returns this entry, evicted. {@code banUntil} empty means until readmitted. A mastership that ends this way is
     * not held against the node.
     */
    public RosterEntry evicted(String by, String why, Instant when, Optional<Instant> banUntil) {
        Optional<Departure> gone = departure.or(() -> incarnation.map(
                registered -> new Departure(Departure.How.EVICTED, when)));
        return new RosterEntry(id, Standing.EVICTED, incarnation, address, kind, by, why, when, banUntil, gone,
                notes.withServing(Optional.empty()), version);
    }

    /** Returns this entry, admitted again, and forgiven for what it lost. */
    public RosterEntry readmitted(String by, String why, Instant when) {
        return new RosterEntry(id, Standing.ADMITTED, incarnation, address, kind, by, why, when, Optional.empty(),
                departure, notes.withPenalty(Optional.empty()), version);
    }

    /** Returns this entry with other notes on the node's candidacy. */
    public RosterEntry noted(CandidacyNotes other) {
        return new RosterEntry(id, standing, incarnation, address, kind, actor, reason, at, until, departure, other,
                version);
    }

    /** Returns this entry as stored under znode version {@code stored}. */
    public RosterEntry withVersion(int stored) {
        return new RosterEntry(id, standing, incarnation, address, kind, actor, reason, at, until, departure, notes,
                stored);
    }
}
