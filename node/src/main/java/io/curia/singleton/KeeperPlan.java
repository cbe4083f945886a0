package io.curia.singleton;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a keeper is told when it is started, as words on its command line.
 *
 * @param socket where its node listens for it
 * @param host the address that its port is opened at
 * @param port that port; 0 for any free one
 * @param directory where its lock and its mark are kept
 * @param input what the command reads
 * @param output what becomes of what the command writes
 * @param id the node
 * @param command the program and its arguments
 */
record KeeperPlan(Path socket, String host, int port, Path directory, InputStyle input,
        OutputStyle output, String id, List<String> command) {

    private static final int FIXED = 7;

    KeeperPlan {
        Objects.requireNonNull(host, "host");
        command = List.copyOf(command);
    }

    List<String> words() {
        List<String> words = new ArrayList<>(List.of(socket.toString(), host, Integer.toString(port),
                directory.toString(), input.name(), output.name(), id));
        words.addAll(command);
        return words;
    }

    static KeeperPlan of(List<String> words) {
        if (words.size() <= FIXED) {
            throw new IllegalArgumentException("words: " + words.size() + " (expected: more than " + FIXED + ")");
        }
        int next = 0;
        return new KeeperPlan(Path.of(words.get(next++)), words.get(next++), Integer.parseInt(words.get(next++)),
                Path.of(words.get(next++)), InputStyle.valueOf(words.get(next++)),
                OutputStyle.valueOf(words.get(next++)), words.get(next),
                words.subList(FIXED, words.size()));
    }
}
