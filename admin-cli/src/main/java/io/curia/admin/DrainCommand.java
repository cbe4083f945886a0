package io.curia.admin;

import io.curia.model.Drain;
import io.curia.model.NodeId;
import io.curia.store.ClusterStore;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drain}: takes nodes out of the running; they stay members. */
@Command(name = "drain", description = {
    "Take nodes out of the running until 'undrain': a master finishes its duties and gives up mastership in order, and "
        + "none of them becomes master, whatever restarts. They stay members.",
    "Reported as done only once they queue no more and, if one was master, another is."},
        footer = {"", "Examples:",
            "  admin-cli drain n1 --reason 'kernel upgrade' --yes",
            "  admin-cli drain n1 --dry-run                 who would be master then?",
            "  admin-cli undrain n1"})
final class DrainCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ID", arity = "1..*", converter = IdConverter.class, description = "Whom to drain.")
    private List<NodeId> ids;

    @Option(names = "--force", description = "Also if nobody is left then who could be master, or follows it.")
    private boolean force;

    @Mixin
    private final Signature signature = new Signature();
    @Mixin
    private final Safeguards safeguards = new Safeguards();
    @Mixin
    private final OutputOptions output = new OutputOptions();
    @Mixin
    private final StoreOptions cluster = new StoreOptions();

    private final Surroundings surroundings;

    DrainCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        // Whole milliseconds, as records keep them: what is read back must equal what was written.
        Drain drain = new Drain(signature.actor(surroundings.environment()), signature.reason(),
                surroundings.time().now().truncatedTo(ChronoUnit.MILLIS));
        DrainPlan.Request request = new DrainPlan.Request(Set.copyOf(ids), drain, force, safeguards.ifEpoch());
        return cluster.call(surroundings, store -> drain(store, request));
    }

    private int drain(ClusterStore store, DrainPlan.Request request) throws InterruptedException {
        DrainPlan plan = DrainPlan.of(request, store.view());
        return new ChangeDialogue(surroundings, safeguards, output).hold(new DrainPreview(plan),
                plan::refuseUnlessAllowed, asked -> {
                    Draining draining = new Draining(store, surroundings.time(),
                            asked ? request.boundTo(plan.view().master().epoch()) : request);
                    return new ChangeDialogue.Done(draining.reach(safeguards.timeout()), draining.words());
                });
    }
}
