package io.curia.zookeeper.server;

import java.nio.file.Path;

/**
 * One server of an ensemble: its number, its directory, its ports on the loopback address.
 *
 * @param id 1, 2 or 3
 * @param directory what is the server's own
 * @param clientPort where clients connect
 * @param quorumPort where followers connect while it leads
 * @param electionPort where the servers elect their leader
 */
record ServerPlan(int id, Path directory, int clientPort, int quorumPort, int electionPort) {

    static final String HOST = "127.0.0.1";

    Path configuration() {
        return directory.resolve("zoo.cfg");
    }

    Path records() {
        return directory.resolve("data");
    }

    Path log() {
        return directory.resolve("server.log");
    }

    Path lock() {
        return directory.resolve("lock");
    }

    String address() {
        return HOST + ":" + clientPort;
    }
}
