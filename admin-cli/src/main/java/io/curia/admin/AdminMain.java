package io.curia.admin;

import io.curia.cli.Terminals;
import io.curia.zookeeper.ZooKeeperConnection;
import io.curia.zookeeper.ZooKeeperSettings;
import java.util.Map;
import java.util.OptionalInt;

/** The process: the only place where the program's streams, environment and exit are touched. */
public final class AdminMain {

    private AdminMain() {
    }

    /** Runs one command and ends the process with its exit code. Ctrl-C ends it with 130 at any time. */
    public static void main(String... arguments) {
        System.exit(run(System.getenv(), arguments));
    }

    /** Runs one command on the process's own streams; returns its exit code. */
    static int run(Map<String, String> environment, String... arguments) {
        Terminal terminal = new SystemTerminal(environment, Terminals.ofThisProcess());
        Surroundings surroundings = new Surroundings(terminal, AdminMain::open, new SystemTime(), environment);
        OptionalInt answered = QuickLook.run(surroundings, arguments);
        return answered.isPresent() ? answered.getAsInt() : Verbs.run(surroundings, arguments);
    }

    /** Chooses the logging back end before the first logger exists: none, or stderr for whoever asked. */
    private static OpenStore open(ZooKeeperSettings settings, boolean verbose) {
        System.setProperty("slf4j.internal.verbosity", "WARN");
        System.setProperty("slf4j.provider", verbose ? "org.slf4j.simple.SimpleServiceProvider"
                : "org.slf4j.helpers.NOP_FallbackServiceProvider");
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "debug");
        ZooKeeperConnection connection = ZooKeeperConnection.forTool(settings);
        return new OpenStore(connection.store(), connection::close);
    }
}
