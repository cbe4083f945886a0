package io.curia.bench;

import io.curia.model.ClusterView;
import io.curia.model.Endpoint;
import io.curia.model.Intents.Place;
import io.curia.model.NodeId;
import io.curia.store.ClusterStore;
import io.curia.zookeeper.ZooKeeperConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A cluster of node processes. */
final class Nodes implements AutoCloseable {

    private final Lab lab;
    private final String cluster;
    private final String[] options;
    private final List<Node> nodes = new ArrayList<>();
    private int started;

    /**
     * One of them.
     *
     * @param id its id
     * @param child its process
     * @param address its port
     */
    record Node(String id, Child child, Endpoint address) {
    }

    Nodes(Lab lab, String cluster, String... options) {
        this.lab = lab;
        this.cluster = cluster;
        this.options = options.clone();
    }

    /** Returns once this many live and are ready; each new one has an id of its own. */
    void fill(int size) throws IOException, InterruptedException {
        forgetDead();
        while (nodes.size() < size) {
            String id = "n" + ++started;
            Child child = lab.node(cluster, id, options);
            Child.Line ready = child.await("ready ", Lab.PATIENCE);
            nodes.add(new Node(id, child, Endpoint.parse(ready.value("address").orElseThrow())));
        }
    }

    /** Those that have ended do not count any more. */
    void forgetDead() {
        nodes.removeIf(node -> !node.child().isAlive());
    }

    String cluster() {
        return cluster;
    }

    List<Node> all() {
        return List.copyOf(nodes);
    }

    /** Returns the master that ZooKeeper's records name. */
    Node master(ZooKeeperConnection tool) throws IOException {
        ClusterView view = tool.store().view();
        String id = view.currentMaster().map(member -> member.id().value())
                .orElseThrow(() -> new IOException("cluster " + cluster + " has no master between two rounds"));
        return nodes.stream().filter(node -> node.id().equals(id)).findFirst().orElseThrow();
    }

    Node named(NodeId id) {
        return nodes.stream().filter(node -> node.id().equals(id.value())).findFirst().orElseThrow();
    }

    /** Returns who queues behind the master, first in the queue first, once everybody does. */
    List<NodeId> awaitQueue(ClusterStore store) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + Lab.PATIENCE.toNanos();
        while (System.nanoTime() - deadline < 0) {
            List<NodeId> queue = new ArrayList<>(
                    store.intents().queue().orElse(List.of()).stream().map(Place::id).toList());
            boolean reigns = store.master().tenure().filter(tenure -> tenure.ending().isEmpty()
                    && !queue.isEmpty() && queue.get(0).equals(tenure.id())).isPresent();
            if (reigns && queue.size() == nodes.size()) {
                queue.remove(0);
                return queue;
            }
            Pause.of(Pause.A_MOMENT);
        }
        throw new IOException("the queue is not complete after " + Lab.PATIENCE);
    }

    List<Node> allBut(Node one) {
        return nodes.stream().filter(node -> !node.equals(one)).toList();
    }

    @Override
    public void close() {
        nodes.forEach(node -> node.child().kill());
        nodes.forEach(node -> node.child().handle().onExit().join());
    }
}
