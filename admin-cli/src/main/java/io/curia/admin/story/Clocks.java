package io.curia.admin.story;

import io.curia.model.ClusterEvent;
import io.curia.model.JournalEntry;
import io.curia.model.JournalEntry.Kind;
import io.curia.model.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * Reckons every node's times by the clock of the ensemble. Whoever asked knows how far each node's clock is ahead of
 * his own; and the node that was elected knows when it sent the claim and when it had the answer, between which the
 * ensemble committed it.
 *
 * @param ensembleAhead how far the ensemble's clock is ahead of that of whoever asked, as far as is known
 */
record Clocks(Duration ensembleAhead) {

    static Clocks of(ClusterEvent elected, Collection<Witness> witnesses) {
        return new Clocks(witnesses.stream()
                .filter(witness -> elected.what().id().filter(witness.id()::equals).isPresent())
                .flatMap(witness -> witness.journal().stream())
                .flatMap(account -> halfway(account, elected).stream()
                        .map(claimed -> Duration.between(claimed.minus(account.ahead()), elected.time())))
                .findFirst().orElse(Duration.ZERO));
    }

    private static Optional<Instant> halfway(Witness.Account account, ClusterEvent elected) {
        Optional<Instant> sent = at(account, Kind.CLAIM, elected);
        Optional<Instant> answered = at(account, Kind.CLAIMED, elected);
        return sent.flatMap(from -> answered.map(to -> from.plus(Duration.between(from, to).dividedBy(2))));
    }

    private static Optional<Instant> at(Witness.Account account, Kind kind, ClusterEvent elected) {
        return account.entries().stream()
                .filter(entry -> entry.kind() == kind && entry.epoch().equals(elected.what().epoch()))
                .map(JournalEntry::at).findFirst();
    }

    /** Returns when this was by the clock of the ensemble. */
    Instant reckoned(JournalEntry entry, Witness.Account by) {
        return reckoned(entry.at(), by);
    }

    Instant reckoned(Instant at, Witness.Account by) {
        return at.minus(by.ahead()).plus(ensembleAhead);
    }

    /** Returns the witness with this id. */
    static Optional<Witness> find(NodeId id, Collection<Witness> witnesses) {
        return witnesses.stream().filter(witness -> witness.id().equals(id)).findFirst();
    }
}
