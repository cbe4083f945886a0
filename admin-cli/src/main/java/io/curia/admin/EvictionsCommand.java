package io.curia.admin;

import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code evictions}: lists who is kept out. */
@Command(name = "evictions", description =
        "List the evicted nodes: by whom, since when, until when, why. A node whose ban has ended is listed until "
                + "it rejoins or is readmitted.",
        footer = {"", "Examples:",
            "  admin-cli evictions",
            "  admin-cli evictions --via host2:8001  as that node sees it, without ZooKeeper",
            "  admin-cli readmit $(admin-cli evictions -o name)"})
final class EvictionsCommand implements Callable<Integer> {

    @Mixin
    private final StoreOptions cluster = new StoreOptions();
    @Mixin
    private final ViaOptions via = new ViaOptions();
    @Mixin
    private final OutputOptions output = new OutputOptions();
    @Mixin
    private final WatchOptions watch = new WatchOptions();

    private final Surroundings surroundings;

    EvictionsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        return via.call(cluster, surroundings,
                nodes -> watch.show(() -> nodes.evictions(now()), output, surroundings, "the node"),
                store -> watch.show(() -> new EvictionsReport(store.view(), now()), output, surroundings));
    }

    private Instant now() {
        return surroundings.time().now();
    }
}
