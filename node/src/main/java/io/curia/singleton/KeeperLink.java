package io.curia.singleton;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A keeper as its node sees it: a process in a session of its own, so that no key pressed in a terminal reaches it,
 * and the line to it. Safe for use by any thread.
 */
final class KeeperLink {

    private static final long START_SECONDS = 30;
    /**
     * Has the kernel tell the keeper when the <em>thread</em> that started it ends. Where a process is killed, its
     * threads end first, then its memory is taken apart, and only then its connections close: milliseconds later.
     */
    private static final String BOUND = "setpriv --pdeathsig TERM true 2>/dev/null "
            + "&& exec setpriv --pdeathsig TERM \"$@\"; exec \"$@\"";

    private final Process process;
    private final LineChannel line;
    private final int port;

    private KeeperLink(Process process, LineChannel line, int port) {
        this.process = process;
        this.line = line;
        this.port = port;
    }

    /**
     * Starts a keeper and returns when it is ready, which includes that nothing of an earlier run is left. To be called
     * on a thread that lives as long as this process.
     *
     * @throws IOException if it does not come up
     */
    static KeeperLink start(SingletonPlan plan, int port) throws IOException {
        Path directory = Files.createTempDirectory("curia");
        Path socket = directory.resolve("keeper");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            long before = System.nanoTime();
            return accept(server, launch(plan, socket, port), port, before);
        } finally {
            Files.deleteIfExists(socket);
            Files.delete(directory);
        }
    }

    private static Process launch(SingletonPlan plan, Path socket, int port) throws IOException {
        List<String> words = new ArrayList<>(List.of("setsid", "sh", "-c", BOUND, "sh"));
        words.addAll(plan.java());
        words.addAll(new KeeperPlan(socket, plan.host(), port, plan.directory().toAbsolutePath(), plan.input(),
                plan.output(), plan.id().value(), plan.command()).words());
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectInput(plan.input() == InputStyle.PASS ? Redirect.INHERIT
                        : Redirect.from(new File("/dev/null")))
                .redirectOutput(Redirect.INHERIT).redirectError(Redirect.INHERIT);
        builder.environment().clear();
        builder.environment().putAll(plan.environment());
        return builder.start();
    }

    private static KeeperLink accept(ServerSocketChannel server, Process process, int port, long before)
            throws IOException {
        CompletableFuture<Void> deadline = new CompletableFuture<>();
        // Whoever waits for a caller that cannot come any more is woken by the end of what he waits on.
        process.onExit().thenRun(() -> deadline.complete(null));
        deadline.completeOnTimeout(null, START_SECONDS, TimeUnit.SECONDS).thenRun(() -> {
            try {
                server.close();
            } catch (IOException e) {
                process.destroyForcibly();
            }
        });
        LineChannel line = null;
        try {
            line = new LineChannel(server.accept());
            Optional<String[]> hello = line.receive();
            if (hello.isEmpty()) {
                throw new IOException("it ended before it was ready");
            }
            requireSharedClock(Long.parseLong(hello.get()[1]), before, System.nanoTime());
            int opened = Integer.parseInt(hello.get()[2]);
            if (port != 0 && opened != port) {
                throw new IOException("its port is " + opened + ", not " + port);
            }
            return new KeeperLink(process, line, opened);
        } catch (IOException e) {
            process.destroyForcibly();
            if (line != null) {
                line.close();
            }
            throw new IOException("the keeper did not start: " + (process.isAlive() ? e.getMessage()
                    : "see what it said above"), e);
        } finally {
            deadline.complete(null);
        }
    }

    /** A lease is a moment on a clock that both read: true on Linux, unless they are in different time namespaces. */
    private static void requireSharedClock(long keeper, long before, long after) throws IOException {
        if (keeper - before < 0 || after - keeper < 0) {
            throw new IOException("the processes of this system do not share a clock");
        }
    }

    int port() {
        return port;
    }

    /** Has {@code heard} told of each line, on a thread of its own, and {@code ended} once there are no more. */
    void listen(Consumer<String[]> heard, Runnable ended) {
        Thread listening = new Thread(() -> {
            try {
                for (Optional<String[]> said = line.receive(); said.isPresent(); said = line.receive()) {
                    heard.accept(said.get());
                }
            } catch (IOException e) {
                // It may be frozen and not gone: it must not go on without anybody to tell it anything.
                process.destroyForcibly();
            } finally {
                ended.run();
            }
        }, "curia-keeper-line");
        listening.setDaemon(true);
        listening.start();
    }

    /** Sends a line; one that cannot be sent is lost, and {@code ended} is told of the reason by {@link #listen}. */
    void send(Object... words) {
        try {
            line.send(words);
        } catch (IOException e) {
            process.destroyForcibly();
        }
    }

    /** Ends the keeper by force; what it kept is then the caller's to end. */
    void kill() {
        process.destroyForcibly();
    }

    /** Ends the line, upon which the keeper ends, and waits for that. */
    void close() throws IOException {
        line.close();
        try {
            process.waitFor(START_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
