package io.curia.proof;

import io.curia.proof.Violation.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * What a history amounts to, for people: one row a kind of fault, and the sums.
 *
 * @param history what happened
 * @param violations what the checker found in it
 */
record Summary(History history, List<Violation> violations) {

    static Summary of(History history) {
        return new Summary(history, Checker.check(history));
    }

    /** Returns how long after the fault the first valid master of a later epoch was there; empty if none was. */
    static OptionalLong failoverNanos(History history, Fault fault) {
        return history.stretches().stream()
                .filter(stretch -> stretch.epoch() > fault.epochBefore() && stretch.epoch() <= fault.epochAfter())
                .mapToLong(Stretch::fromNanos).min().stream().map(nanos -> nanos - fault.fromNanos()).findFirst();
    }

    /** Returns one line a fault, for spreadsheets. */
    List<String> lines() {
        return history.faults().stream().map(fault -> String.join(",", Integer.toString(fault.number()),
                fault.kind().name(), '"' + fault.detail() + '"', Long.toString(fault.epochBefore()),
                Long.toString(fault.epochAfter()), causes(List.of(fault)),
                failoverNanos(history, fault).stream().mapToObj(Summary::millis).findFirst().orElse(""),
                millis(overlapNanos(fault)), Long.toString(stale(fault)), Boolean.toString(fault.settled()))).toList();
    }

    private long overlapNanos(Fault fault) {
        return Overlap.in(history.stretches()).stream().filter(each -> isWithin(fault, each.nanos()))
                .mapToLong(Overlap::lengthNanos).sum();
    }

    private long stale(Fault fault) {
        return violations.stream().filter(each -> each.rule() == Rule.STALE_COMMIT)
                .filter(each -> isWithin(fault, each.nanos())).count();
    }

    private static boolean isWithin(Fault fault, long nanos) {
        return nanos >= fault.fromNanos() && nanos <= fault.settledNanos();
    }

    private String causes(List<Fault> faults) {
        return history.sightings().stream().filter(seen -> !seen.ended() && faults.stream().anyMatch(fault ->
                        seen.epoch() > fault.epochBefore() && seen.epoch() <= fault.epochAfter()))
                .collect(Collectors.groupingBy(Sighting::cause, () -> new EnumMap<>(io.curia.model.Cause.class),
                        Collectors.mapping(Sighting::epoch, Collectors.toSet())))
                .entrySet().stream().map(each -> each.getKey() + " " + each.getValue().size())
                .collect(Collectors.joining(" "));
    }

    /** Returns the table and the sums. */
    String table() {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%-25s%7s%9s%10s%10s%10s%12s%7s  %s%n",
                "fault", "faults", "changes", "p50 ms", "p99 ms", "max ms", "overlap ms", "stale", "causes"));
        Map<FaultKind, List<Fault>> byKind = history.faults().stream()
                .collect(Collectors.groupingBy(Fault::kind, () -> new EnumMap<>(FaultKind.class), Collectors.toList()));
        byKind.forEach((kind, faults) -> text.append(row(kind.words(), faults)));
        return text.append(row("all", history.faults())).append(sums()).toString();
    }

    private String row(String name, List<Fault> faults) {
        List<Long> failovers = new ArrayList<>(faults.stream()
                .flatMap(fault -> failoverNanos(history, fault).stream().boxed()).toList());
        failovers.sort(Comparator.naturalOrder());
        return String.format(Locale.ROOT, "%-25s%7d%9d%10s%10s%10s%12s%7d  %s%n", name, faults.size(),
                faults.stream().mapToLong(fault -> fault.epochAfter() - fault.epochBefore()).sum(),
                quantile(failovers, 0.5), quantile(failovers, 0.99), quantile(failovers, 1),
                millis(faults.stream().mapToLong(this::overlapNanos).sum()),
                faults.stream().mapToLong(this::stale).sum(), causes(faults));
    }

    private static String quantile(List<Long> sorted, double share) {
        return sorted.isEmpty() ? "" : millis(sorted.get((int) Math.ceil(share * sorted.size()) - 1));
    }

    private String sums() {
        Map<Write.Outcome, Long> outcomes = history.writes().stream()
                .collect(Collectors.groupingBy(Write::outcome, () -> new EnumMap<>(Write.Outcome.class),
                        Collectors.counting()));
        Map<Rule, Long> rules = violations.stream()
                .collect(Collectors.groupingBy(Violation::rule, () -> new EnumMap<>(Rule.class),
                        Collectors.counting()));
        return String.format(Locale.ROOT, "%d processes, %d writes tried %s, %d committed, %d overlapping, "
                        + "%d excused by a host that stood still%nviolations: %s%n", history.runs().size(),
                history.writes().size(), outcomes, history.commits().size(),
                Overlap.in(history.stretches()).size(), Attribution.excused(history).size(),
                rules.isEmpty() ? "none" : rules);
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.1f", nanos / 1e6);
    }
}
