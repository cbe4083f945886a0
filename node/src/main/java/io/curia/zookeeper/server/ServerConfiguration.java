package io.curia.zookeeper.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/**
 * The configuration file of one server.
 *
 * <p>The tick is a quarter of ZooKeeper's usual 2 s. Sessions end at the first multiple of the tick after their
 * timeout, so a 4 s session ends 4 to 4.5 s after its last sign of life instead of 4 to 6. The shortest and longest
 * session timeouts, which ZooKeeper derives from the tick, are therefore said explicitly, and the limits that are
 * counted in ticks are four times as many.
 */
final class ServerConfiguration {

    static final Duration TICK = Duration.ofMillis(500);
    static final Duration MAX_SESSION_TIMEOUT = Duration.ofMinutes(2);

    private static final int INIT_LIMIT_TICKS = 40;
    private static final int SYNC_LIMIT_TICKS = 20;
    /** ZooKeeper's own 50 makes the 51st of many simultaneous connects wait for a second. */
    private static final int LISTEN_BACKLOG = 4096;
    /** ZooKeeper's own 64 MiB a log file is for disks with a seek time, not for a laptop's first cluster. */
    private static final int LOG_PREALLOCATION_KIB = 4096;

    private ServerConfiguration() {
    }

    /** Writes the configuration and identity of {@code plan} into its directory, each file whole or not at all. */
    static void write(ServerPlan plan, List<ServerPlan> ensemble, Duration minSessionTimeout) throws IOException {
        Files.createDirectories(plan.records());
        replace(plan.records().resolve("myid"), plan.id() + "\n");
        replace(plan.configuration(), text(plan, ensemble, minSessionTimeout));
    }

    static String text(ServerPlan plan, List<ServerPlan> ensemble, Duration minSessionTimeout) {
        StringBuilder text = new StringBuilder();
        line(text, "dataDir", escaped(plan.records()));
        line(text, "clientPortAddress", ServerPlan.HOST);
        line(text, "clientPort", plan.clientPort());
        line(text, "clientPortListenBacklog", LISTEN_BACKLOG);
        line(text, "maxClientCnxns", 0);
        line(text, "tickTime", TICK.toMillis());
        line(text, "initLimit", INIT_LIMIT_TICKS);
        line(text, "syncLimit", SYNC_LIMIT_TICKS);
        line(text, "minSessionTimeout", minSessionTimeout.toMillis());
        line(text, "maxSessionTimeout", MAX_SESSION_TIMEOUT.toMillis());
        line(text, "autopurge.snapRetainCount", 3);
        line(text, "autopurge.purgeInterval", 1);
        line(text, "preAllocSize", LOG_PREALLOCATION_KIB);
        line(text, "forceSync", "yes");
        line(text, "admin.enableServer", false);
        line(text, "4lw.commands.whitelist", "srvr,ruok");
        if (ensemble.size() > 1) {
            line(text, "quorumListenOnAllIPs", false);
            for (ServerPlan server : ensemble) {
                line(text, "server." + server.id(),
                        ServerPlan.HOST + ":" + server.quorumPort() + ":" + server.electionPort());
            }
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String key, Object value) {
        text.append(key).append('=').append(value).append('\n');
    }

    /** The file is read as Java properties, to which a backslash is an escape. */
    private static String escaped(Path path) {
        return path.toString().replace("\\", "\\\\");
    }

    private static void replace(Path file, String content) throws IOException {
        Path whole = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(whole, content);
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
