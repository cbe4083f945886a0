package io.curia.model;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * What the roster says of a node's candidacy, beyond its admission.
 *
 * @param drain the operator's word that it is no candidate
 * @param illness its own word that it is not fit
 * @param penalty what it bears for losing mastership again and again
 * @param serving the epoch in which it has become master and not proven itself yet: found by a later run of the node,
 *     it means that this one ended without a word
 * @param veto its own word that it was not to be promoted when it was asked last
 */
public record CandidacyNotes(Optional<Drain> drain, Optional<Illness> illness, Optional<Penalty> penalty,
        Optional<Epoch> serving, Optional<Veto> veto) {

    /** Nothing to say. */
    public static final CandidacyNotes NONE = new CandidacyNotes(Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.empty());

    public CandidacyNotes {
        Objects.requireNonNull(drain, "drain");
        Objects.requireNonNull(illness, "illness");
        Objects.requireNonNull(penalty, "penalty");
        Objects.requireNonNull(serving, "serving");
        Objects.requireNonNull(veto, "veto");
    }

    /** Returns these notes with another word on draining. */
    public CandidacyNotes withDrain(Optional<Drain> other) {
        return new CandidacyNotes(other, illness, penalty, serving, veto);
    }

    /** Returns these notes with another word on health. */
    public CandidacyNotes withIllness(Optional<Illness> other) {
        return new CandidacyNotes(drain, other, penalty, serving, veto);
    }

    /** Returns these notes with another penalty. */
    public CandidacyNotes withPenalty(Optional<Penalty> other) {
        return new CandidacyNotes(drain, illness, other, serving, veto);
    }

    /** Returns these notes with another epoch of probation. */
    public CandidacyNotes withServing(Optional<Epoch> other) {
        return new CandidacyNotes(drain, illness, penalty, other, veto);
    }

    /** Returns these notes with another word on promotion. */
    public CandidacyNotes withVeto(Optional<Veto> other) {
        return new CandidacyNotes(drain, illness, penalty, serving, other);
    }

    /** Returns whether these notes keep the node out of the queue, whoever else is there. */
    public boolean bar() {
        return drain.isPresent() || illness.isPresent();
    }

    // Written out: see Incarnation.
    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof CandidacyNotes that && Arrays.equals(components(), that.components());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(components());
    }

    private Object[] components() {
        return new Object[] {drain, illness, penalty, serving, veto};
    }
}
