package io.curia.runtime;

import io.curia.core.Action;
import io.curia.core.ActionKind;
import io.curia.core.Event;
import io.curia.core.Moment;
import io.curia.core.Obituary;
import io.curia.model.Ending;
import io.curia.model.Epoch;
import io.curia.model.JournalEntry;
import io.curia.model.JournalEntry.Kind;
import io.curia.model.MasterRecord;
import io.curia.model.NodeId;
import io.curia.model.Observation;
import io.curia.model.Tenure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What this node saw and did of late, for whoever asks afterwards why the master changed. The loop writes it, anybody
 * reads it; a few hundred entries are kept.
 */
final class Journal {

    static final int CAPACITY = 256;
    /** A loop that wakes this much too late did not run: its process was frozen, or starved of its processor. */
    private static final long LATE_NANOS = Duration.ofMillis(500).toNanos();

    private final Instant begun;
    private final Deque<JournalEntry> entries = new ArrayDeque<>();
    private long next;
    // The loop's own, to tell what is news.
    private Observation last = Observation.NOTHING;
    private Optional<Tenure> claimed = Optional.empty();
    private boolean renewalLost;
    /** The session of which it is known already that it ended. */
    private long endedSession;

    Journal(Instant begun) {
        this.begun = begun;
    }

    /** Returns since when this journal is kept. */
    Instant begun() {
        return begun;
    }

    /** Returns at most so many entries that come after this number, oldest first. */
    synchronized List<JournalEntry> after(long number, int most) {
        return entries.stream().filter(entry -> entry.number() > number).limit(most).toList();
    }

    /** Returns the number of the last entry, -1 before the first. */
    synchronized long lastNumber() {
        return next - 1;
    }

    private synchronized void add(Moment now, Kind kind, Optional<NodeId> about, Optional<Epoch> epoch,
            Optional<Duration> length, String words) {
        if (entries.size() == CAPACITY) {
            entries.removeFirst();
        }
        entries.addLast(new JournalEntry(next++, now.wall(), now.nanos(), kind, about, epoch, length, words));
    }

    private void add(Moment now, Kind kind, String words) {
        add(now, kind, Optional.empty(), Optional.empty(), Optional.empty(), words);
    }

    /** The loop wanted to go on at this moment of the monotonic clock and goes on now. */
    void woke(long dueNanos, Moment now) {
        long late = now.nanos() - dueNanos;
        if (late >= LATE_NANOS) {
            Duration length = Duration.ofNanos(late);
            add(now, Kind.FROZEN, Optional.empty(), Optional.empty(), Optional.of(length),
                    "did not run for " + length.toMillis() + " ms");
        }
    }

    /** The loop learns of this event. */
    void heard(Event event, Moment now) {
        if (event instanceof Event.Observed observed) {
            observed(observed.observation(), now);
        } else if (event instanceof Event.Claimed committed) {
            claimed.filter(tenure -> tenure.claimId().equals(committed.claimId())).ifPresent(tenure -> add(now,
                    Kind.CLAIMED, Optional.empty(), Optional.of(tenure.epoch()), Optional.empty(),
                    "its claim to epoch " + tenure.epoch() + " was committed"));
        } else if (event instanceof Event.Renewed) {
            renewalLost = false;
        } else if (event instanceof Event.RenewalRefused refused) {
            add(now, Kind.RENEWAL_REFUSED, "its renewal was refused: " + refused.detail());
        } else if (event instanceof Event.Completed completed) {
            completed(completed, now);
        } else if (event instanceof Event.DeathVerified verified) {
            Obituary obituary = verified.obituary();
            add(now, Kind.VERDICT, Optional.of(obituary.id()), Optional.empty(), Optional.empty(),
                    obituary.id() + " is " + (obituary.proven() ? "dead: " : "gone, not proven dead: ")
                            + obituary.evidence());
        } else if (event instanceof Event.StepDownRequested asked) {
            add(now, Kind.ASKED, "asked to give up mastership (" + asked.cause() + "): " + asked.reason());
        } else if (event instanceof Event.StopRequested asked) {
            add(now, Kind.ASKED, "asked to end: " + asked.reason());
        } else if (event instanceof Event.Failed failed) {
            add(now, Kind.FAULT, failed.kind() + ": " + failed.detail());
        }
    }

    private void completed(Event.Completed completed, Moment now) {
        if (completed.kind() == ActionKind.REMOVE) {
            add(now, Kind.REMOVAL, "the removal ended " + completed.result() + " " + completed.detail());
        } else if (completed.kind() == ActionKind.RENEW && !renewalLost) {
            renewalLost = true;
            add(now, Kind.RENEWAL_LOST, "a renewal was not answered: " + completed.detail());
        }
    }

    private void observed(Observation seen, Moment now) {
        boolean otherSession = last.sessionId() != 0 && seen.connected() && seen.sessionId() != last.sessionId();
        boolean lost = last.live().isPresent() && !seen.connected() && seen.live().isEmpty();
        if (last.connected() && !seen.connected()) {
            add(now, Kind.CUT_OFF, Optional.empty(), Optional.empty(), Optional.of(last.sessionTimeout()),
                    "lost its connection to ZooKeeper (session timeout " + last.sessionTimeout().toMillis() + " ms)");
        }
        if ((otherSession || lost) && last.sessionId() != endedSession) {
            endedSession = last.sessionId();
            add(now, Kind.SESSION_ENDED, "its session with ZooKeeper is over");
        }
        if (!last.connected() && seen.connected()) {
            add(now, Kind.CONNECTED, "connected to ZooKeeper, session 0x" + Long.toHexString(seen.sessionId()));
        }
        if (!seen.master().equals(last.master())) {
            seen.master().tenure().ifPresent(tenure -> saw(tenure, last.master(), now));
        }
        last = seen;
    }

    private void saw(Tenure tenure, MasterRecord before, Moment now) {
        boolean known = before.tenure().filter(old -> old.claimId().equals(tenure.claimId())).isPresent();
        if (!known) {
            add(now, Kind.SAW, Optional.of(tenure.id()), Optional.of(tenure.epoch()), Optional.empty(),
                    "saw that " + tenure.id() + " is master of epoch " + tenure.epoch());
        }
        Optional<Ending> ending = tenure.ending();
        if (ending.isPresent() && !(known && before.tenure().flatMap(Tenure::ending).equals(ending))) {
            add(now, Kind.SAW, Optional.of(tenure.id()), Optional.of(tenure.epoch()), Optional.empty(),
                    "saw that epoch " + tenure.epoch() + " of " + tenure.id() + " was ended by "
                            + ending.get().actor() + " (" + ending.get().cause() + ", "
                            + (ending.get().confirmed() ? "confirmed)" : "not confirmed)"));
        }
    }

    /** The loop has begun this action. */
    void did(Action action, Moment now) {
        if (action instanceof Action.RoleChanged change) {
            add(now, Kind.ROLE, Optional.empty(), Optional.of(change.epoch()), Optional.empty(),
                    change.from() + " -> " + change.to() + ": " + change.reason());
        } else if (action instanceof Action.Claim claim) {
            didClaim(claim, now);
        } else if (action instanceof Action.Remove remove) {
            List<String> names = new ArrayList<>();
            remove.dead().forEach(dead -> names.add(dead.id().value()));
            add(now, Kind.REMOVAL, Optional.of(remove.dead().get(0).id()), Optional.empty(), Optional.empty(),
                    "has the dead removed: " + String.join(", ", names));
            remove.claim().ifPresent(claim -> didClaim(claim, now));
        } else if (action instanceof Action.Yield yielding) {
            add(now, Kind.LOSS, Optional.empty(), Optional.of(yielding.word().epoch()), Optional.empty(),
                    "its duties have stopped, and says so to whoever is next");
        } else if (action instanceof Action.StopDuties stop) {
            add(now, Kind.LOSS, Optional.empty(), Optional.of(stop.epoch()), Optional.empty(),
                    "stops its duties as master" + (stop.planned() ? ": " : " at once: ") + stop.reason());
        }
    }

    private void didClaim(Action.Claim claim, Moment now) {
        Tenure tenure = claim.tenure();
        if (!claimed.equals(Optional.of(tenure))) {
            claimed = Optional.of(tenure);
            add(now, Kind.CLAIM, Optional.empty(), Optional.of(tenure.epoch()), Optional.empty(),
                    "claims epoch " + tenure.epoch() + " after " + tenure.cause()
                            + claim.takeover().map(over -> ", takes over from " + over.ended().id()).orElse(""));
        }
    }
}
