package io.curia.admin;

import io.curia.store.StoreException;
import io.curia.store.memory.MemoryEnsemble;
import io.curia.zookeeper.ZooKeeperSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Where a test sits: a cluster in memory, a terminal, clocks, and the program to run. One invocation a desk. */
final class Desk {

    final ManualTime time;
    final PaperTerminal terminal = new PaperTerminal();
    final MemoryEnsemble cluster;
    final ScriptedStore store;
    final ScriptedNodes nodes;
    final Map<String, String> environment = new HashMap<>(Map.of("USER", "ann", "HOSTNAME", "desk"));
    Optional<ZooKeeperSettings> opened = Optional.empty();
    final ScriptedEnsemble ensemble = new ScriptedEnsemble();
    boolean connected;
    Supplier<DrillGear> drillGear = DrillGear::real;
    Interruptions interruptions = (thread, err) -> () -> { };
    private Optional<StoreException> cannotOpen = Optional.empty();

    Desk() {
        this(new ManualTime());
    }

    private Desk(ManualTime time) {
        this.time = time;
        this.cluster = MemoryEnsemble.cluster("curia", time);
        this.store = new ScriptedStore(cluster.store());
        this.nodes = new ScriptedNodes(cluster.store());
    }

    /** Another desk with the same cluster, the same nodes and the same clocks. */
    Desk(Desk other) {
        this.time = other.time;
        this.cluster = other.cluster;
        this.store = other.store;
        this.nodes = other.nodes;
    }

    /** A cluster of n1 (master), n2 and n3 (standbys). */
    static Desk ofThree() {
        Desk desk = new Desk();
        desk.cluster.join("n1");
        desk.cluster.join("n2");
        desk.cluster.join("n3");
        desk.cluster.elect("n1");
        return desk;
    }

    Desk cannotOpen(StoreException.Kind kind, String message) {
        cannotOpen = Optional.of(new StoreException(kind, message));
        return this;
    }

    int run(String... arguments) {
        return Verbs.run(surroundings(), arguments);
    }

    Surroundings surroundings() {
        StoreOpener opener = (settings, verbose) -> {
            opened = Optional.of(settings);
            cannotOpen.ifPresent(failure -> {
                throw failure;
            });
            connected = true;
            return new OpenStore(store, () -> connected = false);
        };
        return new Surroundings(terminal, opener, time, environment, drillGear, nodes, ensemble, interruptions);
    }

    String printed() {
        return terminal.printed();
    }

    String said() {
        return terminal.said();
    }
}
