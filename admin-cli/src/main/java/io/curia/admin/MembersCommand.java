package io.curia.admin;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code members}: lists everybody in the roster. */
@Command(name = "members", description = {
    "List the members: live ones with their role, and nodes that are down or evicted with since when and why.",
    "A member is LIVE (its ZooKeeper session holds), DOWN or EVICTED; its role is MASTER, STANDBY, OBSERVER or GUEST."},
        footer = {"", "Examples:",
            "  admin-cli members                     who is there",
            "  admin-cli members -o wide             with process, host, version, tags",
            "  admin-cli members --watch             the same, until Ctrl-C",
            "  admin-cli members --filter status=down --sort -age --columns id,age,reason",
            "  admin-cli members --via host2:8001    as that node sees it, without ZooKeeper",
            "  admin-cli members -o json | jq -r '.members[] | select(.status==\"DOWN\").id'",
            "  for id in $(admin-cli members -o name); do …; done"})
final class MembersCommand implements Callable<Integer> {

    @Mixin
    private final StoreOptions cluster = new StoreOptions();
    @Mixin
    private final ViaOptions via = new ViaOptions();
    @Mixin
    private final OutputOptions output = new OutputOptions();
    @Mixin
    private final WatchOptions watch = new WatchOptions();

    private final Surroundings surroundings;

    MembersCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        return via.call(cluster, surroundings,
                nodes -> watch.show(() -> nodes.members(surroundings.time().now()), output, surroundings, "the node"),
                store -> watch.show(() -> new MembersReport(store.view(), surroundings.time().now()), output,
                        surroundings));
    }
}
