package io.curia.admin;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code init}: makes the cluster's tree. */
@Command(name = "init", description = {
    "Make the cluster's tree in ZooKeeper, and say its uuid. Does nothing if it is there already.",
    "The first node makes it too; init is for whoever must do it first, with credentials of their own."},
        footer = {"", "Examples:",
            "  admin-cli init --cluster orders",
            "  admin-cli init --cluster orders --auth-file /etc/curia/zookeeper.auth"})
final class InitCommand implements Callable<Integer> {

    @Mixin
    private final StoreOptions cluster = new StoreOptions();
    @Mixin
    private final OutputOptions output = new OutputOptions();

    private final Surroundings surroundings;

    InitCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        return cluster.call(surroundings, store -> {
            output.print(new InitReport(store.init()), surroundings.terminal());
            return 0;
        });
    }
}
