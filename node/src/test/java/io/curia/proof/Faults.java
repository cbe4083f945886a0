package io.curia.proof;

import io.curia.store.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** Does to a lab what {@link FaultKind} names. What is left to chance is drawn from the seed's numbers. */
final class Faults {

    private static final Duration SETTLING = Duration.ofSeconds(60);

    private final Lab lab;
    private final Random random;

    /** What was done. */
    record Injected(String detail, List<Subject> victims) {
    }

    Faults(Lab lab, Random random) {
        this.lab = lab;
        this.random = random;
    }

    /** Returns whether this can be done to this master now. */
    boolean isPossible(FaultKind kind, Lab.Master master) throws Exception {
        int candidates = lab.keeper().candidates().size();
        return switch (kind) {
            case RESET_LIFELINES, REFUSE_PROBES -> master.subject().gate().isPresent();
            case KILL_MASTER_AND_NEXT -> candidates > 2 && lab.settings().healthy() > 2;
            case PULL_CABLE, LOOSE_CABLE -> lab.network().hasCables();
            default -> candidates > 1;
        };
    }

    /** Returns what was done, once everything that belongs to it is over: who was frozen runs again. */
    Injected inject(FaultKind kind, Lab.Master master) throws Exception {
        Subject victim = master.subject();
        return switch (kind) {
            case KILL_MASTER -> killed(victim);
            case KILL_AND_RESTART_MASTER -> restarted(victim);
            case KILL_MASTER_AND_NEXT -> killedWithNext(victim);
            case KILL_STANDBY -> killed(standby(victim));
            case STOP_MASTER -> stopped(victim);
            case STOP_STANDBY -> stopped(standby(victim));
            case FREEZE_BRIEFLY -> frozen(victim, share(lab.settings().guard(), 0.05, 0.45));
            case FREEZE_AROUND_SESSION -> frozen(victim, share(lab.settings().session(), 0.7, 1.2));
            case FREEZE_UNTIL_SUCCEEDED -> frozenUntilSucceeded(master);
            case FREEZE_AND_KILL -> frozenAndKilled(victim);
            case CUT_OFF -> cutOff(master);
            case BLIP -> blip(victim);
            case RESTART_SERVER -> serverRestarted();
            case RESET_LIFELINES -> lifelinesReset(victim);
            case REFUSE_PROBES -> probesRefused(master);
            case SLANDER_PROVEN -> slandered(victim, true);
            case SLANDER_UNPROVEN -> slandered(victim, false);
            case SLANDER_STANDBY -> slandered(standby(victim), true);
            case FREEZE_AND_SLANDER -> frozenAndSlandered(victim);
            case PULL_CABLE -> unplugged(master);
            case LOOSE_CABLE -> looseCable(victim);
        };
    }

    private static Injected done(String detail, Subject... victims) {
        return new Injected(detail, List.of(victims));
    }

    /** Somebody who lives and is not master. */
    private Subject standby(Subject master) {
        List<Subject> others = new ArrayList<>(lab.subjects());
        others.removeIf(subject -> subject == master || !subject.isReady());
        return others.get(random.nextInt(others.size()));
    }

    private Duration share(Duration whole, double least, double most) {
        return Duration.ofNanos((long) (whole.toNanos() * (least + random.nextDouble() * (most - least))));
    }

    /** How long a fault lasts is part of the fault: nothing is waited for here. */
    static void last(Duration length) {
        long end = System.nanoTime() + length.toNanos();
        for (long left = length.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private Injected killed(Subject victim) {
        victim.kill();
        return done(victim.name());
    }

    private Injected restarted(Subject victim) throws IOException {
        victim.kill();
        victim.awaitEnd(SETTLING);
        victim.start();
        return done(victim.name());
    }

    private Injected killedWithNext(Subject victim) throws Exception {
        Subject next = lab.keeper().queue().stream().filter(id -> !id.equals(victim.name())).findFirst()
                .map(lab::subject).orElseGet(() -> standby(victim));
        victim.kill();
        next.kill();
        return done(victim.name() + " and " + next.name());
    }

    private Injected stopped(Subject victim) {
        victim.terminate();
        victim.awaitEnd(SETTLING);
        return done(victim.name());
    }

    private Injected frozen(Subject victim, Duration length) throws IOException, InterruptedException {
        victim.freeze();
        last(length);
        victim.thaw();
        return done(victim.name() + " for " + length.toMillis() + " ms", victim);
    }

    private Injected frozenUntilSucceeded(Lab.Master master) throws IOException, InterruptedException {
        Subject victim = master.subject();
        victim.freeze();
        lab.awaitEpochAfter(master.epoch(), SETTLING);
        Duration more = random.nextBoolean() ? Duration.ZERO : Duration.ofMillis(random.nextInt(300));
        last(more);
        victim.thaw();
        return done(victim.name() + ", thawed " + more.toMillis() + " ms after", victim);
    }

    private Injected frozenAndKilled(Subject victim) throws IOException, InterruptedException {
        victim.freeze();
        Duration frozen = Duration.ofMillis(random.nextInt(300));
        last(frozen);
        victim.kill();
        return done(victim.name() + " after " + frozen.toMillis() + " ms");
    }

    private Injected cutOff(Lab.Master master) throws IOException {
        Subject victim = master.subject();
        boolean silently = random.nextBoolean();
        victim.zooKeeper().forEach(silently ? Gate::hold : Gate::refuse);
        lab.awaitEpochAfter(master.epoch(), SETTLING);
        for (Gate gate : victim.zooKeeper()) {
            gate.admit();
        }
        return done(victim.name() + (silently ? ", nothing delivered until later" : ", refused"), victim);
    }

    private Injected blip(Subject victim) {
        victim.zooKeeper().forEach(Gate::reset);
        return done(victim.name(), victim);
    }

    private Injected serverRestarted() throws Exception {
        int id = 1 + random.nextInt(3);
        return done("server " + id + ", a " + lab.restartServer(id));
    }

    private Injected lifelinesReset(Subject victim) {
        victim.gate().orElseThrow().reset();
        return done(victim.name(), victim);
    }

    private Injected probesRefused(Lab.Master master) throws IOException {
        Subject victim = master.subject();
        victim.gate().orElseThrow().refuse();
        lab.awaitEpochAfter(master.epoch(), lab.settings().session().multipliedBy(2));
        victim.gate().orElseThrow().admit();
        return done(victim.name(), victim);
    }

    private Injected slandered(Subject victim, boolean proven) throws Exception {
        Outcome outcome = lab.slander(victim.name(), proven);
        return done(victim.name() + ": " + outcome.kind(), victim);
    }

    private Injected frozenAndSlandered(Subject victim) throws Exception {
        victim.freeze();
        Outcome outcome = lab.slander(victim.name(), false);
        Duration frozen = share(lab.settings().guard(), 0.1, 1.2);
        last(frozen);
        victim.thaw();
        return done(victim.name() + " for " + frozen.toMillis() + " ms: " + outcome.kind(), victim);
    }

    private Injected unplugged(Lab.Master master) throws IOException {
        Subject victim = master.subject();
        lab.network().pull(victim.name());
        lab.awaitEpochAfter(master.epoch(), SETTLING);
        lab.network().plug(victim.name());
        return done(victim.name(), victim);
    }

    private Injected looseCable(Subject victim) throws IOException {
        Duration length = share(lab.settings().guard(), 0.05, 0.3);
        lab.network().pull(victim.name());
        last(length);
        lab.network().plug(victim.name());
        return done(victim.name() + " for " + length.toMillis() + " ms", victim);
    }
}
