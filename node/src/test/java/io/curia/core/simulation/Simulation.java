package io.curia.core.simulation;

import java.util.List;
import java.util.Optional;

/** One run, from one seed. */
final class Simulation {

    private static final long ROUGH_NANOS = 25 * Climate.SECOND;

    private Simulation() {
    }

    /**
     * How a run ended.
     *
     * @param seed which run
     * @param violation what was not as it must be; empty if everything was
     * @param hash of everything that happened
     * @param trace what happened, if it was to be kept
     */
    record Verdict(long seed, Optional<String> violation, long hash, List<String> trace) {
    }

    static Verdict run(long seed, Bias bias, Mutation mutation) {
        return run(new World(seed, bias, mutation, false), seed);
    }

    /** Returns how a run in which nothing is biased and nobody has a bug ended, with all that happened. */
    static Verdict traced(long seed) {
        return run(new World(seed, Bias.NONE, Mutation.NONE, true), seed);
    }

    private static Verdict run(World world, long seed) {
        Optional<String> violation = Optional.empty();
        try {
            Operator operator = new Operator(world);
            Chaos chaos = new Chaos(world, operator);
            chaos.begin();
            world.runUntil(ROUGH_NANOS);
            new Epilogue(world, chaos, operator).perform();
        } catch (Violation e) {
            violation = Optional.of(e.getMessage());
        } catch (RuntimeException e) {
            // A core that throws is a finding like any other; the trace says where.
            violation = Optional.of(e + " at " + e.getStackTrace()[0]);
        }
        world.trace.note(world.now(), -1, "queue", 0, world.tree.latch()::owners);
        world.trace.note(world.now(), -1, "verdict", 0, violation::toString);
        return new Verdict(seed, violation, world.trace.hash(), world.trace.lines());
    }
}
