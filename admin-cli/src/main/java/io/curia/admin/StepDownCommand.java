package io.curia.admin;

import io.curia.cli.DurationConverter;
import io.curia.model.Cause;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code step-down}: the master gives up mastership and stays out of the queue for a while. */
@Command(name = "step-down", description = {
    "Have the master give up mastership in order, stay a member, and stay out of the queue for a while.",
    "The next in the queue is master. The one that stepped down queues again after the cooldown, or as soon as "
        + "nobody else does. Refused if there is nobody else."},
        footer = {"", "Examples:",
            "  admin-cli step-down --reason 'disk is slow'",
            "  admin-cli step-down --cooldown 10m --yes",
            "  admin-cli step-down --dry-run                     who would be master then?"})
final class StepDownCommand implements Callable<Integer> {

    @Option(names = "--cooldown", paramLabel = "TIME", defaultValue = "30s", converter = DurationConverter.class,
            description = "How long it stays out of the queue (default: ${DEFAULT-VALUE}).")
    private Duration cooldown;

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

    private final Surroundings surroundings;

    StepDownCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        SwitchoverRequest request = new SwitchoverRequest(Optional.empty(), Cause.STEP_DOWN, cooldown, force,
                Optional.empty(), safeguards.timeout(), signature.actor(surroundings.environment()),
                signature.reason(), safeguards.ifEpoch());
        SwitchoverDialogue dialogue = new SwitchoverDialogue(surroundings, safeguards, output);
        return cluster.call(surroundings, store -> dialogue.hold(store, request, false));
    }
}
