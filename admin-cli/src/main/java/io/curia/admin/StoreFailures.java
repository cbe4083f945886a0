package io.curia.admin;

import io.curia.cli.ExitCode;
import io.curia.store.StoreException;
import io.curia.zookeeper.ZooKeeperSettings;

/** What a failure of the store means to the person at the terminal: an exit code, and what to try next. */
final class StoreFailures {

    private StoreFailures() {
    }

    /** Returns {@code failure} as the command's own, naming the place that {@code settings} told it to look at. */
    static CommandFailure explain(StoreException failure, ZooKeeperSettings settings) {
        String detail = failure.getMessage() == null ? "" : " (" + failure.getMessage() + ")";
        return switch (failure.kind()) {
            case UNAVAILABLE -> new CommandFailure(ExitCode.ZOOKEEPER_UNREACHABLE,
                    unreachable(failure, settings)
                            + "; name your servers with --zookeeper or CURIA_ZOOKEEPER, or start one: node zookeeper",
                    failure);
            case DENIED -> new CommandFailure(ExitCode.NOT_PERMITTED,
                    "not permitted by ZooKeeper at " + settings.connect() + detail
                            + "; give the credentials with --auth-file or CURIA_AUTH_FILE", failure);
            case NOT_FOUND -> new CommandFailure(ExitCode.NOT_FOUND,
                    "no cluster '" + settings.cluster() + "' below " + settings.root() + " at " + settings.connect()
                            + "; name it with --cluster or CURIA_CLUSTER, or make it: admin-cli init", failure);
            case CONFLICT, FENCED -> new CommandFailure(ExitCode.PRECONDITION_FAILED,
                    "the cluster changed meanwhile" + detail + "; look at it with 'admin-cli members' and try again",
                    failure);
            case UNKNOWN_RESULT -> new CommandFailure(ExitCode.NOT_CONFIRMED,
                    "the connection was lost before ZooKeeper answered" + detail
                            + ": it may or may not have happened; look with 'admin-cli members'", failure);
            case CORRUPT -> new CommandFailure(ExitCode.UNEXPECTED,
                    "a record of cluster '" + settings.cluster() + "' cannot be understood" + detail
                            + "; was it written by a newer version?", failure);
        };
    }

    /** Names the servers that were tried, once: the store's own words may do so already. */
    private static String unreachable(StoreException failure, ZooKeeperSettings settings) {
        String words = String.valueOf(failure.getMessage());
        return words.contains(settings.connect()) ? words
                : "ZooKeeper cannot be reached at " + settings.connect() + " (" + words + ")";
    }
}
