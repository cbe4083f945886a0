package io.curia.core.simulation;

import io.curia.core.Event;
import io.curia.core.Finding;
import io.curia.core.Fitness;
import io.curia.core.Obituary;
import io.curia.core.Verification;
import io.curia.core.Verification.Verdict;
import io.curia.core.simulation.Witnesses.Suspect;
import io.curia.model.Incarnation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lifelines that close, and members that look into it as the runtime has them do: each with the production
 * {@link Verification} and {@link Fitness}, over a network that loses questions and may lie to some of them.
 */
final class Inquests {

    private static final long LOOK_NANOS = Climate.MILLI;
    private static final int MOST_WITNESSES = 2;
    /** For how long production waits for witnesses, by a clock that is slow. */
    private static final long WITNESS_NANOS = 5 * Climate.MILLI - Climate.MILLI / 100;

    private final World world;
    private final Map<NodeProcess, Set<Inquest>> open = new HashMap<>();
    private boolean ceased;

    /**
     * What a member sees of a suspect, if it is not the truth.
     *
     * @param blind who is lied to
     * @param finding what they find instead of a living process
     */
    record Lie(Set<Host> blind, Finding finding) {
        static final Lie NONE = new Lie(Set.of(), Finding.SAME);
    }

    Inquests(World world) {
        this.world = world;
    }

    /** Nobody is lied to any more. */
    void cease() {
        ceased = true;
    }

    /** The lifelines that these hold to it close without a goodbye. */
    void cut(List<Host> watchers, NodeProcess suspect, Lie lie) {
        Suspect named = Suspect.of(suspect);
        for (Host watcher : watchers) {
            watcher.process.filter(process -> process != suspect).ifPresent(process ->
                    world.agenda.after(world.dice.between(0, LOOK_NANOS / 10),
                            () -> process.run(() -> {
                                process.tell(new Event.HungUp(named.id()));
                                new Inquest(process, suspect, named, lie).begin();
                            })));
        }
    }

    private long hop() {
        return world.dice.between(LOOK_NANOS / 10, LOOK_NANOS);
    }

    /** What is found at the suspect's address from here, now. */
    private Finding look(Host from, NodeProcess suspect, Suspect named, Lie lie, double hungUp) {
        if (suspect.isDead() || !suspect.core.incarnation().equals(named.incarnation())) {
            return suspect.host.process.map(next -> next.isRunning() ? Finding.NEWER : Finding.SILENT)
                    .orElse(world.dice.chance(hungUp) ? Finding.HUNG_UP : Finding.REFUSED);
        }
        if (!ceased && lie.blind().contains(from)) {
            return lie.finding();
        }
        return suspect.isRunning() ? Finding.SAME : Finding.SILENT;
    }

    private final class Inquest {
        private final NodeProcess process;
        private final NodeProcess suspect;
        private final Suspect named;
        private final Lie lie;
        private final Incarnation self;
        private Verification known;
        /** When, by the world's clock, what the last finding says was true. */
        private long truthAt;
        private boolean seenAlive;
        /** How many were asked, and when, and how many have answered since. */
        private int round;
        private int asked;
        private long askedNanos;
        private int answered;

        Inquest(NodeProcess process, NodeProcess suspect, Suspect named, Lie lie) {
            this.process = process;
            this.suspect = suspect;
            this.named = named;
            this.lie = lie;
            this.self = process.core.incarnation();
            // No network can close a connection in the name of a process that lives; it can but reset it.
            this.known = Verification.begun(suspect.isDead() && world.dice.chance(0.7), nanos());
        }

        private long nanos() {
            return process.moment().nanos();
        }

        private void later(long delay, Runnable task) {
            world.agenda.after(delay, () -> process.run(task));
        }

        void begin() {
            boolean first = open.computeIfAbsent(process, any -> new LinkedHashSet<>()).stream()
                    .noneMatch(other -> other.named.equals(named));
            if (first) {
                open.get(process).add(this);
                beginRound();
            }
        }

        private void beginRound() {
            round++;
            answered = 0;
            asked = ask();
            askedNanos = nanos();
            known = known.asking(asked, nanos());
            lookAgain(round);
        }

        private void lookAgain(int ofRound) {
            if (round != ofRound || world.mutation.verdict(known).isPresent()) {
                return;
            }
            world.agenda.after(hop(), () -> {
                Finding finding = look(process.host, suspect, named, lie, Bias.HUNG_UP);
                long at = world.now();
                later(hop(), () -> {
                    if (round == ofRound) {
                        truthAt = at;
                        learn(world.mutation.awake(known, nanos()).after(finding, nanos()));
                    }
                });
            });
        }

        private int ask() {
            List<Host> others = new ArrayList<>(world.hosts);
            others.removeIf(host -> host == process.host || host == suspect.host || host.process.isEmpty());
            int asked = 0;
            while (asked < MOST_WITNESSES && !others.isEmpty()) {
                Host witness = world.dice.pick(others);
                others.remove(witness);
                asked++;
                ask(witness, round);
            }
            return asked;
        }

        private void ask(Host witness, int ofRound) {
            if (world.dice.chance(world.bias.lostQuestion())) {
                return;
            }
            NodeProcess asked = witness.process.orElseThrow();
            world.agenda.after(hop(), () -> asked.run(() -> {
                boolean silent = world.dice.chance(0.1);
                Optional<Finding> found = silent ? Optional.empty()
                        : Optional.of(look(witness, suspect, named, lie, world.bias.doubt()));
                long late = world.dice.chance(0.1) ? 5 * LOOK_NANOS : 0;
                later(hop() + late, () -> {
                    if (known.verdict().isEmpty() && round == ofRound) {
                        answered++;
                        Verification told = world.mutation.awake(known, nanos()).told(found, nanos());
                        seenAlive |= !told.startedAnew(known) && found.equals(Optional.of(Finding.SAME));
                        learn(told);
                    }
                });
            }));
        }

        /** Goes on from what is known now, unless something else did already. */
        private void learn(Verification next) {
            Verification before = known;
            if (world.mutation.verdict(before).isPresent()) {
                return;
            }
            known = next;
            Optional<Verdict> verdict = world.mutation.verdict(next);
            if (verdict.isPresent()) {
                conclude(verdict.get());
            } else if (next.startedAnew(before)) {
                beginRound();
            } else if (!next.mustLook()) {
                waitForWitness(next);
            } else if (next.looks() > before.looks()) {
                int ofRound = round;
                later(next.pause().toNanos(), () -> lookAgain(ofRound));
            }
        }

        /** Once their time is over there is a verdict, or a bug that waits for those who never answer. */
        private void waitForWitness(Verification planned) {
            long pause = planned.pause().toNanos();
            if (pause > 0) {
                later(pause + 1_000, () -> passed(planned));
            }
        }

        /** Nobody has answered, unless more is known since. */
        private void passed(Verification planned) {
            if (known == planned) {
                learn(world.mutation.awake(known, nanos()).at(nanos()));
            }
        }

        private boolean lives() {
            return !suspect.isDead() && suspect.core.incarnation().equals(named.incarnation());
        }

        private void conclude(Verdict verdict) {
            open.get(process).remove(this);
            if (verdict != Verdict.DEAD && verdict != Verdict.GONE) {
                return;
            }
            Set<Suspect> doubtful = new HashSet<>();
            open.get(process).forEach(other -> doubtful.add(other.named));
            Fitness fitness = new Fitness(process.core.incarnation().equals(self), process.isConnected(), true,
                    process.soundSinceNanos, doubtful.size());
            if (world.mutation.objection(fitness, known, nanos()).isEmpty()) {
                boolean seconded = known.opinion().filter(told -> told == Finding.REFUSED || told == Finding.NEWER)
                        .isPresent();
                boolean waited = seconded || answered >= asked || nanos() - askedNanos >= WITNESS_NANOS;
                world.coroner.onAccusation(process, suspect, named, truthAt, seenAlive, waited,
                        verdict == Verdict.GONE && !known.isSeconded() ? doubtful.size() : 0);
                if (lie.finding() == Finding.REFUSED && lives()) {
                    // What refuses in its name to everybody who could be asked in time deceives them: not promised.
                    return;
                }
                process.tell(new Event.DeathVerified(new Obituary(named.id(), named.incarnation(),
                        verdict == Verdict.DEAD, known.isBeyondDoubt(), "inquest", known.latestNanos(),
                        process.moment().wall())));
            }
        }
    }
}
