package io.curia.process;

import io.curia.runtime.NodeConfig;
import io.curia.zookeeper.EnsembleInspection;
import io.curia.zookeeper.EnsembleSight;
import io.curia.zookeeper.ServerSight;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Whether ZooKeeper is where the settings say, and grants what they ask for. */
final class EnsembleCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private EnsembleCheck() {
    }

    /** Returns what is wrong with the servers' names; asks the name service only. */
    static List<Complaint> names(List<String> servers) {
        List<Complaint> found = new ArrayList<>();
        for (String server : servers) {
            String host = server.substring(0, server.lastIndexOf(':')).replaceAll("[\\[\\]]", "");
            try {
                InetAddress.getByName(host);
            } catch (UnknownHostException e) {
                found.add(Complaint.warning("--zookeeper " + server + ": " + host + " is not known here; correct it, "
                        + "unless the name appears only when the server runs"));
            }
        }
        return found;
    }

    /** Returns what is wrong with the servers; asks them, each for some seconds at most. */
    static List<Complaint> ask(NodeConfig config) {
        List<Complaint> found = new ArrayList<>();
        List<String> servers = EnsembleInspection.servers(config.zooKeeper());
        int serving = 0;
        for (String server : servers) {
            ServerSight sight = EnsembleInspection.server(server, PATIENCE);
            if (sight.state().serves()) {
                serving++;
            } else {
                found.add(Complaint.warning("--zookeeper " + server + ": " + sight.state() + " " + sight.detail()
                        + "; start it, or name another"));
            }
        }
        if (serving == 0) {
            found.add(Complaint.error("no ZooKeeper server serves at " + config.zooKeeper().connect()
                    + "; name yours with --zookeeper, or start one: node zookeeper"));
            return found;
        }
        granted(config, found);
        return found;
    }

    private static void granted(NodeConfig config, List<Complaint> found) {
        EnsembleSight sight = EnsembleInspection.look(config.zooKeeper());
        if (sight.longestSession().isEmpty()) {
            found.add(Complaint.error("ZooKeeper at " + config.zooKeeper().connect() + " gives no session within "
                    + config.zooKeeper().connectTimeout().toMillis() + " ms; see that a majority of its servers runs, "
                    + "and --zookeeper-config if it wants TLS or SASL"));
            return;
        }
        EnsembleInspection.missingAboveChroot(config.zooKeeper()).ifPresent(above -> found.add(Complaint.error(
                "--zookeeper " + config.zooKeeper().connect() + ": ZooKeeper has no " + above + ", and a node makes "
                        + "the last part of a chroot only; create " + above + ", or name another chroot")));
        Duration asked = config.zooKeeper().sessionTimeout();
        sight.longestSession().filter(longest -> asked.compareTo(longest) > 0).ifPresent(longest ->
                found.add(Complaint.warning("--session-timeout " + asked.toMillis() + " ms: the servers grant at most "
                        + longest.toMillis() + " ms; ask for no more, or raise their maxSessionTimeout")));
        sight.shortestSession().filter(shortest -> asked.compareTo(shortest) < 0).ifPresent(shortest ->
                found.add(Complaint.warning("--session-timeout " + asked.toMillis() + " ms: the servers grant at least "
                        + shortest.toMillis() + " ms; ask for no less, or lower their minSessionTimeout")));
        if (config.zooKeeper().authFile().isPresent() && !sight.openTo().isEmpty()) {
            found.add(Complaint.warning("--auth-file: anybody may change " + String.join(", ", sight.openTo())
                    + ", because the cluster was made without it; see the operations guide on how to close it"));
        }
    }
}
