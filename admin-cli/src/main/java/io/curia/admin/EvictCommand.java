package io.curia.admin;

import io.curia.model.NodeId;
import io.curia.store.ClusterStore;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code evict}: puts members out and keeps them out. */
@Command(name = "evict", description = {
    "Put members out of the cluster, wherever they are (live, frozen, dead, master), and keep them out.",
    "A live one is told why and exits with 13; evicting the master elects another. Reported as done only once it "
        + "shows in the cluster. Evicting an evicted node replaces its ban and reason."},
        footer = {"", "Examples:",
            "  admin-cli evict n3 --reason 'disk failing'",
            "  admin-cli evict n3 --ban 1h --yes            may come back in an hour",
            "  admin-cli evict n1 --dry-run                 who would be master then?",
            "  admin-cli evict n1 --if-epoch 7 --yes        if nothing changed meanwhile"})
final class EvictCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ID", arity = "1..*", converter = IdConverter.class, description = "Whom to evict.")
    private List<NodeId> ids;

    @Option(names = "--ban", paramLabel = "TIME", defaultValue = Ban.FOREVER, converter = Ban.Converter.class,
            description = "How long it stays out: like 30m, 1h, 2d, or forever, which is until 'readmit' "
                    + "(default: ${DEFAULT-VALUE}).")
    private Ban ban;

    @Option(names = "--force", description = "Also if nobody is left then who could be master.")
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

    EvictCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        EvictionRequest request = EvictionRequest.of(ids, signature.actor(surroundings.environment()),
                signature.reason(), ban, force, safeguards.ifEpoch());
        return cluster.call(surroundings, store -> evict(store, request));
    }

    private int evict(ClusterStore store, EvictionRequest request) throws InterruptedException {
        EvictionPlan plan = EvictionPlan.of(request, store.view());
        return new ChangeDialogue(surroundings, safeguards, output).hold(new EvictionPreview(plan),
                plan::refuseUnlessAllowed, asked -> {
                    EvictionOutcome outcome = new EvictionOutcome(store, surroundings.time(),
                            asked ? request.boundTo(plan.view().master().epoch().number()) : request);
                    return new ChangeDialogue.Done(outcome.reach(safeguards.timeout()), outcome.words());
                });
    }
}
