package io.curia.zookeeper;

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

    /** Where a node rehearses a change of leader; not made by {@code init}, and empty most of the time. */
    String rehearsal(NodeId id) {
        return base + "/rehearsal/" + id;
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
}
