package io.curia.singleton;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Has this process be a keeper for a moment, with one run from start to end, so that all of its classes are loaded. */
public final class KeeperTraining {

    private KeeperTraining() {
    }

    /** Returns when that is done; at once where there are no keepers. Files are left in {@code directory}. */
    public static void in(Path directory) throws IOException {
        if (!Gate.isPossible()) {
            return;
        }
        // The name of a socket must be short.
        Path place = Files.createTempDirectory("curia");
        Path socket = place.resolve("keeper");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            KeeperPlan plan = new KeeperPlan(socket, "127.0.0.1", 0, directory, InputStyle.NONE, OutputStyle.PREFIX,
                    "training", List.of("sleep", "60"));
            CompletableFuture<Void> ended = CompletableFuture.runAsync(() -> keep(plan),
                    task -> new Thread(task).start());
            try (LineChannel line = new LineChannel(server.accept())) {
                oneRun(line);
            }
            ended.join();
        } finally {
            Files.deleteIfExists(socket);
            Files.delete(place);
        }
    }

    private static void keep(KeeperPlan plan) {
        try {
            Keeper.keep(plan.words(), new CompletableFuture<>());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("the keeper in training", e);
        }
    }

    private static void oneRun(LineChannel line) throws IOException {
        await(line, "hello");
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        line.send("start", 1, until, 0, 0, "CURIA_EPOCH=1");
        line.send("lease", 1, until + 1);
        await(line, "ack");
        line.send("stop", 0, 1);
        await(line, "gone");
    }

    private static void await(LineChannel line, String word) throws IOException {
        Optional<String[]> said = line.receive();
        while (said.isPresent() && !said.get()[0].equals(word)) {
            said = line.receive();
        }
    }
}
