package io.curia.admin;

import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code master}: says who is master now. */
@Command(name = "master", description = {
    "Say who is master, in which epoch, since when, and what ended the mastership before.",
    "Exits with 6 if there is no master now."},
        footer = {"", "Examples:",
            "  admin-cli master",
            "  admin-cli master --via host1:8001,host2:8001      without ZooKeeper",
            "  curl http://$(admin-cli master -o json | jq -r .address)/",
            "  test \"$(admin-cli master -o name)\" = n1 && echo n1 it is"})
final class MasterCommand implements Callable<Integer> {

    @Mixin
    private final StoreOptions cluster = new StoreOptions();
    @Mixin
    private final ViaOptions via = new ViaOptions();
    @Mixin
    private final OutputOptions output = new OutputOptions();
    @Mixin
    private final WatchOptions watch = new WatchOptions();

    private final Surroundings surroundings;

    MasterCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        return via.call(cluster, surroundings,
                nodes -> watch.show(() -> checked(nodes.master(output.format() == OutputFormat.WIDE, now())), output,
                        surroundings, "the node"),
                store -> watch.show(() -> checked(new MasterReport(store.view(), now())), output, surroundings));
    }

    /** While watching, having no master for a moment is what one wants to see, and no reason to stop. */
    private MasterReport checked(MasterReport report) {
        return watch.isOn() ? report : report.orThrow();
    }

    private Instant now() {
        return surroundings.time().now();
    }
}
