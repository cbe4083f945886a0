package io.curia.admin.story;

import io.curia.document.Reign;
import io.curia.model.JournalEntry;
import io.curia.model.JournalEntry.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Why a master's session came to an end without a word, or its clock guard ran out: from what it says itself, if it
 * still can, else from how its address answers.
 */
final class LostSession {

    /** A loop that was merely starved does not sleep for so long. */
    private static final Duration FREEZE = Duration.ofSeconds(1);

    private final String name;
    private final Reign old;
    private final Instant successor;
    private final Clocks clocks;

    /** @param successor when the next mastership began */
    LostSession(Reign old, Instant successor, Clocks clocks) {
        this.name = old.id() + ", master of epoch " + old.epoch() + ",";
        this.old = old;
        this.successor = successor;
        this.clocks = clocks;
    }

    /** What is found: the culprit and a sentence. */
    record Finding(Culprit culprit, String sentence) {
    }

    Finding explain(Optional<Witness> witness) {
        if (witness.isEmpty()) {
            return unknown("it was not asked");
        }
        return switch (witness.get().answer()) {
            case TOLD -> told(witness.get().journal().orElseThrow());
            case SILENT -> new Finding(Culprit.FROZEN, name + " is frozen: its port takes connections and nothing "
                    + "answers; its session expired");
            case REFUSED -> new Finding(Culprit.VANISHED, name + " vanished: nobody listens at its address any more, "
                    + "nobody saw its process end, and its session had to expire");
            case UNREACHABLE -> new Finding(Culprit.HOST_LOST, name + " cannot be reached from here either; its "
                    + "session expired");
            case OTHER, NOT_ASKED -> unknown("it " + witness.get().answer().words());
        };
    }

    private Finding unknown(String why) {
        return new Finding(Culprit.UNKNOWN, name + " lost its session or did not renew in time; why cannot be told, "
                + why);
    }

    private Finding told(Witness.Account account) {
        if (clocks.reckoned(account.begun(), account).isAfter(successor)) {
            return new Finding(Culprit.VANISHED, name + " vanished: its process ended without a word that anybody "
                    + "saw, and its session had to expire; another process runs in its place by now");
        }
        List<JournalEntry> then = account.entries().stream().filter(entry -> isOfThen(entry, account)).toList();
        Optional<JournalEntry> frozen = then.stream()
                .filter(entry -> entry.kind() == Kind.FROZEN && length(entry).compareTo(FREEZE) >= 0)
                .filter(entry -> begun(entry, account).isBefore(successor))
                .max(Comparator.comparing(JournalEntry::number));
        Optional<JournalEntry> cut = then.stream()
                .filter(entry -> entry.kind() == Kind.CUT_OFF && !endedBefore(entry, then, account))
                .filter(entry -> clocks.reckoned(entry, account).isBefore(successor.plus(FREEZE)))
                .max(Comparator.comparing(JournalEntry::number));
        if (frozen.isPresent() && cut.map(entry -> begun(frozen.get(), account)
                .isBefore(clocks.reckoned(entry, account))).orElse(true)) {
            return new Finding(Culprit.FROZEN, name + " was frozen: it did not run for "
                    + millis(length(frozen.get())) + ", longer than its clock guard");
        }
        if (cut.isPresent()) {
            return disconnected(cut.get(), account);
        }
        if (then.stream().anyMatch(entry -> entry.kind() == Kind.SESSION_ENDED)) {
            return sessionEnded();
        }
        return then.stream().filter(entry -> entry.kind() == Kind.LOSS)
                .filter(entry -> entry.epoch().equals(Optional.of(old.epoch())))
                .findFirst().flatMap(loss -> byHand(loss.words()))
                .orElseGet(() -> unknown("its own record shows neither a freeze nor a lost connection"));
    }

    /** Returns what a node's own words for its loss say of somebody's hand; the words are those of its code. */
    Optional<Finding> byHand(String words) {
        if (words.contains("place in the latch") || words.contains("refused") && words.contains("/latch/")) {
            return Optional.of(new Finding(Culprit.PLACE_REMOVED, name + " gave up, because its place in the latch was "
                    + "removed by somebody's hand"));
        }
        return words.contains("registration is gone") ? Optional.of(new Finding(Culprit.REGISTRATION_REMOVED,
                name + " gave up, because its registration was removed by somebody's hand")) : Optional.empty();
    }

    /** A session that is gone long before its timeout could have passed did not expire. */
    private Finding disconnected(JournalEntry cut, Witness.Account account) {
        Duration timeout = length(cut);
        boolean tooSoon = Duration.between(clocks.reckoned(cut, account), successor)
                .compareTo(timeout.dividedBy(4)) < 0;
        return tooSoon ? sessionEnded() : new Finding(Culprit.CUT_OFF, name + " was cut off from ZooKeeper at "
                + clocks.reckoned(cut, account) + " and did not get back within its session timeout of "
                + millis(timeout));
    }

    private Finding sessionEnded() {
        return new Finding(Culprit.SESSION_ENDED, name + " had its ZooKeeper session ended by somebody while its "
                + "process ran");
    }

    /** Not before it was master, and not long after its successor. */
    private boolean isOfThen(JournalEntry entry, Witness.Account account) {
        Instant at = clocks.reckoned(entry, account);
        return old.since().map(begin -> !at.isBefore(begin.minus(FREEZE))).orElse(true)
                && begun(entry, account).isBefore(successor.plusSeconds(60));
    }

    /** Returns whether the connection was back before the mastership was lost: that cut was a blip. */
    private boolean endedBefore(JournalEntry cut, List<JournalEntry> then, Witness.Account account) {
        return then.stream().filter(entry -> entry.number() > cut.number())
                .filter(entry -> entry.kind() == Kind.CONNECTED || entry.kind() == Kind.SESSION_ENDED
                        || entry.kind() == Kind.LOSS)
                .findFirst()
                .filter(entry -> entry.kind() == Kind.CONNECTED
                        && clocks.reckoned(entry, account).isBefore(successor)).isPresent();
    }

    private Instant begun(JournalEntry entry, Witness.Account account) {
        Instant at = clocks.reckoned(entry, account);
        return entry.kind() == Kind.FROZEN ? at.minus(length(entry)) : at;
    }

    private static Duration length(JournalEntry entry) {
        return entry.length().orElse(Duration.ZERO);
    }

    private static String millis(Duration length) {
        return length.toMillis() + " ms";
    }
}
