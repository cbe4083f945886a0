package io.curia.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.zookeeper.server.EnsembleSettings;
import io.curia.zookeeper.server.LocalEnsemble;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The long form of the proof: as many faults as it is told, from a seed. Run by the profile {@code chaos}, or as a
 * program.
 *
 * <p>System properties: {@code chaos.faults} (1000), {@code chaos.seed} (drawn, and said), {@code chaos.session} in
 * milliseconds (4000), {@code chaos.nodes} (5), {@code chaos.network} (of the program only: {@code loopback} or
 * {@code namespaces}, which takes root), {@code chaos.kinds} (all; names of {@link FaultKind}, separated by commas),
 * {@code chaos.java}, more options for the nodes' JVMs, {@code chaos.out}, where everything is kept (a directory below
 * {@code target}).
 */
final class FencedRegisterMarathon {

    private static final Duration SERVING = Duration.ofSeconds(60);
    private static final int FAULTS = 1000;
    private static final int SHARE_WITH_CABLES = 10;
    private static final int NODES = 5;
    private static final int HEALTHY = 3;

    private final PrintStream out = System.out;

    /** Runs without a test framework, on the network that is asked for; exits with 1 if anything is wrong. */
    public static void main(String... arguments) throws Exception {
        FencedRegisterMarathon marathon = new FencedRegisterMarathon();
        int faults = Integer.getInteger("chaos.faults", FAULTS);
        boolean cables = System.getProperty("chaos.network", "loopback").equals("namespaces");
        Summary summary = cables ? marathon.runWithCables(faults) : marathon.run(faults, Network.loopback());
        System.exit(summary.violations().isEmpty() ? 0 : 1);
    }

    @Test
    void nothingIsStaleOverlapsOrSticksWhateverIsDone() throws Exception {
        assertThat(run(Integer.getInteger("chaos.faults", FAULTS), Network.loopback()).violations()).isEmpty();
    }

    @Test
    void norDoesItWhenCablesArePulled() throws Exception {
        Namespaces.impossible().ifPresent(reason -> {
            out.println("SKIPPED, no cable is pulled: " + reason);
            Assumptions.abort(reason);
        });
        int faults = Math.max(1, Integer.getInteger("chaos.faults", FAULTS) / SHARE_WITH_CABLES);
        assertThat(runWithCables(faults).violations()).isEmpty();
    }

    private Summary runWithCables(int faults) throws Exception {
        return run(faults, Namespaces.make(Integer.getInteger("chaos.nodes", NODES)));
    }

    private Summary run(int faults, Network given) throws Exception {
        long seed = Long.getLong("chaos.seed", new Random().nextInt(1_000_000));
        Path directory = Files.createDirectories(Path.of(System.getProperty("chaos.out", "target/chaos"))
                .toAbsolutePath().resolve("seed-" + seed + (given.hasCables() ? "-cables-" : "-")
                        + ProcessHandle.current().pid()));
        LabSettings settings = new LabSettings(directory, "proof", Integer.getInteger("chaos.nodes", NODES), HEALTHY,
                Duration.ofMillis(Integer.getInteger("chaos.session", 4000)), false, javaOptions());
        out.printf("seed %d, %d faults, %s%n", seed, faults, settings);
        History history;
        try (Network network = given; LocalEnsemble ensemble = LocalEnsemble.start(
                EnsembleSettings.of(directory.resolve("ensemble"), 3).withMinSessionTimeout(Duration.ofSeconds(1)));
                Lab lab = startLab(settings, ensemble, network)) {
            history = new Chaos(lab, seed, fault -> tell(fault, faults)).inject(faults, kinds());
        }
        Summary summary = Summary.of(history);
        Files.write(directory.resolve("faults.csv"), summary.lines());
        summary.violations().forEach(out::println);
        Attribution.excused(history).forEach(excused -> out.println("excused: " + excused));
        out.print(summary.table());
        return summary;
    }

    private static Set<FaultKind> kinds() {
        String wanted = System.getProperty("chaos.kinds", "");
        return wanted.isEmpty() ? EnumSet.allOf(FaultKind.class)
                : Stream.of(wanted.split(",")).map(FaultKind::valueOf)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(FaultKind.class)));
    }

    private static List<String> javaOptions() {
        return Stream.of(System.getProperty("chaos.java", "").split(" +")).filter(word -> !word.isEmpty()).toList();
    }

    private static Lab startLab(LabSettings settings, LocalEnsemble ensemble, Network network) throws Exception {
        ensemble.awaitServing(SERVING);
        return Lab.start(settings, ensemble, network);
    }

    private void tell(Fault fault, int of) {
        out.printf(Locale.ROOT, "%4d/%d  %-24s %-42s epoch %d -> %d  settled after %d ms%s%n", fault.number(), of,
                fault.kind().words(), fault.detail(), fault.epochBefore(), fault.epochAfter(),
                (fault.settledNanos() - fault.fromNanos()) / 1_000_000, fault.settled() ? "" : "  NOT SETTLED");
    }
}
