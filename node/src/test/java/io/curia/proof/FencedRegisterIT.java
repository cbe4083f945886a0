package io.curia.proof;

import static io.curia.proof.FaultKind.BLIP;
import static io.curia.proof.FaultKind.FREEZE_UNTIL_SUCCEEDED;
import static io.curia.proof.FaultKind.KILL_AND_RESTART_MASTER;
import static io.curia.proof.FaultKind.KILL_MASTER;
import static io.curia.proof.FaultKind.SLANDER_PROVEN;
import static io.curia.proof.FaultKind.SLANDER_UNPROVEN;
import static io.curia.proof.FaultKind.STOP_MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.curia.zookeeper.server.EnsembleSettings;
import io.curia.zookeeper.server.LocalEnsemble;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The short form of the proof: a few faults on real processes, and that a program which ignores what it is told is
 * caught. The long form is {@link FencedRegisterMarathon}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FencedRegisterIT {

    private static final Duration SERVING = Duration.ofSeconds(60);
    private static final Duration SESSION = Duration.ofSeconds(3);
    private static final long SEED = 20261120;

    @TempDir
    private Path scratch;

    private LocalEnsemble ensemble;

    @BeforeAll
    void startServers() throws Exception {
        ensemble = LocalEnsemble.start(EnsembleSettings.of(scratch.resolve("ensemble"), 3)
                .withMinSessionTimeout(Duration.ofSeconds(1)));
        ensemble.awaitServing(SERVING);
    }

    @AfterAll
    void stopServers() {
        ensemble.close();
    }

    private History after(boolean heedless, List<FaultKind> kinds) throws Exception {
        LabSettings settings = new LabSettings(scratch, heedless ? "heedless" : "proof", 3, 2, SESSION, heedless);
        try (Network network = Network.loopback(); Lab lab = Lab.start(settings, ensemble, network)) {
            return new Chaos(lab, SEED, fault -> { }).inject(kinds);
        }
    }

    @Test
    void nothingIsStaleOverlapsOrSticksWhateverIsDoneToTheMaster() throws Exception {
        History history = after(false, List.of(KILL_MASTER, SLANDER_UNPROVEN, STOP_MASTER, BLIP,
                FREEZE_UNTIL_SUCCEEDED, SLANDER_PROVEN, KILL_AND_RESTART_MASTER));

        Summary summary = Summary.of(history);
        assertThat(summary.violations()).as(summary.table()).isEmpty();
        assertThat(history.commits()).hasSizeGreaterThan(history.faults().size());
        assertThat(history.writes()).anyMatch(write -> write.outcome() == Write.Outcome.FENCED);
    }

    /** A checker that cannot fail proves nothing: the same faults, and a program that heeds neither fence nor clock. */
    @Test
    void aProgramThatHeedsNeitherFenceNorClockIsCaught() throws Exception {
        History history = after(true, List.of(FREEZE_UNTIL_SUCCEEDED));

        assertThat(Checker.check(history)).extracting(Violation::rule)
                .contains(Violation.Rule.STALE_COMMIT, Violation.Rule.OVERLAP);
    }
}
