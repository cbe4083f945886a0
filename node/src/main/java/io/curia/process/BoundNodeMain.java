package io.curia.process;

import io.curia.zookeeper.server.ParentWatch;

/**
 * The program {@code node} for a parent that must not leave it behind: the process ends when its standard input does,
 * which is when the parent ends, however that ends.
 */
final class BoundNodeMain {

    private BoundNodeMain() {
    }

    /** Runs the command that the arguments name and ends the process with its exit code. */
    public static void main(String... arguments) {
        // The parent took its ZooKeeper along, so there is nobody left to say goodbye to.
        ParentWatch.haltWithParent(1);
        NodeMain.main(arguments);
    }
}
