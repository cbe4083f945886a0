package io.curia.zookeeper.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Three servers inside this very process, on daemon threads, which end with it. They are the real thing in the wrong
 * place: good for loading every class that servers and clients load, and for nothing else.
 */
public final class InProcessEnsemble {

    private static final int SERVERS = 3;

    private final List<ServerPlan> plans;

    private InProcessEnsemble(List<ServerPlan> plans) {
        this.plans = plans;
    }

    /** Returns servers that have been started and may not serve yet, with their files in {@code directory}. */
    public static InProcessEnsemble start(Path directory) throws IOException {
        FreePorts free = new FreePorts(RandomGenerator.getDefault());
        List<ServerPlan> plans = new ArrayList<>();
        for (int id = 1; id <= SERVERS; id++) {
            plans.add(new ServerPlan(id, directory.resolve("server-" + id), free.next(), free.next(), free.next()));
        }
        for (ServerPlan plan : plans) {
            ServerConfiguration.write(plan, plans, Duration.ofSeconds(1));
            Thread server = new Thread(() -> run(plan), "server-" + plan.id());
            server.setDaemon(true);
            server.start();
        }
        return new InProcessEnsemble(List.copyOf(plans));
    }

    /** Returns where clients connect. */
    public String connectString() {
        return plans.stream().map(ServerPlan::address).collect(Collectors.joining(","));
    }

    /** Returns whether all servers serve now. */
    public boolean serves() {
        return plans.stream().allMatch(plan -> ServerProbe.mode(plan.clientPort()).serves());
    }

    private static void run(ServerPlan plan) {
        try {
            EnsembleServerMain.main(plan.configuration().toString(), EnsembleServerMain.DETACHED);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
