package io.curia.admin;

import io.curia.zookeeper.ZooKeeperSettings;

/** Where a command gets the cluster's records from: ZooKeeper in the program, memory in its tests. */
@FunctionalInterface
interface StoreOpener {

    /**
     * Returns the records of the cluster that {@code settings} name; the caller closes them.
     *
     * @param settings where
     * @param verbose whether the libraries below may log to stderr
     * @throws IllegalArgumentException if a file that the settings name cannot be used
     */
    OpenStore open(ZooKeeperSettings settings, boolean verbose);
}
