package io.curia.proof;

import io.curia.model.Cause;
import io.curia.model.ClusterView;
import io.curia.model.Ending;
import io.curia.model.MasterRecord;
import io.curia.model.MemberView;
import io.curia.model.NodeId;
import io.curia.model.Switchover;
import io.curia.model.Tenure;
import io.curia.store.ClusterStore;
import io.curia.zookeeper.ZooKeeperConnection;
import io.curia.zookeeper.ZooKeeperSettings;
import io.curia.zookeeper.server.EnsembleSettings;
import io.curia.zookeeper.server.LocalEnsemble;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** Nodes that run one command among them, over a real server, and what can be done to them. */
final class RunLab implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CLUSTER = "run";

    private final LocalEnsemble ensemble;
    private final ZooKeeperConnection connection;
    private final List<RunNode> nodes = new ArrayList<>();
    private final Path log;

    RunLab(Path directory, int count, Duration session, String... more) throws Exception {
        Path script = directory.resolve("beat.sh");
        Files.copy(RunLab.class.getResourceAsStream("/singleton/beat.sh"), script, StandardCopyOption.REPLACE_EXISTING);
        this.log = directory.resolve("beats.log");
        this.ensemble = LocalEnsemble.start(EnsembleSettings.of(directory.resolve("zookeeper"), 1)
                .withMinSessionTimeout(Duration.ofSeconds(1)));
        ensemble.awaitServing(PATIENCE);
        this.connection = ZooKeeperConnection.forTool(ZooKeeperSettings.of(ensemble.connectString(), CLUSTER));
        int port = Integer.parseInt(ensemble.connectString().replaceFirst(".*:", ""));
        InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        for (int number = 1; number <= count; number++) {
            nodes.add(new RunNode("n" + number, directory, server, CLUSTER, session, List.of(more),
                    List.of("sh", script.toString(), log.toString()), log));
        }
    }

    List<RunNode> nodes() {
        return nodes;
    }

    Path log() {
        return log;
    }

    ClusterStore store() {
        return connection.store();
    }

    void startAll() throws Exception {
        for (RunNode node : nodes) {
            if (!node.isAlive()) {
                node.start();
            }
        }
        awaitWell();
    }

    /** Returns the run that goes on, once everybody is a member and the master's command runs. */
    RunLine awaitWell() throws Exception {
        return await("all members, and a run of the master's", () -> {
            ClusterView view = store().view();
            Optional<RunLine> run = RunLog.read(log).lastStart();
            boolean masters = run.isPresent() && view.master().tenure().filter(tenure -> tenure.ending().isEmpty()
                    && tenure.epoch().number() == run.get().epoch() && tenure.id().value().equals(run.get().node()))
                    .isPresent() && ProcessHandle.of(run.get().run()).isPresent();
            return masters && view.live().size() == nodes.size() ? run : Optional.empty();
        });
    }

    /** Returns the first run after {@code before} that is like this. */
    RunLine awaitRun(RunLine before, Predicate<RunLine> such) throws Exception {
        return await("a run after " + before, () -> {
            List<RunLine> starts = RunLog.read(log).starts();
            return starts.subList(starts.indexOf(before) + 1, starts.size()).stream().filter(such).findFirst();
        });
    }

    private <T> T await(String what, Callable<Optional<T>> found) {
        return Awaitility.await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(20))
                .ignoreExceptionsInstanceOf(io.curia.store.StoreException.class)
                .until(found, Optional::isPresent).orElseThrow();
    }

    RunNode node(String id) {
        return nodes.stream().filter(node -> node.id().equals(id)).findFirst().orElseThrow();
    }

    /** Evicts as an operator does: roster, registration, latch place and tenure in one transaction. */
    void evict(String id) {
        ClusterView view = store().view();
        MemberView member = view.member(NodeId.of(id)).orElseThrow();
        Instant now = Instant.now();
        Optional<MasterRecord> ended = view.currentMaster().filter(member::equals).map(master -> new MasterRecord(
                Optional.of(view.master().tenure().orElseThrow().ended(
                        new Ending(Cause.EVICTED, false, "operator", "proof", now))), view.master().version()));
        store().evict(new ClusterStore.Eviction(member.roster().evicted("operator", "proof", now, Optional.empty()),
                member.live(), ended, OptionalInt.of(view.master().version())));
    }

    void readmit(String id) {
        store().put(store().roster(NodeId.of(id)).orElseThrow().readmitted("operator", "proof", Instant.now()));
    }

    void switchOver() {
        MasterRecord master = store().master();
        Tenure tenure = master.tenure().orElseThrow();
        Instant now = Instant.now();
        Switchover wish = new Switchover(UUID.randomUUID().toString(), tenure.id(), tenure.epoch(), Optional.empty(),
                Cause.SWITCHOVER, false, now, now.plusSeconds(PATIENCE.toSeconds()), Duration.ZERO, "operator",
                "proof", now, Optional.empty());
        store().putSwitchover(store().intents().switchover().saying(wish), master.version());
    }

    /** Returns who runs and should not, once whoever is about to end has had a moment to. */
    List<String> orphans(RunLine present) throws IOException {
        return RunProcesses.orphans(log, present);
    }

    @Override
    public void close() throws IOException {
        for (RunNode node : nodes) {
            node.close();
        }
        connection.close();
        ensemble.close();
    }
}
