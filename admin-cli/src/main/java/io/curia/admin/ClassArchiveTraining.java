package io.curia.admin;

import io.curia.model.Cause;
import io.curia.model.ClusterIdentity;
import io.curia.model.ClusterView;
import io.curia.model.Endpoint;
import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import io.curia.model.Intents;
import io.curia.model.MasterRecord;
import io.curia.model.Member;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.Role;
import io.curia.model.RosterEntry;
import io.curia.model.Tenure;
import io.curia.wire.message.MasterInfo;
import io.curia.wire.message.MasterReply;
import io.curia.wire.message.MessageCodec;
import io.curia.wire.message.Reply;
import io.curia.wire.message.StatusReply;
import io.curia.wire.message.Vigil;
import io.curia.wire.message.Wishes;
import io.curia.zookeeper.ZooKeeperConnection;
import io.curia.zookeeper.ZooKeeperSettings;
import io.curia.zookeeper.server.EnsembleSettings;
import io.curia.zookeeper.server.LocalEnsemble;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Loads the classes that commands load, by running each against a server, which is a process of its own: its classes
 * are of no use here. The launcher runs it once and keeps what was loaded as a class archive.
 */
final class ClassArchiveTraining {

    private static final int DEADLINE_SECONDS = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** More than are read one by one. */
    private static final int MANY = 60;
    private static final List<String> LINES = List.of("members", "members -o wide", "members -o json",
            "members -o yaml", "members -o name", "master", "evictions", "evict --dry-run n1", "evict --yes --force n1",
            "readmit n1", "events", "events -o json", "history", "why",
            "drill kill-master --dry-run", "init", "--version", "--help", "nonsense");

    private ClassArchiveTraining() {
    }

    /** Ends the process when everything has been loaded; the directory {@code arguments[0]} is left to the caller. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        CompletableFuture.delayedExecutor(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .execute(() -> Runtime.getRuntime().halt(1));
        LocalEnsemble ensemble = LocalEnsemble.start(EnsembleSettings.of(Path.of(arguments[0], "zookeeper"), 1));
        ensemble.awaitServing(PATIENCE);
        Map<String, String> environment = Map.of("CURIA_ZOOKEEPER", ensemble.connectString());
        AdminMain.run(environment, "init");
        try (ZooKeeperConnection connection = ZooKeeperConnection.forTool(
                ZooKeeperSettings.of(ensemble.connectString(), ZooKeeperSettings.DEFAULT_CLUSTER))) {
            register(connection, 1, 1);
            masters();
            answers();
            LINES.forEach(line -> AdminMain.run(environment, line.split(" ")));
            register(connection, 2, MANY);
            AdminMain.run(environment, "members");
        }
        System.exit(0);
    }

    /** What asks a node is loaded by asking something that answers as one would. */
    private static void answers() throws IOException {
        try (ServerSocket port = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Endpoint address = new Endpoint("127.0.0.1", port.getLocalPort());
            Instant now = Instant.now();
            List<Reply> replies = List.of(new StatusReply(NodeId.of("n1"), Role.MASTER, Epoch.NONE.next(), true, 1,
                    Optional.of(NodeId.of("n1")), Incarnation.of(1, 1), Optional.of(""), "training", true, 1, address,
                    Vigil.NONE),
                    new MasterReply("training", Epoch.NONE.next(), Optional.of(new MasterInfo(NodeId.of("n1"),
                            Epoch.NONE.next(), address, 1, now, Cause.FIRST)), now, Optional.empty(), Wishes.NONE));
            Thread node = new Thread(() -> answer(port, replies), "answers");
            node.setDaemon(true);
            node.start();
            AdminMain.run(Map.of(), "master", "--via", address.toString());
        }
    }

    private static void answer(ServerSocket port, List<Reply> replies) {
        try (Socket asker = port.accept();
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(asker.getInputStream(), StandardCharsets.UTF_8))) {
            for (Reply reply : replies) {
                lines.readLine();
                asker.getOutputStream().write(MessageCodec.encode(reply));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the training cannot answer itself", e);
        }
    }

    /** Gives the commands something to list: first one member, then so many that they are read together. */
    private static void register(ZooKeeperConnection connection, int from, int to) {
        for (int i = from; i <= to; i++) {
            Instant now = Instant.now();
            Member member = new Member(NodeId.of("n" + i), Incarnation.of(1, i), new Endpoint("127.0.0.1", 1),
                    MemberKind.GUEST, 0, "host", "", now, Map.of("key", "value"), Optional.of(NodeId.of("sponsor")));
            connection.store().registerGuest(member,
                    RosterEntry.admitted(member.id(), MemberKind.GUEST, "sponsor", "", now).registered(member));
        }
    }

    /** Nobody is elected here; what speaks of a master is loaded by making one up. */
    private static void masters() {
        Instant now = Instant.now();
        Tenure tenure = new Tenure(Epoch.NONE.next(), NodeId.of("n1"), Incarnation.of(1, 1),
                new Endpoint("127.0.0.1", 1), 1, "/", now, Cause.FIRST, "", Duration.ZERO, Optional.empty());
        Member member = new Member(tenure.id(), tenure.incarnation(), tenure.address(), MemberKind.CANDIDATE, 1,
                "host", "", now, Map.of(), Optional.empty());
        RosterEntry entry = RosterEntry.admitted(tenure.id(), MemberKind.CANDIDATE, "n2", "", now).registered(member);
        ClusterView view = ClusterView.of(new ClusterIdentity("training", "", now),
                new MasterRecord(Optional.of(tenure), 1), List.of(entry), List.of(member),
                Intents.NONE, now);
        StringBuilder text = new StringBuilder();
        new TableFormat(false, false, Optional.empty()).write(new MasterReport(view, now), text);
        new JsonFormat(false).write(new MembersReport(view, now), text);
        System.out.println(text);
    }
}
