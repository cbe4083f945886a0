package io.curia.admin;

import io.curia.admin.doctor.Diagnosis;
import io.curia.admin.doctor.Evidence;
import io.curia.admin.doctor.Examination;
import io.curia.admin.doctor.Finding;
import io.curia.admin.doctor.NodeEvidence.Listed;
import io.curia.cli.DurationConverter;
import io.curia.cli.ExitCode;
import io.curia.store.StoreException;
import io.curia.zookeeper.ZooKeeperSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code doctor}: what is wrong with the cluster, and what to do about it. */
@Command(name = "doctor", description = {
    "Examine the cluster and its ZooKeeper: for each node what ZooKeeper says, what it says itself, and what the other "
        + "nodes see of it; name what is wrong, and what to do. Exits with 9 if something is, with 0 if not: risks and "
        + "notes alone are no reason.",
    "The table goes to stdout, the findings and what to do to stderr; -o json has all of it. Nothing is changed."},
        footer = {"", "Examples:",
            "  admin-cli doctor",
            "  admin-cli doctor -o json | jq -r '.findings[] | .subject + \" \" + .finding'",
            "  admin-cli doctor --via host2:8001      also when ZooKeeper does not answer",
            "  admin-cli doctor --bundle report.zip   all of it for a bug report, without secrets"})
final class DoctorCommand implements Callable<Integer> {

    @Option(names = "--ask-timeout", paramLabel = "TIME", defaultValue = "1s", converter = DurationConverter.class,
            description = "How long to wait for a server's or a node's answer (default: ${DEFAULT-VALUE}).")
    private Duration askTimeout;

    @Option(names = "--bundle", paramLabel = "FILE",
            description = "Also write everything that was found to this zip file, for a bug report. Passwords and "
                    + "secrets are not in it; names of hosts are.")
    private Path bundle;

    @Mixin
    private final ViaOptions via = new ViaOptions();
    @Mixin
    private final OutputOptions output = new OutputOptions();
    @Mixin
    private final StoreOptions cluster = new StoreOptions();

    private final Surroundings surroundings;

    DoctorCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (bundle != null && Files.exists(bundle)) {
            throw new CommandFailure(ExitCode.PRECONDITION_FAILED, bundle + " exists already; name another file");
        }
        ZooKeeperSettings settings = cluster.settings(surroundings);
        Optional<NodeSource> nodes = via.source(cluster, surroundings, settings);
        Evidence evidence = examine(settings, nodes);
        List<Finding> findings = Diagnosis.of(evidence);
        DoctorReport report = new DoctorReport(evidence, findings);
        output.print(report, surroundings.terminal());
        if (output.format().isForPeople()) {
            report.words().forEach(surroundings.terminal().err()::println);
        }
        if (bundle != null) {
            new DoctorBundle(report, evidence, settings, surroundings).write(bundle);
            surroundings.terminal().err().println("wrote " + bundle);
        }
        return (Diagnosis.isDegraded(findings) ? ExitCode.DEGRADED : ExitCode.OK).code();
    }

    private Evidence examine(ZooKeeperSettings settings, Optional<NodeSource> nodes) throws InterruptedException {
        Examination examination = new Examination(settings, surroundings.ensemble(), surroundings.nodes(), askTimeout,
                surroundings.time()::now, this::progress);
        try (OpenStore records = cluster.open(surroundings, settings)) {
            return examination.take(records.store(), () -> nodes.map(this::listed).orElse(List.of()));
        } catch (StoreException e) {
            throw StoreFailures.explain(e, settings);
        }
    }

    /** Without ZooKeeper, any node knows who was there; if none answers, there is nobody to ask. */
    private List<Listed> listed(NodeSource source) {
        try {
            return source.rows().stream().flatMap(row -> Listed.of(row).stream()).toList();
        } catch (StoreException e) {
            progress("no node lists the others: " + e.getMessage());
            return List.of();
        }
    }

    private void progress(String words) {
        if (output.format().isForPeople()) {
            surroundings.terminal().err().println(words + " …");
        }
    }
}
