package io.curia.admin;

import io.curia.cli.DurationConverter;
import io.curia.cli.ExitCode;
import io.curia.model.ClusterView;
import io.curia.model.MemberView;
import io.curia.model.NodeId;
import io.curia.store.ClusterStore;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code forget}: strikes nodes off the roster that are gone for good. */
@Command(name = "forget", description = {
    "Strike nodes off the roster that are down and gone for good, so that they are not listed any more.",
    "Only nodes that are DOWN: a live one is stopped or evicted first, an evicted one could come back. A forgotten "
        + "node that is started again asks to be let in like a new one."},
        footer = {"", "Examples:",
            "  admin-cli forget n9",
            "  admin-cli forget $(admin-cli members --filter status=down -o name) --yes"})
final class ForgetCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ID", arity = "1..*", converter = IdConverter.class, description = "Whom to forget.")
    private List<NodeId> ids;

    @Option(names = {"-y", "--yes"}, description = "Do not ask; needed where nobody can be asked.")
    private boolean yes;

    @Option(names = "--timeout", paramLabel = "TIME", defaultValue = "30s", converter = DurationConverter.class,
            description = "How long to wait for the outcome to show in the cluster (default: ${DEFAULT-VALUE}).")
    private Duration timeout;

    @Mixin
    private final OutputOptions output = new OutputOptions();
    @Mixin
    private final StoreOptions cluster = new StoreOptions();

    private final Surroundings surroundings;

    ForgetCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        return cluster.call(surroundings, this::forget);
    }

    private int forget(ClusterStore store) throws InterruptedException {
        Forgetting forgetting = new Forgetting(store, ids);
        Terminal terminal = surroundings.terminal();
        ClusterView before = store.view();
        Set<String> meant = forgetting.checked(before).stream().map(MemberView::id).map(NodeId::value)
                .collect(Collectors.toSet());
        if (!yes) {
            output.printWords(new MembersReport(before, surroundings.time().now()).only(meant), terminal);
            Safeguards.ask(terminal);
        }
        ClusterView after = forgetting.reach(Deadline.after(timeout, surroundings.time()));
        terminal.err().println(forgetting.words());
        output.print(new MembersReport(after, surroundings.time().now()), terminal);
        return ExitCode.OK.code();
    }
}
