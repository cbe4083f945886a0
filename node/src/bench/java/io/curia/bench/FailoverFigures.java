package io.curia.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** What the failover rounds have shown so far. */
final class FailoverFigures {

    private final Map<What, Map<Arm, Series>> series = new LinkedHashMap<>();
    private final AtomicInteger needless = new AtomicInteger();

    /** One row of the table. */
    private record What(Setup setup, Fault fault, Measure measure) {
    }

    synchronized void add(Setup setup, Fault fault, Measure measure, Arm arm, double millis) {
        series.computeIfAbsent(new What(setup, fault, measure), key -> new LinkedHashMap<>())
                .computeIfAbsent(arm, key -> new Series()).add(millis);
    }

    /** Counts changes of master that no fault was the reason of. */
    void addNeedless(long changes) {
        needless.addAndGet((int) changes);
    }

    synchronized int size(Setup setup, Fault fault, Arm arm) {
        return series.entrySet().stream()
                .filter(row -> row.getKey().setup().equals(setup) && row.getKey().fault() == fault)
                .mapToInt(row -> row.getValue().getOrDefault(arm, new Series()).size()).max().orElse(0);
    }

    synchronized List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        series.forEach((what, arms) -> {
            Row row = Row.of(Topic.FAILOVER, what.fault().words() + ": " + what.measure() + " (" + what.setup() + ")",
                    "ms", of(arms, Arm.FAST), of(arms, Arm.BARE), what.fault().goals(what.setup(), what.measure()))
                    .withSession(of(arms, Arm.SESSION));
            boolean crash = what.fault() == Fault.KILL && what.measure() == Measure.MASTER;
            rows.add(crash ? row.heldAgainst(Row.Rival.HUNDRED_TIMES_FASTER) : row);
        });
        if (!rows.isEmpty()) {
            rows.set(0, rows.get(0).noted("changes of master that no fault was the reason of: " + needless));
        }
        return rows;
    }

    private static Series of(Map<Arm, Series> arms, Arm arm) {
        return arms.getOrDefault(arm, new Series());
    }
}
