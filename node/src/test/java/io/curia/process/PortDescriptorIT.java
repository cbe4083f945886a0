package io.curia.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Which of its sockets a killed node closes first: a kernel does that in the order of the descriptors. */
@EnabledOnOs(OS.LINUX)
class PortDescriptorIT {

    private static final Pattern SOCKET = Pattern.compile("socket:\\[(\\d+)]");
    /** Of a line of the system's table: its state, and its inode. */
    private static final Pattern CONNECTION =
            Pattern.compile("\\s*\\d+: \\S+ \\S+ ([0-9A-F]{2}) \\S+ \\S+ \\S+ +\\d+ +\\d+ (\\d+) .*");
    private static final String LISTENING = "0A";

    @AutoClose
    private final ProcessCluster cluster = ProcessCluster.start();

    @Test
    void aKilledNodesPortRefusesBeforeAnyOfItsConnectionsEnds() throws Exception {
        RunningNode first = cluster.member("n1").awaitMaster();
        RunningNode before = cluster.member("n2");
        before.signal("KILL");
        before.awaitExit();
        // It ends the earlier session and has itself let in first: over connections that come and go.
        RunningNode node = cluster.member("n2", "--join", first.address().toString());

        TreeMap<Integer, String> states = states(node.pid());

        assertThat(states.values()).as("%s", states).containsOnlyOnce(LISTENING).hasSizeGreaterThan(1);
        assertThat(states.firstEntry().getValue()).as("%s", states).isEqualTo(LISTENING);
    }

    /** Returns the states of this process's connections, by descriptor. */
    private static TreeMap<Integer, String> states(long pid) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        Map<String, Integer> descriptors;
        try (Stream<Path> open = Files.list(process.resolve("fd"))) {
            descriptors = open.map(PortDescriptorIT::socket).flatMap(found -> found.entrySet().stream())
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        }
        TreeMap<Integer, String> states = new TreeMap<>();
        for (String table : new String[] {"net/tcp", "net/tcp6"}) {
            for (String line : Files.readAllLines(process.resolve(table))) {
                Matcher found = CONNECTION.matcher(line);
                if (found.matches() && descriptors.containsKey(found.group(2))) {
                    states.put(descriptors.get(found.group(2)), found.group(1));
                }
            }
        }
        return states;
    }

    /** Returns the descriptor by the inode of its socket; nothing if it is another file, or closed by now. */
    private static Map<String, Integer> socket(Path descriptor) {
        try {
            Matcher found = SOCKET.matcher(Files.readSymbolicLink(descriptor).toString());
            return found.matches() ? Map.of(found.group(1), Integer.valueOf(descriptor.getFileName().toString()))
                    : Map.of();
        } catch (IOException e) {
            return Map.of();
        }
    }
}
