package io.curia.admin;

import io.curia.admin.Interruptions.Interruption;
import io.curia.admin.drill.DrillResult;
import io.curia.admin.drill.Fault;
import io.curia.admin.drill.Hands;
import io.curia.cli.ExitCode;
import io.curia.store.ClusterStore;
import java.util.Arrays;
import java.util.Iterator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code drill}: rehearses the loss of the master. */
@Command(name = "drill", description = {
    "Rehearse the loss of the master, on the live cluster, and measure what follows.",
    "Each round finds the master, hurts it (kill-master: SIGKILL; stop-master: SIGTERM; freeze-master: SIGSTOP; "
        + "restart-master: SIGKILL and started again at once), watches ZooKeeper and every node until there is a new "
        + "valid master, puts the old one right, and waits until it is a member again."},
        footer = {"", "Examples:",
            "  admin-cli drill kill-master --dry-run            what would be hurt, and how",
            "  admin-cli drill kill-master --slo 2s --yes       11 if a round took longer",
            "  admin-cli drill freeze-master -n 3 -o html >drill.html",
            "  admin-cli drill kill-master --kill-command 'docker kill {id}' \\",
            "      --start-command 'docker start {id}'",
            "  admin-cli drill stop-master --kill-command 'ssh {host} kill {pid}' \\",
            "      --start-command 'ssh {host} systemctl start node'"})
final class DrillCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FAULT", converter = FaultConverter.class, completionCandidates = FaultNames.class,
            description = "kill-master, freeze-master, restart-master or stop-master.")
    private Fault fault;

    @Option(names = {"-o", "--output"}, paramLabel = "FORMAT", defaultValue = "table",
            description = "Output: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). "
                    + "Data goes to stdout, words to stderr.")
    private DrillFormat format;

    @Mixin
    private final DrillOptions options = new DrillOptions();
    @Mixin
    private final Safeguards safeguards = new Safeguards();
    @Mixin
    private final StoreOptions cluster = new StoreOptions();

    private final Surroundings surroundings;

    DrillCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        DrillSettings settings = options.settings(fault, safeguards.timeout());
        return cluster.call(surroundings, store -> drill(store, settings));
    }

    private int drill(ClusterStore store, DrillSettings settings) throws InterruptedException {
        DrillGear gear = surroundings.drillGear().get();
        Terminal terminal = surroundings.terminal();
        DrillProgress progress = new DrillProgress(terminal, settings);
        Hands hands = options.hands(fault, gear.processes(), progress::say);
        DrillPlan plan = new DrillPlan(store.view(), settings, hands);
        if (safeguards.isDryRun()) {
            format.plain().print(plan, terminal);
            return (plan.isSafe() ? ExitCode.OK : ExitCode.NOT_SAFE).code();
        }
        plan.refuseIfImpossible(safeguards.ifEpoch());
        boolean willBeAsked = terminal.canAsk() && !safeguards.isConfirmedBeforehand();
        plan.refuseUnless(options.isForced() || willBeAsked);
        if (!safeguards.isConfirmedBeforehand()) {
            OutputFormat.printWords(plan, terminal);
        }
        safeguards.asked(terminal);
        Interruption lastActs = surroundings.interruptions().of(Thread.currentThread(), terminal.err());
        try {
            Drill drill = new Drill(store, surroundings.time(), gear, hands, settings, progress);
            DrillResult result = drill.run(plan.view());
            format.print(result, terminal);
            return drill.exitCode(result).code();
        } finally {
            lastActs.close();
        }
    }

    /** The names of faults, for a shell to complete. */
    static final class FaultNames implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Fault.values()).map(Fault::verb).iterator();
        }
    }

    /** Reads the names of faults. */
    static final class FaultConverter implements ITypeConverter<Fault> {

        @Override
        public Fault convert(String text) {
            return Fault.of(text).orElseThrow(() -> new TypeConversionException("'" + text + "' is no drill (expected: "
                    + "kill-master, freeze-master, restart-master or stop-master)"));
        }
    }
}
