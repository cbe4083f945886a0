package io.curia.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code node/bin/bench}: measures, prints a table, and cleans up, also when interrupted. */
@Command(name = "bench", mixinStandardHelpOptions = true, sortOptions = false, usageHelpAutoWidth = true,
        description = {"Measures Curia beside a bare Curator program, in one run, with real processes and three "
            + "ZooKeeper servers of its own, everything on this host's loopback address. Takes some 20 minutes with "
            + "20 rounds. Quiet machine, please: figures of a busy one mean little.", ""},
        footer = {"", "Topics:",
            "  start    a process's start to its ready line",
            "  idle     resident memory, processor time at rest",
            "  cli      admin-cli members and master, whole process",
            "  failover a master, and others, killed, told to end, stopped; all arms",
            "  cost     what the fast path costs at rest, in a cluster of 20",
            "  freeze   the master is stopped past its session, then goes on",
            "  evict    a live node is evicted: until its process has ended",
            "  switchover",
            "           mastership is handed over in a cluster of five, 20 times a round",
            "  target   mastership is handed over to a node that is killed meanwhile, once a round",
            "  gate     the master's health check begins to fail, once a round",
            "  joins    100 and 500 members in one JVM, at one server and at three",
            "", "Exit codes: 0 measured, whether or not goals were met; 1 something failed; 2 usage"})
final class BenchMain implements Callable<Integer> {

    @Option(names = "--only", paramLabel = "TOPIC", split = ",", converter = TopicConverter.class,
            description = "What to measure, separated by commas (default: everything).")
    private List<Topic> only = List.of(Topic.values());

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "20",
            description = "How often (default: ${DEFAULT-VALUE}; idle at most 3, joins at three servers at most 5).")
    private int rounds;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write everything measured to this file.")
    private Path json;

    @ArgGroup(exclusive = false, validate = false, heading = "Of the topic failover:%n")
    private final FailoverOptions failover = new FailoverOptions();

    private BenchMain() {
    }

    public static void main(String... arguments) {
        System.exit(new CommandLine(new BenchMain()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (rounds < 1) {
            System.err.println("bench: --rounds " + rounds + " (expected: at least 1)");
            return CommandLine.ExitCode.USAGE;
        }
        if (!failover.complaints().isEmpty()) {
            System.err.println("bench: " + String.join("; ", failover.complaints()));
            return CommandLine.ExitCode.USAGE;
        }
        Set<Topic> topics = EnumSet.copyOf(only);
        List<Row> rows = new ArrayList<>();
        PrintStream progress = System.err;
        double busyPercent = ProcFs.isThere() ? ProcFs.busyPercent(Duration.ofSeconds(2)) : Double.NaN;
        try (Lab lab = Lab.open(Path.of(System.getProperty("curia.root")), rounds, failover, progress)) {
            Thread cleaning = new Thread(() -> closeAtExit(lab), "cleaning");
            Runtime.getRuntime().addShutdownHook(cleaning);
            lab.ready();
            progress.println("bench: JVMs on both sides: " + String.join(" ", lab.jvmOptions()));
            try {
                for (Topic topic : topics) {
                    rows.addAll(topic.measure(lab));
                }
            } finally {
                rows.addAll(lab.rescued());
            }
        } finally {
            // What was measured before a failure is worth something too.
            Report report = new Report(rows, rounds, busyPercent);
            report.print(System.out);
            if (json != null) {
                report.write(json);
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private static void closeAtExit(Lab lab) {
        try {
            lab.close();
        } catch (IOException e) {
            System.err.println("bench: cleaning up: " + e);
        }
    }

    /** Topics are written in small letters. */
    static final class TopicConverter implements ITypeConverter<Topic> {
        @Override
        public Topic convert(String value) {
            return Arrays.stream(Topic.values()).filter(topic -> topic.toString().equals(value)).findFirst()
                    .orElseThrow(() -> new TypeConversionException("'" + value + "' (expected some of: "
                            + Arrays.toString(Topic.values()).toLowerCase(Locale.ROOT) + ")"));
        }
    }
}
