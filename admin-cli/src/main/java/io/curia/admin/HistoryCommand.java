package io.curia.admin;

import io.curia.cli.ExitCode;
import io.curia.document.HistoryDocument;
import io.curia.document.Reign;
import io.curia.store.ClusterStore;
import io.curia.store.History;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code history}: lists the masterships. */
@Command(name = "history", description = {
    "List the masterships, oldest first: whose, since when, for how long, how each ended, who ended it and why.",
    "GAP is for how long there had been no master when it began; '-' where nobody recorded when the one before it "
            + "ended, as with an expired session. All times are by the clock of the ensemble."},
        footer = {"", "Examples:",
            "  admin-cli history",
            "  admin-cli history --last 3 -o json",
            "  admin-cli why $(admin-cli history -o name | tail -1)"})
final class HistoryCommand implements Callable<Integer> {

    @Mixin
    private final StoreOptions cluster = new StoreOptions();
    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Option(names = {"-n", "--last"}, paramLabel = "N", description = "Only the last N masterships.")
    private Integer most;

    @Spec
    private CommandSpec command;

    private final Surroundings surroundings;

    HistoryCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (most != null && most < 0) {
            throw new ParameterException(command.commandLine(), "--last: " + most + " (expected: 0 or more)");
        }
        return cluster.call(surroundings, this::list);
    }

    private int list(ClusterStore store) {
        History.Excerpt excerpt = store.history().after(History.BEGINNING, HistoryDocument.types());
        List<Reign> reigns = Reign.of(excerpt.events());
        output.print(new HistoryReport(store.cluster(), most == null ? reigns
                : reigns.subList(Math.max(0, reigns.size() - most), reigns.size()), excerpt.events(),
                surroundings.time().now()), surroundings.terminal());
        return ExitCode.OK.code();
    }
}
