package io.curia.proof;

import io.curia.proof.Violation.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reads a history and says what in it must never have happened. Pure: the same history, the same answer.
 *
 * <p>It relies on nothing that a node says of itself but what it was told of its writes and when it was valid; the
 * order of things is ZooKeeper's.
 */
final class Checker {

    private final History history;
    private final List<Violation> violations = new ArrayList<>();

    private Checker(History history) {
        this.history = history;
    }

    /** Returns everything that is wrong with this history; empty if nothing is. */
    static List<Violation> check(History history) {
        Checker checker = new Checker(history);
        checker.epochsNeverDecreaseInTheOrderOfCommits();
        checker.everyOutcomeIsTrue();
        checker.theRegisterHoldsTheLastCommit();
        checker.anEpochHasOneHolder();
        checker.noTwoAreValidAtOnce();
        checker.aClockRunsOutBeforeItsSuccessorByExpiryIsValid();
        checker.thereIsAMasterAgainInTime();
        checker.nobodyEndsByItself();
        checker.violations.addAll(Attribution.check(history));
        return List.copyOf(checker.violations);
    }

    private void report(Rule rule, long nanos, String detail) {
        violations.add(new Violation(rule, nanos, detail));
    }

    /**
     * The record tells of an epoch's beginning and end as they were seen, not of those that came and went unseen; then
     * the first commit of a higher epoch tells of its beginning.
     */
    private void epochsNeverDecreaseInTheOrderOfCommits() {
        TreeMap<Long, Long> over = new TreeMap<>();
        history.sightings().forEach(seen -> over.merge(seen.zxid(), seen.ended() ? seen.epoch() : seen.epoch() - 1,
                Math::max));
        history.commits().forEach(commit -> over.merge(commit.zxid(), commit.epoch() - 1, Math::max));
        long highest = Long.MIN_VALUE;
        for (Map.Entry<Long, Long> each : over.entrySet()) {
            highest = Math.max(highest, each.getValue());
            each.setValue(highest);
        }
        Map<String, Write> writes = byMark();
        for (Commit commit : history.commits()) {
            Map.Entry<Long, Long> earlier = over.lowerEntry(commit.zxid());
            if (earlier != null && commit.epoch() <= earlier.getValue()) {
                Write write = writes.get(commit.mark());
                report(Rule.STALE_COMMIT, write == null ? 0 : write.triedNanos(), commit.mark() + " was committed by "
                        + Long.toHexString(commit.zxid()) + ", after epoch " + earlier.getValue() + " was over"
                        + (write != null && write.outcome() == Write.Outcome.DONE ? ", and acknowledged" : ""));
            }
        }
    }

    private Map<String, Write> byMark() {
        return history.writes().stream().collect(Collectors.toMap(Write::mark, write -> write));
    }

    private void everyOutcomeIsTrue() {
        Map<String, Write> writes = byMark();
        Set<String> committed = new HashSet<>();
        for (Commit commit : history.commits()) {
            if (!committed.add(commit.mark())) {
                report(Rule.OUTCOME, 0, commit.mark() + " was committed twice");
            }
            if (!writes.containsKey(commit.mark())) {
                report(Rule.OUTCOME, 0, commit.mark() + " was committed and never tried");
            }
        }
        for (Write write : history.writes()) {
            boolean there = committed.contains(write.mark());
            boolean lies = switch (write.outcome()) {
                case DONE -> !there;
                case FENCED -> there;
                // Nothing but the epoch's end is a reason to refuse one of these writes.
                case REFUSED -> true;
                case UNKNOWN, NOTHING -> false;
            };
            if (lies) {
                report(Rule.OUTCOME, write.triedNanos(), write.mark() + " was " + write.outcome() + " and is "
                        + (there ? "committed" : "not committed"));
            }
        }
    }

    private void theRegisterHoldsTheLastCommit() {
        Register register = history.register();
        if (register.version() != history.commits().size()) {
            report(Rule.REGISTER, 0, "the register was written " + register.version() + " times, and there are "
                    + history.commits().size() + " commits");
        }
        history.commits().stream().max(Comparator.comparingLong(Commit::zxid)).ifPresent(last -> {
            if (register.mzxid() != last.zxid() || !register.mark().equals(last.mark())) {
                report(Rule.REGISTER, 0, "the register holds " + register.mark() + " of "
                        + Long.toHexString(register.mzxid()) + ", and the last commit is " + last);
            }
        });
    }

    private void anEpochHasOneHolder() {
        Map<Long, String> holders = new HashMap<>();
        long highest = 0;
        for (Sighting seen : history.sightings()) {
            String holder = holders.putIfAbsent(seen.epoch(), seen.holder());
            if (holder != null && !holder.equals(seen.holder())) {
                report(Rule.EPOCH, seen.seenNanos(),
                        "epoch " + seen.epoch() + " has two holders, " + holder + " and " + seen.holder());
            }
            if (seen.epoch() < highest) {
                report(Rule.EPOCH, seen.seenNanos(), "the record went from epoch " + highest + " to " + seen.epoch());
            }
            highest = Math.max(highest, seen.epoch());
        }
        Map<Long, String> processes = new HashMap<>();
        for (Stretch stretch : history.stretches()) {
            String process = stretch.node() + "/" + stretch.run();
            String first = processes.putIfAbsent(stretch.epoch(), process);
            if (first != null && !first.equals(process)) {
                report(Rule.EPOCH, stretch.fromNanos(),
                        "epoch " + stretch.epoch() + " was held by " + first + " and " + process);
            }
        }
    }

    private void noTwoAreValidAtOnce() {
        for (Overlap overlap : Overlap.in(history.stretches())) {
            report(Rule.OVERLAP, overlap.nanos(), overlap.toString());
        }
    }

    /**
     * Stronger than what was seen of validity: a frozen master is asked nothing, and yet might run again and believe
     * itself valid at any moment until its guard runs out.
     */
    private void aClockRunsOutBeforeItsSuccessorByExpiryIsValid() {
        Map<Long, List<Stretch>> byEpoch = history.stretches().stream().collect(Collectors.groupingBy(Stretch::epoch));
        Set<Long> byExpiry = history.sightings().stream()
                .filter(seen -> seen.cause() == io.curia.model.Cause.SESSION_EXPIRED).map(Sighting::epoch)
                .collect(Collectors.toSet());
        for (long epoch : byExpiry) {
            for (Stretch next : byEpoch.getOrDefault(epoch, List.of())) {
                byEpoch.getOrDefault(epoch - 1, List.of()).stream()
                        .filter(held -> held.untilNanos() > next.fromNanos() && lived(held, next.fromNanos()))
                        .forEach(held -> report(Rule.GUARD, next.fromNanos(), held + " would be valid for "
                                + millis(held.untilNanos() - next.fromNanos()) + " ms after " + next + " began"));
            }
        }
    }

    private boolean lived(Stretch held, long nanos) {
        return history.runs().stream().anyMatch(run -> run.node().equals(held.node()) && run.run() == held.run()
                && run.endedNanos() > nanos);
    }

    private void thereIsAMasterAgainInTime() {
        long covered = history.fromNanos();
        List<Stretch> inOrder = history.stretches().stream()
                .sorted(Comparator.comparingLong(Stretch::fromNanos)).toList();
        for (Stretch stretch : inOrder) {
            gap(covered, Math.min(stretch.fromNanos(), history.toNanos()));
            covered = Math.max(covered, stretch.toNanos());
        }
        gap(covered, history.toNanos());
        history.faults().stream().filter(fault -> !fault.settled()).forEach(fault -> report(Rule.STUCK,
                fault.fromNanos(), "all was not well again after " + fault));
    }

    private void gap(long from, long to) {
        if (to - from > history.withoutMaster().toNanos()) {
            report(Rule.STUCK, from, "no valid master for " + millis(to - from) + " ms");
        }
    }

    private void nobodyEndsByItself() {
        history.oddities().forEach(oddity -> report(Rule.ENDED, 0, oddity));
    }

    private static String millis(long nanos) {
        return String.format(java.util.Locale.ROOT, "%.1f", nanos / 1e6);
    }
}
