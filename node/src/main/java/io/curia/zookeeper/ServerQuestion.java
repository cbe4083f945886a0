package io.curia.zookeeper;

import io.curia.zookeeper.ServerSight.State;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.zookeeper.client.FourLetterWordMain;
import org.apache.zookeeper.common.X509Exception.SSLContextException;

/** Asks one server what it does, with ZooKeeper's four-letter words, which a server may be told not to answer. */
final class ServerQuestion {

    private static final Pattern VERSION = Pattern.compile("(?m)^Zookeeper version: ([0-9.]+)");
    private static final Pattern MODE = Pattern.compile("(?m)^Mode: (\\w+)");
    private static final String FORBIDDEN = "not in the whitelist";
    private static final int MAX_SETTINGS = 200;

    private final String host;
    private final int port;
    private final int timeoutMillis;

    private ServerQuestion(String host, int port, Duration patience) {
        this.host = host;
        this.port = port;
        this.timeoutMillis = Math.toIntExact(Math.min(60_000, patience.toMillis()));
    }

    /** Returns what the server at {@code address}, {@code host:port}, says, within a few times {@code patience}. */
    static ServerSight put(String address, Duration patience) {
        int colon = address.lastIndexOf(':');
        String host = address.substring(0, colon).replaceAll("[\\[\\]]", "");
        return new ServerQuestion(host, Integer.parseInt(address.substring(colon + 1)), patience).sight(address);
    }

    private ServerSight sight(String address) {
        try {
            String answer = ask("srvr");
            State state = stateIn(answer);
            Map<String, String> settings = state == State.MUTE ? Map.of() : settings();
            return new ServerSight(address, state, first(VERSION, answer), settings,
                    state == State.MUTE ? "it does not answer the four-letter word srvr" : "");
        } catch (IOException e) {
            // The client of the words wraps what it met, with words of its own about it.
            Throwable met = e.getCause() instanceof IOException cause ? cause : e;
            return new ServerSight(address, silence(met), Optional.empty(), Map.of(), String.valueOf(met.getMessage()));
        } catch (SSLContextException e) {
            throw new IllegalStateException("TLS was not asked for", e);
        }
    }

    private static State silence(Throwable met) {
        String words = String.valueOf(met.getMessage());
        if (met instanceof ConnectException && words.startsWith("Connection refused")) {
            return State.REFUSED;
        }
        return met instanceof SocketTimeoutException && words.startsWith("Read") ? State.SILENT : State.UNREACHABLE;
    }

    /** What it was configured with; most ensembles do not tell, and that is no fault. */
    private Map<String, String> settings() throws SSLContextException {
        try {
            String answer = ask("conf");
            return answer.contains(FORBIDDEN) ? Map.of() : settingsIn(answer);
        } catch (IOException e) {
            return Map.of();
        }
    }

    static State stateIn(String srvr) {
        if (srvr.contains(FORBIDDEN) || srvr.isBlank()) {
            return State.MUTE;
        }
        return switch (first(MODE, srvr).orElse("")) {
            case "standalone" -> State.STANDALONE;
            case "leader" -> State.LEADER;
            case "follower" -> State.FOLLOWER;
            case "observer" -> State.OBSERVER;
            default -> State.NOT_SERVING;
        };
    }

    static Map<String, String> settingsIn(String conf) {
        Map<String, String> settings = new HashMap<>();
        conf.lines().limit(MAX_SETTINGS).forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0) {
                settings.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
            }
        });
        return settings;
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private String ask(String word) throws IOException, SSLContextException {
        return FourLetterWordMain.send4LetterWord(host, port, word, false, timeoutMillis);
    }
}
