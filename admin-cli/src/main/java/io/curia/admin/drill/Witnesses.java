package io.curia.admin.drill;

import io.curia.model.Endpoint;
import io.curia.model.NodeId;
import io.curia.store.ClusterStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Witnesses on threads: one a node, one for the records. */
public final class Witnesses implements Watching {

    private final RecordWitness records;
    private final Map<NodeId, NodeWitness> nodes = new TreeMap<>();

    private Witnesses(ClusterStore store, Victim victim, Map<NodeId, Endpoint> addresses, long everyNanos) {
        this.records = new RecordWitness(store, victim);
        addresses.forEach((id, address) -> nodes.put(id, new NodeWitness(id, address, everyNanos)));
    }

    /** Returns witnesses at work. */
    public static Watching start(ClusterStore store, Victim victim, Map<NodeId, Endpoint> addresses,
            long everyNanos) {
        Witnesses witnesses = new Witnesses(store, victim, addresses, everyNanos);
        begin("drill-records", witnesses.records);
        witnesses.nodes.forEach((id, witness) -> begin("drill-" + id, witness));
        return witnesses;
    }

    private static void begin(String name, Runnable witness) {
        Thread thread = new Thread(witness, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public Sightings sightings() {
        Map<NodeId, List<Run>> runs = new HashMap<>();
        nodes.forEach((id, witness) -> {
            List<Run> seen = witness.runs();
            if (!seen.isEmpty()) {
                runs.put(id, seen);
            }
        });
        return new Sightings(runs, records.removedNanos(), records.claims());
    }

    @Override
    public void follow(NodeId id, Endpoint address) {
        NodeWitness witness = nodes.get(id);
        if (witness != null) {
            witness.follow(address);
        }
    }

    @Override
    public void close() {
        records.end();
        nodes.values().forEach(NodeWitness::end);
    }
}
