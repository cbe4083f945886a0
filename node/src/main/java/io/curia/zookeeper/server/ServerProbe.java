package io.curia.zookeeper.server;

import io.curia.zookeeper.server.ServerStatus.Mode;
import java.io.IOException;
import org.apache.zookeeper.client.FourLetterWordMain;
import org.apache.zookeeper.common.X509Exception.SSLContextException;

/** Asks a server on this host what it does, without a session. */
final class ServerProbe {

    private static final int TIMEOUT_MILLIS = 500;
    private static final String MODE = "Mode: ";

    private ServerProbe() {
    }

    /** Returns what the server on {@code port} does; {@link Mode#STARTING} if it does not answer or serve. */
    static Mode mode(int port) {
        try {
            return modeIn(FourLetterWordMain.send4LetterWord(ServerPlan.HOST, port, "srvr", false, TIMEOUT_MILLIS));
        } catch (IOException | SSLContextException e) {
            return Mode.STARTING; // It does not listen yet, which is what was asked.
        }
    }

    /** Reads the line {@code Mode: leader}, which only a server that serves sends. */
    static Mode modeIn(String srvr) {
        return srvr.lines()
                .filter(line -> line.startsWith(MODE))
                .findFirst()
                .map(line -> switch (line.substring(MODE.length()).trim()) {
                    case "standalone" -> Mode.STANDALONE;
                    case "leader" -> Mode.LEADER;
                    case "follower" -> Mode.FOLLOWER;
                    default -> Mode.STARTING;
                })
                .orElse(Mode.STARTING);
    }
}
