package io.curia.wire;

import io.curia.model.Endpoint;
import io.curia.model.Incarnation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A {@link LifelineNode} in a process of its own, to be killed, frozen or asked to end. */
final class LifelineProgram implements AutoCloseable {

    private static final String GOODBYE = "goodbye";

    private final Process process;
    private final Endpoint address;

    private LifelineProgram(Process process, Endpoint address) {
        this.process = process;
        this.address = address;
    }

    /** Runs a node until it is told goodbye on its standard input, or that ends. */
    public static void main(String[] arguments) throws IOException {
        Incarnation incarnation = new Incarnation(arguments[0]);
        Endpoint bind = new Endpoint("127.0.0.1", Integer.parseInt(arguments[1]));
        List<Socket> sockets = new ArrayList<>();
        try (LifelineNode node = new LifelineNode("n2", incarnation, bind, ServerLimits.DEFAULT);
                ServerSocket others = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            for (int pairs = Integer.parseInt(arguments[2]); pairs > 0; pairs--) {
                sockets.add(new Socket(others.getInetAddress(), others.getLocalPort()));
                sockets.add(others.accept());
            }
            System.out.println(node.address().port());
            String said = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            if (GOODBYE.equals(said)) {
                node.server().sayGoodbye("asked to stop").toCompletableFuture().join();
            }
        }
    }

    /** Returns the running node; it has this many pairs of sockets besides its port. */
    static LifelineProgram start(Incarnation incarnation, int port, int pairs) throws IOException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                LifelineProgram.class.getName(), incarnation.value(), Integer.toString(port),
                Integer.toString(pairs)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String line = process.inputReader(StandardCharsets.UTF_8).readLine();
        if (line == null) {
            throw new IOException("the node did not start; what it said is above");
        }
        return new LifelineProgram(process, new Endpoint("127.0.0.1", Integer.parseInt(line)));
    }

    Endpoint address() {
        return address;
    }

    /** Sends SIGKILL; returns at once. */
    void kill() {
        process.destroyForcibly();
    }

    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start().waitFor();
    }

    /** Asks it to say goodbye and end. */
    void askToStop() throws IOException {
        process.outputWriter(StandardCharsets.UTF_8).append(GOODBYE).append('\n').flush();
    }

    @Override
    public void close() {
        // SIGKILL ends a frozen process too.
        process.destroyForcibly().onExit().join();
    }
}
