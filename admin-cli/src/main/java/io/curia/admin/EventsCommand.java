package io.curia.admin;

import io.curia.cli.ExitCode;
import io.curia.model.ClusterEvent;
import io.curia.model.EventType;
import io.curia.store.ClusterStore;
import io.curia.store.History;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code events}: lists what happened to the cluster, or tells it as it happens. */
@Command(name = "events", description = {
    "List what happened to the cluster, oldest first: who joined, left, crashed, expired, was evicted or readmitted, "
            + "who was master and why not any more, who was not let in.",
    "Every event has a number, SEQ, one above that of the event before it. The newest 1,000 about masters and about "
            + "members are remembered, and 100 refusals."},
        footer = {"", "Examples:",
            "  admin-cli events --since 1h           what happened in the last hour",
            "  admin-cli events --type crashed,expired --last 10",
            "  admin-cli events --follow             as it happens, until Ctrl-C",
            "  admin-cli events --follow --since 41 -o json | while read -r event; do …; done"})
final class EventsCommand implements Callable<Integer> {

    @Mixin
    private final StoreOptions cluster = new StoreOptions();
    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Option(names = "--since", paramLabel = "SEQ|TIME", converter = Since.Converter.class,
            description = "Only what came after the event with this number, or at or after this time: a length of time "
                    + "before now, like 90s or 2d, or a point in time, like 2026-01-31T12:00:00Z.")
    private Since since;

    @Option(names = "--type", paramLabel = "TYPE", split = ",",
            description = "Only events of these types: ${COMPLETION-CANDIDATES}.")
    private List<EventType> types;

    @Option(names = {"-n", "--last"}, paramLabel = "N", description = "Only the last N of them.")
    private Integer most;

    @Option(names = {"-f", "--follow"},
            description = "Go on with what happens from now on, until Ctrl-C: a line for each event; begin with what "
                    + "--since or --last ask for, or with nothing. Losing ZooKeeper for a while loses no event.")
    private boolean follow;

    @Spec
    private CommandSpec command;

    private final Surroundings surroundings;

    EventsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (most != null && most < 0) {
            throw new ParameterException(command.commandLine(), "--last: " + most + " (expected: 0 or more)");
        }
        return cluster.call(surroundings, store -> follow ? follow(store) : list(store));
    }

    private Set<EventType> wanted() {
        return types == null ? EnumSet.allOf(EventType.class) : EnumSet.copyOf(types);
    }

    private History.Excerpt excerpt(ClusterStore store) {
        return store.history().after(since == null ? History.BEGINNING : since.seq(), wanted());
    }

    /** Of the excerpt, what is late and last enough. */
    private List<ClusterEvent> chosen(History.Excerpt excerpt) {
        List<ClusterEvent> events = excerpt.events().stream()
                .filter(event -> since == null || since.admits(event.time(), surroundings.time().now())).toList();
        return most == null ? events : events.subList(Math.max(0, events.size() - most), events.size());
    }

    private int list(ClusterStore store) {
        History.Excerpt excerpt = excerpt(store);
        output.print(new EventsReport(store.cluster(), chosen(excerpt), excerpt.last(), excerpt.forgotten()),
                surroundings.terminal());
        return ExitCode.OK.code();
    }

    private int follow(ClusterStore store) throws InterruptedException {
        History.Excerpt excerpt = excerpt(store);
        EventStream stream = new EventStream(surroundings, output.format());
        if (since != null && !since.isTime()) {
            stream.missed(since.seq(), excerpt.forgotten());
        }
        if (since != null || most != null) {
            stream.tell(chosen(excerpt));
        }
        // A number that was never reached is one of a history that began anew since.
        long from = Math.max(excerpt.last(), since == null ? History.BEGINNING : since.seq());
        return stream.follow(store.history(), from, wanted());
    }
}
