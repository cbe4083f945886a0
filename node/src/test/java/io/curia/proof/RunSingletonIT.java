package io.curia.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A shell script as a singleton through real faults: no two of its runs overlap, and nothing of it is left behind. The
 * long form is {@link RunMarathon}.
 */
class RunSingletonIT {

    private static final Duration SESSION = Duration.ofSeconds(2);
    private static final long SEED = 20261120;
    private static final List<RunFault> EVERYDAY = List.of(RunFault.KILL_NODE, RunFault.KILL_COMMAND,
            RunFault.FREEZE_NODE, RunFault.KILL_KEEPER, RunFault.EVICT, RunFault.SWITCHOVER, RunFault.STOP_NODE);

    @TempDir
    private Path scratch;

    /** So many random faults, {@code -Dsingleton.rounds}; none in the everyday run. */
    @Test
    void norDoTheyInAsManyRoundsAsAreWanted() throws Exception {
        int rounds = Integer.getInteger("singleton.rounds", 0);
        assumeTrue(rounds > 0, "-Dsingleton.rounds says how many");
        long seed = Long.getLong("singleton.seed", SEED);
        assertThat(RunMarathon.run(scratch, SESSION, rounds, seed, List.of(RunFault.values()), System.out)).isEmpty();
    }

    @Test
    void itsRunsNeverOverlapAndLeaveNothingBehindWhateverIsDone() throws Exception {
        List<String> wrong = new ArrayList<>();
        try (RunLab lab = new RunLab(scratch, 2, SESSION)) {
            RunChaos chaos = new RunChaos(lab, SESSION, SEED);
            lab.startAll();
            for (RunFault kind : EVERYDAY) {
                RunChaos.Outcome outcome = chaos.inflict(kind);
                outcome.orphans().forEach(orphan -> wrong.add("after " + kind + ": " + orphan));
            }
            RunLog log = RunLog.read(lab.log());
            wrong.addAll(log.overlaps());
            wrong.addAll(log.epochsThatFell());

            assertThat(log.starts()).hasSizeGreaterThanOrEqualTo(EVERYDAY.size());
            assertThat(log.lines()).extracting(RunLine::kind).contains("main", "child", "daemon");
        }
        assertThat(wrong).isEmpty();
    }
}
