package io.curia.process;

import io.curia.runtime.HostName;
import io.curia.runtime.NodeConfig;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** A node whose address only its own host can dial, in a cluster that may have members on others. */
final class AddressWarning {

    private AddressWarning() {
    }

    /** Returns what to tell whoever starts it; empty if there is nothing wrong, as far as can be seen. */
    static Optional<String> of(NodeConfig config) {
        boolean reachable = config.advertise().isPresent() || !isOfThisHost(config.bind().host());
        if (reachable || hosts(config.zooKeeper().connect()).allMatch(AddressWarning::isOfThisHost)) {
            return Optional.empty();
        }
        return Optional.of("warning: members on other hosts cannot dial " + config.bind().host()
                + ", and ZooKeeper is at " + config.zooKeeper().connect()
                + "; give --host 0.0.0.0, or --advertise HOST:PORT");
    }

    private static Stream<String> hosts(String connect) {
        return Arrays.stream(connect.split("/", 2)[0].split(","))
                .map(server -> server.replaceFirst(":\\d+$", "").replaceAll("[\\[\\] ]", ""));
    }

    private static boolean isOfThisHost(String host) {
        return host.startsWith("127.") || host.equals("::1") || host.equals("localhost")
                || host.equals(HostName.here());
    }
}
