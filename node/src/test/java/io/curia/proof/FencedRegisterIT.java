package io.curia.proof;

import static io.curia.proof.FaultKind.FREEZE_UNTIL_SUCCEEDED;
import static io.curia.proof.FaultKind.KILL_AND_RESTART_MASTER;
import static io.curia.proof.FaultKind.KILL_MASTER;
import static io.curia.proof.FaultKind.SLANDER_UNPROVEN;
import static io.curia.proof.FaultKind.STOP_MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.curia.zookeeper.server.EnsembleSettings;
import io.curia.zookeeper.server.LocalEnsemble;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The short form of the proof: a few faults on real processes, and that a program which ignores what it is told is
 * caught. The long form is {@link FencedRegisterMarathon}.
 */
class FencedRegisterIT {

    private static final Duration SERVING = Duration.ofSeconds(60);
    private static final long SEED = 20261120;

    @TempDir
    private static Path scratch;

    private static LocalEnsemble ensemble;

    @BeforeAll
    static void startServers() throws Exception {
        ensemble = LocalEnsemble.start(EnsembleSettings.of(scratch.resolve("ensemble"), 3)
                .withMinSessionTimeout(Duration.ofSeconds(1)));
        ensemble.awaitServing(SERVING);
    }

    @AfterAll
    static void stopServers() {
        ensemble.close();
    }

    private static LabSettings settings(String cluster, Duration session, boolean heedless) {
        return new LabSettings(scratch, cluster, 3, 2, session, heedless, List.of());
    }

    @Test
    void nothingIsStaleOverlapsOrSticksWhateverIsDoneToTheMaster() throws Exception {
        LabSettings settings = settings("proof", Duration.ofSeconds(4), false);
        try (Network network = Network.loopback(); Lab lab = Lab.start(settings, ensemble, network)) {
            History history = new Chaos(lab, SEED, fault -> { }).inject(List.of(KILL_MASTER, SLANDER_UNPROVEN,
                    STOP_MASTER, FREEZE_UNTIL_SUCCEEDED, KILL_AND_RESTART_MASTER));

            Summary summary = Summary.of(history);
            assertThat(summary.violations()).as(summary.table()).isEmpty();
            assertThat(history.commits()).hasSizeGreaterThan(history.faults().size());
        }
    }

    /** A checker that cannot fail proves nothing: a program that heeds neither fence nor clock, frozen and thawed. */
    @Test
    void aProgramThatHeedsNeitherFenceNorClockIsCaught() throws Exception {
        LabSettings settings = settings("heedless", Duration.ofSeconds(2), true);
        try (Network network = Network.loopback(); Lab lab = Lab.start(settings, ensemble, network)) {
            History history = new Chaos(lab, SEED, fault -> awaitHeedlessDeeds(lab, fault))
                    .inject(List.of(FREEZE_UNTIL_SUCCEEDED));

            assertThat(Checker.check(history)).extracting(Violation::rule)
                    .contains(Violation.Rule.STALE_COMMIT, Violation.Rule.OVERLAP);
        }
    }

    /** It goes on where it was frozen; all that is waited for is that it runs at all. */
    private static void awaitHeedlessDeeds(Lab lab, Fault fault) {
        Awaitility.await().atMost(SERVING).until(() -> {
            OptionalLong claim = lab.keeper().sightings().stream()
                    .filter(seen -> seen.epoch() > fault.epochBefore()).mapToLong(Sighting::zxid).min();
            boolean wrote = claim.isPresent() && lab.keeper().commits().stream().anyMatch(commit ->
                    commit.epoch() <= fault.epochBefore() && commit.zxid() > claim.getAsLong());
            return wrote && !Overlap.in(lab.stretches()).isEmpty();
        });
    }
}
