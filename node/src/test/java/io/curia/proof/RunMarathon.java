package io.curia.proof;

import io.curia.proof.RunChaos.Outcome;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The long form of the proof of {@code node run}, as a program: as many random faults as it is told, and what became of
 * the command. Exits with 1 if two runs overlapped or something was left behind.
 *
 * <p>System properties: {@code singleton.rounds} (1000), {@code singleton.seed} (drawn, and said),
 * {@code singleton.session} in milliseconds (2000), {@code singleton.nodes} (3), {@code singleton.kinds} (all; names of
 * {@link RunFault} with commas between them), {@code singleton.out}, where everything is kept (below {@code target}),
 * {@code singleton.rest}, how many milliseconds all is left alone before the next fault (0),
 * {@code singleton.launcher}, the launcher of a distribution to run instead of the classes under test.
 */
final class RunMarathon {

    private static final int ROUNDS = 1000;

    private RunMarathon() {
    }

    /** Runs it. */
    public static void main(String... arguments) throws Exception {
        long seed = Long.getLong("singleton.seed", new Random().nextInt(1_000_000));
        Path directory = Files.createDirectories(Path.of(System.getProperty("singleton.out", "target/singleton"))
                .toAbsolutePath().resolve("seed-" + seed + "-" + ProcessHandle.current().pid()));
        Duration session = Duration.ofMillis(Long.getLong("singleton.session", 2000));
        System.exit(run(directory, session, Integer.getInteger("singleton.rounds", ROUNDS), seed, kinds(), System.out)
                .isEmpty() ? 0 : 1);
    }

    private static List<RunFault> kinds() {
        String wanted = System.getProperty("singleton.kinds", "");
        Set<RunFault> kinds = wanted.isEmpty() ? EnumSet.allOf(RunFault.class)
                : Stream.of(wanted.split(",")).map(RunFault::valueOf)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(RunFault.class)));
        return List.copyOf(kinds);
    }

    /** Returns everything that is wrong. */
    static List<String> run(Path directory, Duration session, int rounds, long seed, List<RunFault> kinds,
            PrintStream out) throws Exception {
        out.printf("seed %d, %d rounds, session %s, in %s%n", seed, rounds, session, directory);
        List<Outcome> outcomes = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        try (RunLab lab = new RunLab(directory, Integer.getInteger("singleton.nodes", 3), session)) {
            RunChaos chaos = new RunChaos(lab, session, seed);
            lab.startAll();
            for (int round = 1; round <= rounds; round++) {
                Outcome outcome = chaos.inflict(chaos.choose(kinds));
                outcomes.add(outcome);
                outcome.orphans().forEach(orphan -> wrong.add("orphan after " + outcome.kind() + ": " + orphan));
                out.printf(Locale.ROOT, "%4d/%d  %-28s %s/%d -> %s/%d  %s%s%n", round, rounds, outcome.kind().words(),
                        outcome.before().node(), outcome.before().epoch(), outcome.after().node(),
                        outcome.after().epoch(), outcome.gapMillis().map(gap -> Math.round(gap) + " ms").orElse(""),
                        outcome.orphans().isEmpty() ? "" : "  ORPHANS " + outcome.orphans());
            }
            RunLog log = RunLog.read(lab.log());
            wrong.addAll(log.overlaps());
            wrong.addAll(log.epochsThatFell());
            out.printf("%d rounds, %d runs of the command, %d lines written; overlaps %d, orphans %d%n", rounds,
                    log.starts().size(), log.lines().size(), log.overlaps().size(),
                    outcomes.stream().mapToInt(outcome -> outcome.orphans().size()).sum());
        }
        table(outcomes, out);
        wrong.forEach(out::println);
        return wrong;
    }

    private static void table(List<Outcome> outcomes, PrintStream out) {
        out.printf("%-30s %6s  %s%n", "fault", "count", "ms to the next run: median, p90, p99, max");
        for (RunFault kind : RunFault.values()) {
            List<Outcome> such = outcomes.stream().filter(outcome -> outcome.kind() == kind).toList();
            List<Double> gaps = such.stream().flatMap(outcome -> outcome.gapMillis().stream()).toList();
            if (!such.isEmpty()) {
                out.printf("%-30s %6d  %s%n", kind.words(), such.size(), gaps.isEmpty() ? "" : RunChaos.spread(gaps)
                        .stream().map(gap -> "%.0f".formatted(gap)).collect(Collectors.joining(", ")));
            }
        }
    }
}
