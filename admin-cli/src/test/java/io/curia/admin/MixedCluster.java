package io.curia.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.curia.model.ClusterView;
import io.curia.model.Intents.Place;
import io.curia.model.MemberView;
import io.curia.model.NodeId;
import io.curia.store.ClusterStore;
import io.curia.zookeeper.ZooKeeperConnection;
import io.curia.zookeeper.ZooKeeperSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** Three to five nodes that differ, processes all of them, and what operators and fate do to them at random. */
final class MixedCluster implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CLASS_PATH =
            System.getProperty("surefire.real.class.path", System.getProperty("java.class.path"));
    private static final List<Integer> PRIORITIES = List.of(100, 100, 100, 50, 200);

    private final String zooKeeper;
    private final String name;
    private final Path scratch;
    private final Random dice;
    private final ZooKeeperConnection tool;
    private final Map<String, Node> nodes = new TreeMap<>();

    /** One of them: with which options it is started, and the process that runs it now. */
    private static final class Node {
        private final boolean observer;
        private int priority;
        private boolean drained;
        private boolean sick;
        private Process process;

        Node(boolean observer, int priority) {
            this.observer = observer;
            this.priority = priority;
        }

        boolean isFit() {
            return !observer && !drained && !sick;
        }
    }

    /** What is done before a round. */
    private enum Act { NOTHING, DRAIN, UNDRAIN, SICKEN, HEAL, RESTART_STANDBY, KILL_MASTER, ANOTHER_PRIORITY }

    /** What a command ended with. */
    record Ran(int code, String printed, String said) {
    }

    private MixedCluster(String zooKeeper, String name, Path scratch, Random dice) {
        this.zooKeeper = zooKeeper;
        this.name = name;
        this.scratch = scratch;
        this.dice = dice;
        this.tool = ZooKeeperConnection.forTool(ZooKeeperSettings.of(zooKeeper, name));
    }

    /** Returns one whose nodes are there; one of three has a node that flaps. */
    static MixedCluster start(String zooKeeper, String name, Path scratch, Random dice) throws IOException {
        MixedCluster cluster = new MixedCluster(zooKeeper, name, Files.createDirectories(scratch.resolve(name)), dice);
        int size = 3 + dice.nextInt(3);
        for (int i = 1; i <= size; i++) {
            boolean observer = i == size && size > 3 && dice.nextBoolean();
            cluster.nodes.put("n" + i, new Node(observer, PRIORITIES.get(dice.nextInt(PRIORITIES.size()))));
        }
        for (String id : cluster.nodes.keySet()) {
            Files.createFile(cluster.healthFile(id));
            cluster.startNode(id);
        }
        cluster.awaitWhole();
        if (dice.nextInt(3) == 0) {
            cluster.haveOneFlap();
        }
        return cluster;
    }

    private void haveOneFlap() {
        String unlucky = master();
        for (int strike = 0; strike < 2; strike++) {
            kill(unlucky);
            startNode(unlucky);
            awaitWhole();
            run("switchover --to " + unlucky + " --yes");
        }
        kill(unlucky);
        startNode(unlucky);
        awaitWhole();
    }

    private Path healthFile(String id) {
        return scratch.resolve(id + ".fit");
    }

    private void startNode(String id) {
        Node node = nodes.get(id);
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", CLASS_PATH,
                "io.curia.process.NodeMain", "--id", id, "--port", "0", "--session-timeout", "4s", "--zookeeper",
                zooKeeper, "--cluster", name, "--data-dir", scratch.resolve(id).toString()));
        command.addAll(node.observer ? List.of("--observer") : List.of("--priority",
                Integer.toString(node.priority), "--health-command", "test -e " + healthFile(id),
                "--health-interval", "300ms", "--health-timeout", "20s"));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(key -> key.startsWith("CURIA_"));
        try {
            node.process = builder.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(scratch.resolve(id + ".log").toFile())).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void kill(String id) {
        nodes.get(id).process.destroyForcibly().onExit().join();
    }

    /** Every node lives, whoever is fit queues, the first of them is master. */
    private void awaitWhole() {
        long fit = nodes.values().stream().filter(Node::isFit).count();
        await(view -> view.live().size() == nodes.size() && view.currentMaster().isPresent());
        Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> queue().size() == fit
                && queue().get(0).equals(master()));
    }

    void await(Predicate<ClusterView> wanted) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).ignoreExceptions()
                .until(() -> wanted.test(tool.store().view()));
    }

    <T> T look(Function<ClusterStore, T> look) {
        return look.apply(tool.store());
    }

    private List<String> queue() {
        return tool.store().intents().queue().orElse(List.of()).stream().map(Place::id).map(Object::toString).toList();
    }

    private String master() {
        return tool.store().view().currentMaster().orElseThrow().id().value();
    }

    List<String> ids() {
        return List.copyOf(nodes.keySet());
    }

    /**
     * Does something, or nothing, at random, and waits until it shows: whoever is to queue does, whoever is not does
     * not. What others make of it is not waited for. Returns what it was.
     */
    String act() {
        Act act = Act.values()[dice.nextInt(Act.values().length)];
        List<String> candidates = nodes.keySet().stream().filter(id -> !nodes.get(id).observer).toList();
        String drawn = candidates.get(dice.nextInt(candidates.size()));
        Optional<String> reigning = tool.store().view().currentMaster().map(found -> found.id().value());
        boolean reigns = reigning.equals(Optional.of(drawn));
        boolean spare = nodes.get(drawn).isFit() && nodes.values().stream().filter(Node::isFit).count() > 2;
        Optional<String> victim = switch (act) {
            case NOTHING -> Optional.empty();
            case UNDRAIN -> candidates.stream().filter(id -> nodes.get(id).drained).findFirst();
            case HEAL -> candidates.stream().filter(id -> nodes.get(id).sick).findFirst();
            case DRAIN, SICKEN -> Optional.of(drawn).filter(id -> spare);
            case RESTART_STANDBY, ANOTHER_PRIORITY -> Optional.of(drawn).filter(id -> !reigns);
            case KILL_MASTER -> reigning.filter(id -> dice.nextInt(3) == 0);
        };
        victim.ifPresent(id -> carryOut(act, id));
        return victim.map(id -> act + " " + id).orElse("nothing");
    }

    private void carryOut(Act act, String id) {
        Node node = nodes.get(id);
        switch (act) {
            case NOTHING -> { }
            case DRAIN -> {
                run("drain " + id + " --yes");
                node.drained = true;
            }
            case UNDRAIN -> {
                run("undrain " + id);
                node.drained = false;
            }
            case SICKEN, HEAL -> feel(id, act == Act.SICKEN);
            case RESTART_STANDBY, KILL_MASTER, ANOTHER_PRIORITY -> {
                if (act == Act.ANOTHER_PRIORITY) {
                    node.priority = PRIORITIES.get(dice.nextInt(PRIORITIES.size()));
                }
                kill(id);
                startNode(id);
                await(view -> view.member(NodeId.of(id)).flatMap(MemberView::live)
                        .filter(live -> live.pid() == node.process.pid()).isPresent());
            }
        }
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).ignoreExceptions()
                .until(() -> queue().contains(id) == node.isFit());
    }

    private void feel(String id, boolean sick) {
        nodes.get(id).sick = sick;
        try {
            if (sick) {
                Files.delete(healthFile(id));
            } else {
                Files.createFile(healthFile(id));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the program's own code on a connection of its own, as each call of the program has. */
    Ran run(String line) {
        PaperTerminal terminal = new PaperTerminal();
        Map<String, String> environment = Map.of("CURIA_ZOOKEEPER", zooKeeper, "CURIA_CLUSTER", name, "USER", "ann",
                "HOSTNAME", "desk");
        int code = Verbs.run(new Surroundings(terminal, (settings, verbose) -> {
            ZooKeeperConnection connection = ZooKeeperConnection.forTool(settings);
            return new OpenStore(connection.store(), connection::close);
        }, new SystemTime(), environment), line.split(" "));
        return new Ran(code, terminal.printed(), terminal.said());
    }

    static JsonNode json(Ran ran) throws IOException {
        return new ObjectMapper().readTree(ran.printed());
    }

    @Override
    public void close() {
        nodes.values().forEach(node -> node.process.destroyForcibly());
        nodes.values().forEach(node -> node.process.onExit().join());
        tool.close();
    }
}
