package io.curia.admin;

import io.curia.cli.DurationConverter;
import io.curia.cli.ExitCode;
import io.curia.model.ClusterView;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code resume}: ends a pause before its time. */
@Command(name = "resume", description = {
    "End the pause: whoever is next in the queue becomes master at once if there is none."},
        footer = {"", "Examples:", "  admin-cli resume",
            "  admin-cli resume --reason 'upgrade is done'"})
final class ResumeCommand implements Callable<Integer> {

    @Option(names = "--timeout", paramLabel = "TIME", defaultValue = "30s", converter = DurationConverter.class,
            description = "How long to wait for the outcome to show in the cluster (default: ${DEFAULT-VALUE}).")
    private Duration timeout;

    @Mixin
    private final Signature signature = new Signature();
    @Mixin
    private final OutputOptions output = new OutputOptions();
    @Mixin
    private final StoreOptions cluster = new StoreOptions();

    private final Surroundings surroundings;

    ResumeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        String actor = signature.actor(surroundings.environment());
        String reason = signature.reason();
        return cluster.call(surroundings, store -> {
            ClusterView before = store.view();
            boolean paused = before.pause().isPresent();
            ClusterView after = paused
                    ? new Pausing(store, surroundings.time()).resume(actor, reason, timeout) : before;
            surroundings.terminal().err().println(paused ? "resumed" : "not paused, nothing was changed");
            output.print(new MembersReport(after, surroundings.time().now()), surroundings.terminal());
            return ExitCode.OK.code();
        });
    }
}
