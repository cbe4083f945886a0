package io.curia.admin;

import io.curia.admin.story.Inquiry;
import io.curia.admin.story.Story;
import io.curia.cli.ExitCode;
import io.curia.model.ClusterView;
import io.curia.model.Endpoint;
import io.curia.model.Epoch;
import io.curia.model.EventType;
import io.curia.model.Member;
import io.curia.model.MemberKind;
import io.curia.model.MemberView;
import io.curia.model.NodeId;
import io.curia.store.ClusterStore;
import io.curia.store.History;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code why}: says what brought a change of master about. */
@Command(name = "why", description = {
    "Say why there was a change of master: the cause in one sentence, and what happened in which order, from the "
            + "cluster's history and from what the nodes themselves saw.",
    "Nodes are asked over TCP, a few at most, for a second or two; who could not be heard is said. A node remembers "
            + "only as long as its process lives."},
        footer = {"", "Examples:",
            "  admin-cli why                         the last change",
            "  admin-cli why 7                       the one that began epoch 7",
            "  admin-cli why -o name                 the cause alone: KILLED, FROZEN, CUT_OFF, EVICTED, …"})
final class WhyCommand implements Callable<Integer> {

    @Mixin
    private final StoreOptions cluster = new StoreOptions();
    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(paramLabel = "EPOCH", arity = "0..1",
            description = "The epoch that began with the change (default: the last one).")
    private Long epoch;

    @Option(names = "--no-ask", description = "Ask no node; tell what the history alone can tell.")
    private boolean noAsk;

    @Spec
    private CommandSpec command;

    private final Surroundings surroundings;

    WhyCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (epoch != null && epoch < 0) {
            throw new ParameterException(command.commandLine(), "EPOCH: " + epoch + " (expected: 0 or more)");
        }
        return cluster.call(surroundings, this::tell);
    }

    private int tell(ClusterStore store) {
        ClusterView view = store.view();
        History.Excerpt past = store.history().after(History.BEGINNING, EnumSet.allOf(EventType.class));
        Inquiry inquiry = Inquiry.into(Optional.ofNullable(epoch).map(Epoch::new), past.events())
                .orElseThrow(() -> unknown(view));
        Story story = inquiry.story(noAsk ? List.of() : Questioning.of(addresses(inquiry, view)));
        WhyReport report = new WhyReport(view.cluster(), story);
        if (output.format().isForPeople()) {
            report.answer().lines().forEach(line -> surroundings.terminal().out().println(Table.Cell.of(line).text()));
            surroundings.terminal().out().println();
        }
        output.print(report, surroundings.terminal());
        return ExitCode.OK.code();
    }

    private CommandFailure unknown(ClusterView view) {
        String what = epoch == null ? "no change of master is remembered"
                : "the beginning of epoch " + epoch + " is not remembered";
        return new CommandFailure(ExitCode.NOT_FOUND, what + " in cluster " + view.cluster().name()
                + ", whose epoch is " + view.master().epoch() + "; 'admin-cli history' lists what is");
    }

    private static Map<NodeId, Optional<Endpoint>> addresses(Inquiry inquiry, ClusterView view) {
        List<NodeId> alive = view.live().stream()
                .filter(member -> member.live().filter(live -> live.kind() != MemberKind.GUEST).isPresent())
                .map(MemberView::id).toList();
        Map<NodeId, Optional<Endpoint>> addresses = new LinkedHashMap<>();
        inquiry.wanted(alive).forEach(id -> addresses.put(id, view.member(id).flatMap(member ->
                member.live().map(Member::address).or(() -> member.roster().address()))));
        return addresses;
    }
}
