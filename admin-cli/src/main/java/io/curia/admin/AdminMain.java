package io.curia.admin;

import io.curia.store.ClusterStore;
import io.curia.zookeeper.ZooKeeperConnection;
import io.curia.zookeeper.ZooKeeperSettings;
import java.util.Map;

/** The process: the only place where the program's streams, environment and exit are touched. */
public final class AdminMain {

    private AdminMain() {
    }

    /** Runs one command and ends the process with its exit code. Ctrl-C ends it with 130 at any time. */
    public static void main(String[] arguments) {
        // Newer JDKs may have a console even where nobody sits before one; java.base's own tells the truth.
        System.setProperty("jdk.console", "java.base");
        Map<String, String> environment = System.getenv();
        Terminal terminal = new SystemTerminal(environment, System.console() != null, System.console() != null);
        int code = Verbs.run(new Surroundings(terminal, AdminMain::open, new SystemTime(), environment), arguments);
        System.exit(code);
    }

    /** Chooses the logging back end before the first logger exists: none, or stderr for whoever asked. */
    private static ClusterStore open(ZooKeeperSettings settings, boolean verbose) {
        System.setProperty("slf4j.provider", verbose ? "org.slf4j.simple.SimpleServiceProvider"
                : "org.slf4j.helpers.NOP_FallbackServiceProvider");
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "debug");
        return ZooKeeperConnection.forTool(settings).store();
    }
}
