package io.curia.admin;

import io.curia.admin.doctor.EnsembleLook;
import io.curia.zookeeper.EnsembleSight;
import io.curia.zookeeper.ServerSight;
import io.curia.zookeeper.ZooKeeperSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** ZooKeeper's servers as a doctor finds them: one leader, the others following, unless the test lays in otherwise. */
final class ScriptedEnsemble implements EnsembleLook {

    private final Map<String, ServerSight> laidIn = new HashMap<>();
    private Optional<String> leader = Optional.empty();
    EnsembleSight sight = new EnsembleSight(Optional.of(Duration.ofSeconds(4)), Optional.of(Duration.ofSeconds(40)),
            OptionalInt.of(3), List.of());

    static ServerSight server(String address, ServerSight.State state) {
        return new ServerSight(address, state, Optional.of("3.9.5"), Map.of("maxClientCnxns", "60"), "");
    }

    ScriptedEnsemble server(ServerSight server) {
        laidIn.put(server.address(), server);
        return this;
    }

    @Override
    public synchronized ServerSight server(String address, Duration patience) {
        if (laidIn.containsKey(address)) {
            return laidIn.get(address);
        }
        boolean leads = leader.isEmpty() || leader.get().equals(address);
        leader = leader.or(() -> Optional.of(address));
        return server(address, leads ? ServerSight.State.LEADER : ServerSight.State.FOLLOWER);
    }

    @Override
    public EnsembleSight ensemble(ZooKeeperSettings settings) {
        return sight;
    }
}
