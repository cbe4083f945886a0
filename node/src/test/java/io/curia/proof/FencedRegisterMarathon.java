package io.curia.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.zookeeper.server.EnsembleSettings;
import io.curia.zookeeper.server.LocalEnsemble;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The long form of the proof: as many faults as it is told, from a seed. Run by the profile {@code chaos}, or as a program.
 *
 * <p>System properties: {@code chaos.faults} (1000), {@code chaos.seed} (drawn, and said), {@code chaos.session} in
 * milliseconds (4000), {@code chaos.nodes} (5), {@code chaos.network} ({@code loopback} or {@code namespaces}, which
 * takes root), {@code chaos.out}, where everything is kept (a directory below {@code target}).
 */
final class FencedRegisterMarathon {

    private static final Duration SERVING = Duration.ofSeconds(60);
    private static final int HEALTHY = 3;

    private final PrintStream out = System.out;

    /** Runs without a test framework; exits with 1 if anything is wrong. */
    public static void main(String... arguments) throws Exception {
        Summary summary = new FencedRegisterMarathon().run();
        System.exit(summary.violations().isEmpty() ? 0 : 1);
    }

    @Test
    void nothingIsStaleOverlapsOrSticksWhateverIsDone() throws Exception {
        assertThat(run().violations()).isEmpty();
    }

    private Summary run() throws Exception {
        int faults = Integer.getInteger("chaos.faults", 1000);
        long seed = Long.getLong("chaos.seed", new Random().nextInt(1_000_000));
        Path directory = Files.createDirectories(Path.of(System.getProperty("chaos.out", "target/chaos"))
                .toAbsolutePath().resolve("seed-" + seed + "-" + ProcessHandle.current().pid()));
        LabSettings settings = new LabSettings(directory, "proof", Integer.getInteger("chaos.nodes", 5), HEALTHY,
                Duration.ofMillis(Integer.getInteger("chaos.session", 4000)), false);
        out.printf("seed %d, %d faults, %s%n", seed, faults, settings);
        History history;
        try (LocalEnsemble ensemble = LocalEnsemble.start(EnsembleSettings.of(directory.resolve("ensemble"), 3)
                .withMinSessionTimeout(Duration.ofSeconds(1)));
                Network network = network(); Lab lab = startLab(settings, ensemble, network)) {
            history = new Chaos(lab, seed, fault -> tell(fault, faults)).inject(faults);
        }
        Summary summary = Summary.of(history);
        Files.write(directory.resolve("faults.csv"), summary.lines());
        summary.violations().forEach(out::println);
        Attribution.excused(history).forEach(excused -> out.println("excused: " + excused));
        out.print(summary.table());
        return summary;
    }

    private static Lab startLab(LabSettings settings, LocalEnsemble ensemble, Network network) throws Exception {
        ensemble.awaitServing(SERVING);
        return Lab.start(settings, ensemble, network);
    }

    private static Network network() throws Exception {
        String wanted = System.getProperty("chaos.network", "loopback");
        if (!wanted.equals("loopback")) {
            throw new IllegalArgumentException("chaos.network: " + wanted + " (expected: loopback)");
        }
        return Network.loopback();
    }

    private void tell(Fault fault, int of) {
        out.printf(Locale.ROOT, "%4d/%d  %-24s %-42s epoch %d -> %d  settled after %d ms%s%n", fault.number(), of,
                fault.kind().words(), fault.detail(), fault.epochBefore(), fault.epochAfter(),
                (fault.settledNanos() - fault.fromNanos()) / 1_000_000, fault.settled() ? "" : "  NOT SETTLED");
    }
}
