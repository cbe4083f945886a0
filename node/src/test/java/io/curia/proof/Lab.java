package io.curia.proof;

import io.curia.model.Incarnation;
import io.curia.model.Member;
import io.curia.model.NodeId;
import io.curia.store.NodeSession;
import io.curia.store.NodeSession.Removal;
import io.curia.store.Outcome;
import io.curia.zookeeper.ZooKeeperConnection;
import io.curia.zookeeper.ZooKeeperSettings;
import io.curia.zookeeper.server.LocalEnsemble;
import io.curia.zookeeper.server.ServerStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A cluster of real processes over a real ensemble, with a bystander; everything that can be done to it is here. */
final class Lab implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(2);
    private static final Duration END = Duration.ofSeconds(30);
    private static final NodeId SLANDERER = NodeId.of("slanderer");

    private final LabSettings settings;
    private final LocalEnsemble ensemble;
    private final Network network;
    private final Keeper keeper;
    private final List<Subject> subjects = new ArrayList<>();
    private final ZooKeeperConnection slanderer;
    private final NodeSession slander;

    /** A valid master: which process, and its stretch so far. */
    record Master(Subject subject, Stretch stretch) {

        long epoch() {
            return stretch.epoch();
        }
    }

    private Lab(LabSettings settings, LocalEnsemble ensemble, Network network, Keeper keeper) {
        this.settings = settings;
        this.ensemble = ensemble;
        this.network = network;
        this.keeper = keeper;
        this.slanderer = ZooKeeperConnection.forNode(
                ZooKeeperSettings.of(ensemble.connectString(), settings.cluster())
                        .withSessionTimeout(Duration.ofSeconds(60)).withConnectTimeout(Duration.ofSeconds(30)));
        this.slander = slanderer.session(SLANDERER);
    }

    /** Returns a lab whose processes have been started; {@link #awaitAllWell} tells when they are a cluster. */
    static Lab start(LabSettings settings, LocalEnsemble ensemble, Network network) throws Exception {
        Keeper keeper = Keeper.start(ensemble.connectString(), new RegisterPaths(settings.cluster()));
        Lab lab = new Lab(settings, ensemble, network, keeper);
        List<InetSocketAddress> servers = new ArrayList<>();
        for (String server : ensemble.connectString().split(",")) {
            int port = Integer.parseInt(server.substring(server.lastIndexOf(':') + 1));
            servers.add(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        }
        Ports ports = new Ports();
        for (int number = 1; number <= settings.nodes(); number++) {
            Subject subject = new Subject("n" + number, settings, network, ports, servers,
                    settings.isGated(number) && !network.hasCables());
            lab.subjects.add(subject);
            subject.start();
        }
        return lab;
    }

    LabSettings settings() {
        return settings;
    }

    Network network() {
        return network;
    }

    Keeper keeper() {
        return keeper;
    }

    List<Subject> subjects() {
        return subjects;
    }

    /** Returns every time in which a process called itself valid, so far. */
    List<Stretch> stretches() {
        return subjects.stream().flatMap(subject -> subject.stretches().stream()).toList();
    }

    /** Returns the process that is valid master now; the last epoch's, should there be two. */
    Optional<Master> master() {
        return subjects.stream()
                .flatMap(subject -> subject.valid().map(stretch -> new Master(subject, stretch)).stream())
                .max((a, b) -> Long.compare(a.epoch(), b.epoch()));
    }

    /** Returns whether {@code condition} came to hold in time. */
    static boolean await(Duration atMost, Callable<Boolean> condition) {
        try {
            Awaitility.await().atMost(atMost).pollDelay(Duration.ZERO).pollInterval(LOOK).until(condition);
            return true;
        } catch (ConditionTimeoutException e) {
            // The answer: it did not.
            return false;
        }
    }

    boolean awaitEpochAfter(long epoch, Duration atMost) {
        return await(atMost, () -> master().filter(master -> master.epoch() > epoch).isPresent());
    }

    /** Returns whether all nodes came to be candidates, and one of them master, in time. */
    boolean awaitAllWell(Duration atMost) {
        long now = System.nanoTime();
        return await(atMost, () -> subjects.stream().allMatch(Subject::isReady)
                && keeper.candidates().size() == subjects.size() && isRenewedSince(now));
    }

    /** Returns whether there is a valid master that was confirmed by a renewal, or a claim, sent after this moment. */
    boolean isRenewedSince(long nanos) {
        return master().filter(master -> master.stretch().untilNanos() - settings.guard().toNanos() > nanos)
                .isPresent();
    }

    Subject subject(String name) {
        return subjects.stream().filter(subject -> subject.name().equals(name)).findFirst().orElseThrow();
    }

    /** Starts a process anew for every node that has none, and returns what those said that ended by themselves. */
    List<String> revive() throws IOException {
        List<String> oddities = new ArrayList<>();
        for (Subject subject : subjects) {
            if (!subject.isAlive()) {
                subject.endedByItself().ifPresent(oddities::add);
                subject.start();
            }
        }
        return oddities;
    }

    /** Removes a live registration as if it were dead; returns what came of it. */
    Outcome slander(String name, boolean proven) throws Exception {
        NodeId id = NodeId.of(name);
        Optional<Incarnation> victim = slanderer.store().live(id).map(Member::incarnation);
        if (victim.isEmpty()) {
            return Outcome.of(Outcome.Kind.CONFLICT, name + " is not registered");
        }
        return slander.remove(List.of(new Removal(id, victim.get(), proven, "slander", Instant.now())))
                .toCompletableFuture().get(END.toSeconds(), TimeUnit.SECONDS);
    }

    /** Kills a ZooKeeper server and starts it again; returns its role before. */
    String restartServer(int id) throws IOException, InterruptedException {
        ServerStatus.Mode mode = ensemble.status().get(id - 1).mode();
        ensemble.kill(id);
        ensemble.restart(id);
        return mode.toString();
    }

    boolean serversServe() {
        return ensemble.status().stream().allMatch(server -> server.mode().serves());
    }

    /** Ends every process. */
    void stopNodes() {
        subjects.forEach(Subject::close);
    }

    @Override
    public void close() {
        stopNodes();
        slanderer.close();
        keeper.close();
    }
}
