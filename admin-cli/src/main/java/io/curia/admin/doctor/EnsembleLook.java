package io.curia.admin.doctor;

import io.curia.zookeeper.EnsembleInspection;
import io.curia.zookeeper.EnsembleSight;
import io.curia.zookeeper.ServerSight;
import io.curia.zookeeper.ZooKeeperSettings;
import java.time.Duration;

/** The way to look at ZooKeeper itself: the real one in the program, a made-up one in its tests. */
public interface EnsembleLook {

    /** Returns what the server at {@code address} says without a session; never fails. */
    ServerSight server(String address, Duration patience);

    /** Returns what can be found out with a session; never fails. */
    EnsembleSight ensemble(ZooKeeperSettings settings);

    /** Returns the real one. */
    static EnsembleLook real() {
        return new EnsembleLook() {
            @Override
            public ServerSight server(String address, Duration patience) {
                return EnsembleInspection.server(address, patience);
            }

            @Override
            public EnsembleSight ensemble(ZooKeeperSettings settings) {
                return EnsembleInspection.look(settings);
            }
        };
    }
}
