package io.curia.zookeeper;

import io.curia.model.EventType;
import io.curia.model.NodeId;

/**
 * Where each record of one cluster stands.
 *
 * @param base the cluster's own znode
 */
record ZnodePaths(String base) {

    static ZnodePaths of(ZooKeeperSettings settings) {
        return new ZnodePaths(settings.root() + "/" + settings.cluster());
    }

    /** The cluster's identity; made last, so that where it stands the whole tree stands. */
    String cluster() {
        return base + "/cluster";
    }

    String roster() {
        return base + "/roster";
    }

    String roster(NodeId id) {
        return roster() + "/" + id;
    }

    String live() {
        return base + "/live";
    }

    String live(NodeId id) {
        return live() + "/" + id;
    }

    String latch() {
        return base + "/latch";
    }

    String master() {
        return base + "/master";
    }

    /** Where a node rehearses changes of leader; not made by {@code init}, and not there most of the time. */
    ZnodePaths rehearsal(NodeId id) {
        return new ZnodePaths(base + "/rehearsal/" + id);
    }

    String switchover() {
        return base + "/switchover";
    }

    String pause() {
        return base + "/pause";
    }

    String history() {
        return base + "/history";
    }

    /**
     * Returns what the name of an event begins with; the server adds the number. All rings count together, and which
     * one it is stands in the name, so that what is too old is found without being read.
     */
    String event(EventType.Ring ring) {
        return history() + "/" + prefix(ring);
    }

    static String prefix(EventType.Ring ring) {
        return switch (ring) {
            case MASTERS -> "m-";
            case MEMBERS -> "e-";
            case STRANGERS -> "s-";
        };
    }
}
