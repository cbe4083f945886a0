package io.curia.process;

import io.curia.singleton.Keeper;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** The main class of the process that keeps a node's command: started by {@code node run}, and by nobody else. */
final class KeeperMain {

    private KeeperMain() {
    }

    /** Ends the process when the node has ended and nothing of its command is left. */
    public static void main(String... words) {
        CountDownLatch done = new CountDownLatch(1);
        CompletableFuture<Void> told = new CompletableFuture<>();
        // A service manager may tell all processes of a service to end, and the kernel does when the node is killed.
        // This one ends after its node, or nobody would see to it that the command ends before another node's begins.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            told.complete(null);
            awaitQuietly(done);
        }, "keeper-stays"));
        int code = 0;
        try {
            Keeper.keep(List.of(words), told);
        } catch (IOException | InterruptedException | RuntimeException e) {
            System.err.println("keeper: " + e.getMessage());
            code = 1;
        }
        done.countDown();
        Runtime.getRuntime().halt(code);
    }

    private static void awaitQuietly(CountDownLatch done) {
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
