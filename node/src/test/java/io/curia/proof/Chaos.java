package io.curia.proof;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Injects faults one after the other, chosen from a seed, lets the cluster get well in between, and tells it all. */
final class Chaos {

    /** A session, an election, a JVM's start, on a machine that does much else. */
    private static final Duration SETTLING = Duration.ofSeconds(60);
    private static final int LONGEST_PAUSE_MILLIS = 400;
    private static final long STALL_NANOS = 100_000_000;
    private static final long TICK_NANOS = 10_000_000;
    private static final int CABLE_WEIGHT = 10;

    private final Lab lab;
    private final Random random;
    private final Faults faults;
    private final Consumer<Fault> progress;
    private final List<Fault> injected = new ArrayList<>();
    private final List<String> oddities = new ArrayList<>();
    private final Queue<Stall> stalls = new ConcurrentLinkedQueue<>();

    Chaos(Lab lab, long seed, Consumer<Fault> progress) {
        this.lab = lab;
        this.random = new Random(seed);
        this.faults = new Faults(lab, random);
        this.progress = progress;
    }

    /** Injects these kinds in this order. */
    History inject(List<FaultKind> kinds) throws Exception {
        long from = begin();
        for (FaultKind kind : kinds) {
            inject(kind);
        }
        return end(from);
    }

    /** Injects so many faults, each of one of these kinds that is possible just then, by weight. */
    History inject(int count, Set<FaultKind> kinds) throws Exception {
        long from = begin();
        for (int number = 0; number < count; number++) {
            inject(choose(kinds));
        }
        return end(from);
    }

    private long begin() {
        if (!lab.awaitAllWell(SETTLING)) {
            throw new IllegalStateException("the cluster did not come up: " + lab.subjects().stream()
                    .map(subject -> subject.name() + " ready=" + subject.isReady()).toList());
        }
        if (!lab.subjects().stream().allMatch(Subject::sharesClock)) {
            throw new IllegalStateException("processes of this system do not share System.nanoTime()");
        }
        Thread watch = new Thread(this::watchForStalls, "stalls");
        watch.setDaemon(true);
        watch.start();
        return System.nanoTime();
    }

    /** A driver that does not run delays what goes through its gates, and sees everything late. */
    private void watchForStalls() {
        long last = System.nanoTime();
        while (true) {
            LockSupport.parkNanos(TICK_NANOS);
            long now = System.nanoTime();
            if (now - last > STALL_NANOS) {
                stalls.add(new Stall("driver", last, now));
            }
            last = now;
        }
    }

    private FaultKind choose(Set<FaultKind> kinds) throws Exception {
        Lab.Master master = awaitMaster();
        List<FaultKind> possible = new ArrayList<>();
        for (FaultKind kind : kinds) {
            if (faults.isPossible(kind, master)) {
                possible.addAll(Collections.nCopies(weight(kind), kind));
            }
        }
        // Some kinds need a certain master: one that leaves in order makes room for it.
        return possible.isEmpty() ? FaultKind.STOP_MASTER : possible.get(random.nextInt(possible.size()));
    }

    private Lab.Master awaitMaster() {
        AtomicReference<Lab.Master> found = new AtomicReference<>();
        Lab.await(SETTLING, () -> {
            lab.master().ifPresent(found::set);
            return found.get() != null;
        });
        return Optional.ofNullable(found.get())
                .orElseThrow(() -> new IllegalStateException("no valid master for " + SETTLING));
    }

    private int weight(FaultKind kind) {
        boolean cable = kind == FaultKind.PULL_CABLE || kind == FaultKind.LOOSE_CABLE;
        return cable && lab.network().hasCables() ? CABLE_WEIGHT : kind.weight;
    }

    private void inject(FaultKind kind) throws Exception {
        Lab.Master before = awaitMaster();
        long from = System.nanoTime();
        Faults.Injected done = faults.inject(kind, before);
        boolean settled = settle(kind, before.epoch(), done.victims());
        Fault fault = new Fault(injected.size() + 1, kind, done.detail(), before.epoch(),
                settledEpoch(before.epoch()), from, System.nanoTime(), settled);
        injected.add(fault);
        progress.accept(fault);
        lab.keeper().requireSound();
        Faults.last(Duration.ofMillis(random.nextInt(LONGEST_PAUSE_MILLIS)));
    }

    private long settledEpoch(long before) {
        return lab.stretches().stream().mapToLong(Stretch::epoch).max().orElse(before);
    }

    /** Returns whether the cluster got well: the change of master came if one must, and whoever lived on is back. */
    private boolean settle(FaultKind kind, long before, List<Subject> victims) throws Exception {
        if (kind.least > 0) {
            lab.awaitEpochAfter(before, SETTLING);
        }
        oddities.addAll(lab.revive());
        long now = System.nanoTime();
        return Lab.await(SETTLING, () -> {
            List<String> candidates = List.copyOf(lab.keeper().candidates());
            return candidates.size() >= lab.settings().healthy()
                    && victims.stream().allMatch(victim -> candidates.contains(victim.name()))
                    && lab.isRenewedSince(now) && (kind != FaultKind.RESTART_SERVER || lab.serversServe());
        });
    }

    private History end(long from) throws Exception {
        long to = System.nanoTime();
        for (Subject subject : lab.subjects()) {
            subject.endedByItself().ifPresent(oddities::add);
        }
        List<Run> runs = lab.subjects().stream().flatMap(subject -> subject.runs().stream()).toList();
        lab.stopNodes();
        List<Write> writes = new ArrayList<>();
        for (Subject subject : lab.subjects()) {
            for (WriteLog.Content content : subject.logs()) {
                writes.addAll(content.writes());
                stalls.addAll(content.gaps());
            }
        }
        stalls.addAll(slowAnswers(writes));
        List<Stretch> stretches = lab.stretches();
        // What was on its way when the last process was killed is committed by the time that all is read.
        List<Commit> commits = new ArrayList<>();
        Lab.await(Duration.ofSeconds(10), () -> {
            commits.clear();
            commits.addAll(lab.keeper().allCommits());
            return commits.size() == lab.keeper().register().version();
        });
        return new History(runs, writes, stretches, commits, lab.keeper().sightings(), lab.keeper().register(),
                injected, List.copyOf(stalls), oddities, lab.settings().guard(), withoutMaster(), from, to);
    }

    /** A write that takes long is as good a sign as any that ZooKeeper, or the disk below it, did not run. */
    private static List<Stall> slowAnswers(List<Write> writes) {
        return writes.stream().filter(write -> write.toldNanos().isPresent())
                .map(write -> new Stall("ZooKeeper", write.triedNanos(), write.toldNanos().orElseThrow()))
                .filter(stall -> stall.nanos() > STALL_NANOS).toList();
    }

    /** Expiry, the servers' own election, a wait for a guard, all of it on a machine that does much else. */
    private Duration withoutMaster() {
        return lab.settings().session().multipliedBy(2).plus(Duration.ofSeconds(10));
    }
}
