package io.curia.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Network namespaces on one bridge, as containers have them. The bridge is in a namespace of its own, where no rules of
 * this host's firewall apply. Needs root; leaves nothing behind.
 */
final class Namespaces implements AutoCloseable {

    private final String name = "cu" + Integer.toHexString(ThreadLocalRandom.current().nextInt(0x1000, 0x10000));
    private final String net = "10." + ThreadLocalRandom.current().nextInt(64, 128) + "."
            + ThreadLocalRandom.current().nextInt(1, 255) + ".";
    private final List<String> made = new ArrayList<>();

    Namespaces() {
        run("ip", "netns", "add", name);
        made.add(name);
        run("ip", "-n", name, "link", "add", "bridge", "type", "bridge");
        run("ip", "-n", name, "link", "set", "bridge", "up");
        run("ip", "link", "add", name, "type", "veth", "peer", "name", "host", "netns", name);
        plugIn("host");
        run("ip", "addr", "add", net + "1/24", "dev", name);
        run("ip", "link", "set", name, "up");
    }

    private void plugIn(String cable) {
        run("ip", "-n", name, "link", "set", cable, "master", "bridge");
        run("ip", "-n", name, "link", "set", cable, "up");
    }

    /** Returns where this host is to be found from within. */
    String host() {
        return net + "1";
    }

    /** Returns the address that the namespace with this number has, once made. */
    String address(int number) {
        return net + (10 + number);
    }

    /** Makes a namespace; returns what a command begins with that is to run in it. */
    List<String> make(int number) {
        String space = name + "-" + number;
        run("ip", "netns", "add", space);
        made.add(space);
        run("ip", "-n", name, "link", "add", space, "type", "veth", "peer", "name", "eth0", "netns", space);
        plugIn(space);
        within(number, "ip", "addr", "add", address(number) + "/24", "dev", "eth0");
        within(number, "ip", "link", "set", "eth0", "up");
        within(number, "ip", "link", "set", "lo", "up");
        return List.of("ip", "netns", "exec", space);
    }

    /** Nothing that asks to connect is answered there any more, not even by a refusal. */
    void silence(int number) {
        within(number, "iptables", "-A", "INPUT", "-p", "tcp", "--syn", "-j", "DROP");
    }

    /** Pulls its cable. */
    void unplug(int number) {
        run("ip", "-n", name, "link", "set", name + "-" + number, "down");
    }

    /** Takes it away, as a container's is taken away once its process has ended. */
    void delete(int number) {
        String space = name + "-" + number;
        run("ip", "netns", "del", space);
        made.remove(space);
    }

    private void within(int number, String... command) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", name + "-" + number));
        all.addAll(List.of(command));
        run(all.toArray(String[]::new));
    }

    private static void run(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + said);
            }
        } catch (IOException e) {
            throw new IllegalStateException(String.join(" ", command), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        run("ip", "link", "del", name);
        List.copyOf(made).forEach(space -> run("ip", "netns", "del", space));
    }
}
