package io.curia.proof;

import io.curia.proof.Violation.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Explains every change of master by the fault that was injected just then, and asks whether the record gives a cause
 * that fits. What nothing explains was needless, unless the host itself stood still for so long that a guard could run
 * out.
 */
final class Attribution {

    /** The share of the guard that is left at least when nothing is wrong, since renewals are sent well before. */
    private static final double EXCUSE = 0.6;

    private final History history;
    private final List<Violation> violations = new ArrayList<>();
    private final List<String> excused = new ArrayList<>();

    private Attribution(History history) {
        this.history = history;
    }

    static List<Violation> check(History history) {
        return of(history).violations;
    }

    /** Returns what would be a violation if the host had not stood still. */
    static List<String> excused(History history) {
        return List.copyOf(of(history).excused);
    }

    private static Attribution of(History history) {
        Attribution attribution = new Attribution(history);
        Optional<Fault> before = Optional.empty();
        for (Fault fault : history.faults()) {
            attribution.between(before, fault);
            attribution.during(fault);
            before = Optional.of(fault);
        }
        return attribution;
    }

    private void between(Optional<Fault> before, Fault fault) {
        before.filter(earlier -> earlier.epochAfter() != fault.epochBefore()).ifPresent(earlier ->
                report(earlier.settledNanos(), fault.fromNanos(), "the epoch went from " + earlier.epochAfter() + " to "
                        + fault.epochBefore() + " " + causes(earlier.epochAfter(), fault.epochBefore())
                        + " while nothing was done, after " + earlier));
    }

    private void during(Fault fault) {
        long changes = fault.epochAfter() - fault.epochBefore();
        if (changes < fault.kind().least || changes > fault.kind().most) {
            report(fault.fromNanos(), fault.settledNanos(), changes + " changes of master (expected: "
                    + fault.kind().least + " to " + fault.kind().most + ") "
                    + causes(fault.epochBefore(), fault.epochAfter()) + " by " + fault);
            return;
        }
        history.sightings().stream()
                .filter(seen -> seen.epoch() > fault.epochBefore() && seen.epoch() <= fault.epochAfter())
                .filter(seen -> !seen.ended() && !fault.kind().causes.contains(seen.cause()))
                .forEach(seen -> report(fault.fromNanos(), fault.settledNanos(), "epoch " + seen.epoch()
                        + " was claimed because of " + seen.cause() + " (expected: " + fault.kind().causes + ") by "
                        + fault));
    }

    private List<String> causes(long after, long upTo) {
        return history.sightings().stream().filter(seen -> seen.epoch() > after && seen.epoch() <= upTo)
                .map(seen -> seen.epoch() + (seen.ended() ? " ended, " : " ") + seen.cause()).toList();
    }

    private void report(long fromNanos, long toNanos, String detail) {
        Optional<Stall> stall = history.stalls().stream()
                .filter(each -> each.nanos() > EXCUSE * history.guard().toNanos())
                .filter(each -> each.fromNanos() < toNanos && each.toNanos() > fromNanos)
                .findFirst();
        if (stall.isPresent()) {
            excused.add(detail + "; " + stall.get());
        } else {
            violations.add(new Violation(Rule.NEEDLESS, fromNanos, detail));
        }
    }
}
