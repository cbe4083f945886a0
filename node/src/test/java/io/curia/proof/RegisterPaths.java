package io.curia.proof;

/**
 * Where the register of one cluster stands, beside the cluster's own records.
 *
 * @param cluster the cluster's name
 */
record RegisterPaths(String cluster) {

    static final String ROOT = "/proof";

    String base() {
        return ROOT + "/" + cluster;
    }

    String register() {
        return base() + "/register";
    }

    /** Below it every committed write leaves an empty znode with its mark for a name. */
    String traces() {
        return base() + "/traces";
    }

    String trace(String mark) {
        return traces() + "/" + mark;
    }

    String master() {
        return "/curia/" + cluster + "/master";
    }

    String live(String id) {
        return "/curia/" + cluster + "/live/" + id;
    }

    String latch() {
        return "/curia/" + cluster + "/latch";
    }
}
