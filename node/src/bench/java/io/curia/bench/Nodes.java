package io.curia.bench;

import io.curia.model.ClusterView;
import io.curia.model.Endpoint;
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
        nodes.removeIf(node -> !node.child().isAlive());
        while (nodes.size() < size) {
            String id = "n" + ++started;
            Child child = lab.node(cluster, id, options);
            Child.Line ready = child.await("ready ", Lab.PATIENCE);
            nodes.add(new Node(id, child, Endpoint.parse(ready.value("address").orElseThrow())));
        }
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

    List<Node> allBut(Node one) {
        return nodes.stream().filter(node -> !node.equals(one)).toList();
    }

    @Override
    public void close() {
        nodes.forEach(node -> node.child().kill());
        nodes.forEach(node -> node.child().handle().onExit().join());
    }
}
