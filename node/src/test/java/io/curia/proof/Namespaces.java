package io.curia.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network namespace for each node, with one cable from each, and one from this host, to a switch in a namespace of
 * its own, where the host's packet filter has no say. Takes root, and the program {@code ip}. What was made is removed
 * by {@link #close}.
 */
final class Namespaces implements Network {

    private static final int HOST = 254;
    private static final String BRIDGE = "bridge";

    private final String prefix;
    private final String subnet;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> made = new ArrayList<>();

    private Namespaces(String prefix, String subnet) {
        this.prefix = prefix;
        this.subnet = subnet;
    }

    /** Returns why namespaces cannot be made here; empty if they can. */
    static Optional<String> impossible() {
        String trial = "curia-trial-" + ProcessHandle.current().pid();
        try {
            ip("netns", "add", trial);
            ip("netns", "del", trial);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("network namespaces cannot be made here (they take root and the program ip): "
                    + e.getMessage());
        }
    }

    /** Returns a network with this many nodes, {@code n1} and so on. */
    static Namespaces make(int nodes) throws IOException {
        long pid = ProcessHandle.current().pid();
        Namespaces network = new Namespaces("cu" + Long.toString(pid, 36),
                "10." + (64 + pid / 200 % 64) + "." + pid % 200 + ".");
        try {
            ip("netns", "add", network.hub());
            network.made.add(network.hub());
            ip("-n", network.hub(), "link", "add", BRIDGE, "type", "bridge");
            ip("-n", network.hub(), "link", "set", BRIDGE, "up");
            network.lay("host", Optional.empty());
            ip("addr", "add", network.subnet + HOST + "/24", "dev", network.cable("host"));
            ip("link", "set", network.cable("host"), "up");
            for (int number = 1; number <= nodes; number++) {
                network.add("n" + number, number);
            }
        } catch (IOException e) {
            network.close();
            throw e;
        }
        return network;
    }

    private void add(String node, int number) throws IOException {
        numbers.put(node, number);
        ip("netns", "add", namespace(node));
        made.add(namespace(node));
        lay(node, Optional.of(namespace(node)));
        ip("-n", namespace(node), "addr", "add", subnet + number + "/24", "dev", cable(node));
        ip("-n", namespace(node), "link", "set", "lo", "up");
        ip("-n", namespace(node), "link", "set", cable(node), "up");
    }

    /** Lays a cable from a namespace, or this host, to the switch; both ends have the same name. */
    private void lay(String name, Optional<String> namespace) throws IOException {
        List<String> words = new ArrayList<>(List.of("-n", hub(), "link", "add", cable(name), "type", "veth", "peer",
                "name", cable(name), "netns"));
        words.add(namespace.orElse(Long.toString(ProcessHandle.current().pid())));
        ip(words.toArray(String[]::new));
        ip("-n", hub(), "link", "set", cable(name), "master", BRIDGE, "up");
    }

    private String hub() {
        return prefix + "-switch";
    }

    private String namespace(String node) {
        return prefix + "-" + node;
    }

    private String cable(String node) {
        return prefix + node;
    }

    private static void ip(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + ": " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while running " + command, e);
        }
    }

    private InetAddress address(int host) {
        try {
            return InetAddress.getByName(subnet + host);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public InetAddress gates() {
        return address(HOST);
    }

    @Override
    public InetAddress host(String node) {
        return address(numbers.get(node));
    }

    @Override
    public List<String> launcher(String node) {
        return List.of("ip", "netns", "exec", namespace(node));
    }

    @Override
    public boolean hasCables() {
        return true;
    }

    @Override
    public void pull(String node) throws IOException {
        ip("-n", hub(), "link", "set", cable(node), "down");
    }

    @Override
    public void plug(String node) throws IOException {
        ip("-n", hub(), "link", "set", cable(node), "up");
    }

    @Override
    public void close() throws IOException {
        // With a namespace goes its end of each cable, and with that the other.
        for (String namespace : made) {
            ip("netns", "del", namespace);
        }
        made.clear();
    }
}
