package io.curia.proof;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Does one thing after the other to a {@link RunLab}, and writes down what came of it. */
final class RunChaos {

    /**
     * What came of one fault.
     *
     * @param kind what was done
     * @param before the run that it was done to
     * @param after the run that followed; the same one if none had to
     * @param gapMillis from the deed to the start of the next run, where there was one; from the wall clock
     * @param orphans who ran when all was well again, and should not have
     */
    record Outcome(RunFault kind, RunLine before, RunLine after, Optional<Double> gapMillis, List<String> orphans) {
    }

    private static final Set<RunFault> ENDING_THE_NODE = EnumSet.of(RunFault.STOP_NODE, RunFault.KILL_NODE,
            RunFault.FREEZE_COMMAND_AND_KILL_NODE, RunFault.FREEZE_KEEPER_AND_KILL_NODE);
    private static final int LONGEST_PAUSE_MILLIS = 700;
    /** For measurements: a node rehearses in its first seconds what it has never done. */
    private static final int REST_MILLIS = Integer.getInteger("singleton.rest", 0);

    private final RunLab lab;
    private final Random random;
    private final Duration session;

    RunChaos(RunLab lab, Duration session, long seed) {
        this.lab = lab;
        this.session = session;
        this.random = new Random(seed);
    }

    RunFault choose(List<RunFault> kinds) {
        int left = random.nextInt(kinds.stream().mapToInt(kind -> kind.weight).sum());
        for (RunFault kind : kinds) {
            left -= kind.weight;
            if (left < 0) {
                return kind;
            }
        }
        throw new IllegalStateException("no kind of fault");
    }

    Outcome inflict(RunFault kind) throws Exception {
        RunLine before = lab.awaitWell();
        // Whatever is done is done at some moment or other of the renewals and of the command's own doings.
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(REST_MILLIS + random.nextInt(LONGEST_PAUSE_MILLIS)));
        RunLine now = lab.awaitWell();
        while (!now.equals(before)) {
            // What was done before this has an effect only now.
            before = now;
            now = lab.awaitWell();
        }
        RunNode node = lab.node(before.node());
        Instant at = Instant.now();
        Optional<RunLine> next = inflict(kind, node, before);
        lab.startAll();
        RunLine after = lab.awaitWell();
        Optional<Double> gap = next.flatMap(RunLine::wallNanos).map(wall ->
                (wall - (at.getEpochSecond() * 1e9 + at.getNano())) / 1e6);
        return new Outcome(kind, before, after, gap, lab.orphans(after));
    }

    /** Returns the run that followed, if one had to. */
    private Optional<RunLine> inflict(RunFault kind, RunNode node, RunLine before) throws Exception {
        switch (kind) {
            case KILL_NODE -> node.signal("KILL");
            case FREEZE_COMMAND_AND_KILL_NODE -> {
                RunNode.signal("STOP", before.run());
                node.signal("KILL");
            }
            case KILL_COMMAND -> RunNode.signal("KILL", before.run());
            case KILL_KEEPER -> RunNode.signal("KILL", node.keeper().orElseThrow().pid());
            case FREEZE_KEEPER -> RunNode.signal("STOP", node.keeper().orElseThrow().pid());
            case FREEZE_KEEPER_AND_KILL_NODE -> {
                RunNode.signal("STOP", node.keeper().orElseThrow().pid());
                node.signal("KILL");
            }
            case FREEZE_NODE_BRIEFLY -> {
                node.signal("STOP");
                LockSupport.parkNanos((long) (session.toNanos() * random.nextDouble()));
                node.signal("CONT");
                return Optional.empty();
            }
            case FREEZE_NODE -> {
                node.signal("STOP");
                RunLine next = elsewhere(before);
                node.signal("CONT");
                return Optional.of(next);
            }
            case CUT_OFF -> {
                node.zooKeeper().refuse();
                RunLine next = elsewhere(before);
                node.zooKeeper().admit();
                return Optional.of(next);
            }
            case EVICT -> {
                lab.evict(node.id());
                RunLine next = elsewhere(before);
                node.awaitExit();
                lab.readmit(node.id());
                return Optional.of(next);
            }
            case SWITCHOVER -> lab.switchOver();
            case STOP_NODE -> node.signal("TERM");
        }
        RunLine next = lab.awaitRun(before, line -> true);
        if (ENDING_THE_NODE.contains(kind)) {
            node.awaitExit();
        }
        return Optional.of(next);
    }

    private RunLine elsewhere(RunLine before) throws Exception {
        return lab.awaitRun(before, line -> !line.node().equals(before.node()));
    }

    /** Returns the median, the 90th and 99th of a hundred, and the largest; in that order. */
    static List<Double> spread(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        sorted.sort(null);
        return List.of(0.5, 0.9, 0.99, 1.0).stream()
                .map(share -> sorted.get((int) Math.min(sorted.size() - 1, Math.floor(share * sorted.size()))))
                .toList();
    }
}
