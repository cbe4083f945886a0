package io.curia.admin.story;

import io.curia.document.Reign;
import io.curia.model.ClusterEvent;
import io.curia.model.Happening;
import io.curia.model.JournalEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the history and the witnesses say of the time around one change of master, in one order. */
final class Timeline {

    private static final Duration BEFORE = Duration.ofSeconds(5);
    private static final Duration AFTER = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final int MAX_LINES = 80;

    private final List<ClusterEvent> events;
    private final ClusterEvent elected;
    private final Clocks clocks;
    private final Instant end;
    private final Optional<Instant> lost;
    private final Optional<Reign> before;

    Timeline(List<ClusterEvent> events, Optional<Reign> before, ClusterEvent elected, Clocks clocks) {
        this.events = events;
        this.before = before;
        this.elected = elected;
        this.clocks = clocks;
        this.end = elected.time().plus(AFTER);
        this.lost = before.flatMap(Reign::until);
    }

    List<Story.Line> of(Collection<Witness> witnesses) {
        Instant start = start(witnesses);
        List<Story.Line> lines = new ArrayList<>();
        events.stream().filter(event -> within(event.time(), start))
                .map(event -> new Story.Line(event.time(), "zookeeper", event.type().name(), words(event.what())))
                .forEach(lines::add);
        for (Witness witness : witnesses) {
            witness.journal().ifPresent(account -> account.entries().stream()
                    .filter(entry -> within(clocks.reckoned(entry, account), start) || explains(entry, account))
                    .map(entry -> new Story.Line(clocks.reckoned(entry, account), witness.id().value(),
                            entry.kind().name(), entry.words()))
                    .forEach(lines::add));
        }
        lines.sort(Comparator.comparing(Story.Line::time));
        return lines.size() <= MAX_LINES ? lines : lines.subList(lines.size() - MAX_LINES, lines.size());
    }

    private boolean within(Instant time, Instant start) {
        return !time.isBefore(start) && !time.isAfter(end);
    }

    /** A process that was frozen takes that down when it runs again, which may be long afterwards. */
    private boolean explains(JournalEntry entry, Witness.Account account) {
        Instant at = clocks.reckoned(entry, account);
        return entry.kind() == JournalEntry.Kind.FROZEN && at.isAfter(end)
                && at.minus(entry.length().orElse(Duration.ZERO)).isBefore(elected.time());
    }

    /** Begins where the old master lost ZooKeeper, if it did, else a little before its end. */
    private Instant start(Collection<Witness> witnesses) {
        Instant usual = lost.filter(time -> time.isBefore(elected.time())).orElse(elected.time()).minus(BEFORE);
        Instant earliest = elected.time().minus(LONGEST);
        return before.flatMap(old -> Clocks.find(old.id(), witnesses)).flatMap(Witness::journal)
                .flatMap(account -> account.entries().stream()
                        .filter(entry -> entry.kind() == JournalEntry.Kind.CUT_OFF)
                        .map(entry -> clocks.reckoned(entry, account))
                        .filter(at -> at.isBefore(usual) && at.isAfter(earliest))
                        .max(Comparator.naturalOrder()))
                .map(at -> at.minus(BEFORE)).orElse(usual);
    }

    private static String words(Happening what) {
        return (what.id().map(id -> id + " ").orElse("") + what.epoch().map(epoch -> "epoch " + epoch + " ").orElse("")
                + what.cause().map(cause -> cause + " ").orElse("")
                + (what.actor().isEmpty() ? "" : "by " + what.actor())
                + (what.reason().isEmpty() ? "" : ": " + what.reason())).strip();
    }
}
