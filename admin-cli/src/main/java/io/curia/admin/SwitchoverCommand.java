package io.curia.admin;

import io.curia.model.Cause;
import io.curia.model.NodeId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code switchover}: hands mastership over to a named node, or to the next in the queue. */
@Command(name = "switchover", description = {
    "Hand mastership over in order: the master stops its duties, then the named node (or the next in the queue) is "
        + "master.",
    "Reported as done only once it is. What has not begun within --timeout is withdrawn. A scheduled switchover is "
        + "of the present epoch: another change of master before its time makes it void."},
        footer = {"", "Examples:",
            "  admin-cli switchover --to n3 --reason 'kernel upgrade of n1'",
            "  admin-cli switchover --to n3 --dry-run            possible now? who would be master, how long without?",
            "  admin-cli switchover --to n3 --if-epoch 7 --yes   if nothing changed meanwhile",
            "  admin-cli switchover --to n3 --at 2026-12-01T02:00:00Z --yes",
            "  admin-cli switchover --cancel                     withdraw what has not begun",
            "  admin-cli switchover --to n3 --force              in a pause, or if the master is frozen"})
final class SwitchoverCommand implements Callable<Integer> {

    @Option(names = "--to", paramLabel = "ID", converter = IdConverter.class,
            description = "Who is to be master (default: the next in the queue).")
    private NodeId target;

    @Option(names = "--at", paramLabel = "TIME", converter = PointInTime.Converter.class,
            description = "When: like 2026-12-01T02:00:00Z, or 02:00 for the next time that the clocks here say so.")
    private PointInTime at;

    @Option(names = "--wait", description = "With --at: wait until it has happened.")
    private boolean wait;

    @Option(names = "--cancel", description = "Withdraw the switchover that is pending.")
    private boolean cancel;

    @Option(names = "--force", description = "Also in a pause, and over the head of a master that does not act: then "
            + "whoever follows waits until the old one cannot be valid any more.")
    private boolean force;

    @Mixin
    private final Signature signature = new Signature();
    @Mixin
    private final Safeguards safeguards = new Safeguards();
    @Mixin
    private final OutputOptions output = new OutputOptions();
    @Mixin
    private final StoreOptions cluster = new StoreOptions();
    @Spec
    private CommandSpec command;

    private final Surroundings surroundings;

    SwitchoverCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        String actor = signature.actor(surroundings.environment());
        SwitchoverDialogue dialogue = new SwitchoverDialogue(surroundings, safeguards, output);
        if (cancel) {
            refuseBeside("--cancel", target != null || at != null || force || wait || safeguards.isDryRun());
            return cluster.call(surroundings, store -> dialogue.cancel(store, actor, signature.reason()));
        }
        refuseBeside("--at", at != null && force);
        SwitchoverRequest request = new SwitchoverRequest(Optional.ofNullable(target), Cause.SWITCHOVER, Duration.ZERO,
                force, Optional.ofNullable(at).map(time -> time.after(surroundings.time().now())),
                safeguards.timeout(), actor, signature.reason(), safeguards.ifEpoch());
        return cluster.call(surroundings, store -> dialogue.hold(store, request, wait));
    }

    private void refuseBeside(String option, boolean others) {
        if (others) {
            throw new ParameterException(command.commandLine(), option + " does not go with what stands beside it");
        }
    }
}
