package io.curia.zookeeper.server;

import io.curia.lock.ProcessLock;
import io.curia.zookeeper.server.EnsembleException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One or three ZooKeeper servers on this host, each in a process of its own, durable: what was committed is there
 * again when an ensemble is started on the same directory.
 *
 * <p>Methods may be called from any thread, those that change the same server from one at a time.
 */
public final class LocalEnsemble implements AutoCloseable {

    private static final int LARGEST = 3;
    private static final String SIZE_FILE = "servers";
    private static final long POLL_MILLIS = 25;

    private final EnsembleSettings settings;
    private final List<ServerPlan> plans;
    private final AtomicReferenceArray<ServerProcess> servers;
    /** Guards {@link #stopped} against a restart, which would leave a server behind. */
    private final Lock lifecycle = new ReentrantLock();
    private boolean stopped;

    private LocalEnsemble(EnsembleSettings settings, List<ServerPlan> plans) {
        this.settings = settings;
        this.plans = plans;
        this.servers = new AtomicReferenceArray<>(plans.size());
    }

    /**
     * Returns an ensemble whose server processes have been started; {@link #awaitServing} tells when they serve.
     *
     * @throws EnsembleException if a port or the directory is in use, or the directory holds an ensemble of another
     *     size; nothing has been started or changed then
     */
    public static LocalEnsemble start(EnsembleSettings settings) throws IOException {
        requireUnused(settings.data());
        requireSize(settings);
        LocalEnsemble ensemble = new LocalEnsemble(settings, plan(settings));
        Files.createDirectories(settings.data());
        Files.writeString(settings.data().resolve(SIZE_FILE), settings.servers() + "\n");
        try {
            for (ServerPlan plan : ensemble.plans) {
                ServerConfiguration.write(plan, ensemble.plans, settings.minSessionTimeout());
                ensemble.servers.set(plan.id() - 1, ServerProcess.start(plan, settings));
            }
        } catch (IOException e) {
            ensemble.stop();
            throw e;
        }
        return ensemble;
    }

    /** Returns how many servers the ensemble in {@code data} has; empty if there is none yet. */
    public static OptionalInt sizeOf(Path data) throws IOException {
        Path file = data.resolve(SIZE_FILE);
        if (!Files.exists(file)) {
            return OptionalInt.empty();
        }
        String content = Files.readString(file).trim();
        if (!content.matches("[13]")) {
            throw new IOException(file + " says \"" + content + "\" (expected: 1 or 3)");
        }
        return OptionalInt.of(Integer.parseInt(content));
    }

    /** Asks the servers that run on {@code data}, whoever started them, to end, and returns how many there were. */
    public static int stopDetached(Path data) throws IOException {
        List<ProcessHandle> running = new ArrayList<>();
        for (int id = 1; id <= LARGEST; id++) {
            OptionalLong holder = ProcessLock.holder(ProcessLock.of(directory(data, id)));
            if (holder.isPresent()) {
                ProcessHandle.of(holder.getAsLong()).ifPresent(running::add);
            }
        }
        running.forEach(ProcessHandle::destroy);
        running.forEach(server -> server.onExit().join());
        return running.size();
    }

    /** Returns whether a server runs on {@code data}, whoever started it. */
    public static boolean isInUse(Path data) throws IOException {
        for (int id = 1; id <= LARGEST; id++) {
            if (ProcessLock.holder(ProcessLock.of(directory(data, id))).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static void requireUnused(Path data) throws IOException {
        for (int id = 1; id <= LARGEST; id++) {
            OptionalLong holder = ProcessLock.holder(ProcessLock.of(directory(data, id)));
            if (holder.isPresent()) {
                throw new EnsembleException(Reason.DATA_IN_USE, data + " is in use by a running ensemble (server " + id
                        + " is process " + holder.getAsLong() + "); stop it, or choose another data directory");
            }
        }
    }

    /** Servers without data outvote one with data, and it would follow them: so an ensemble keeps its size. */
    private static void requireSize(EnsembleSettings settings) throws IOException {
        OptionalInt size = sizeOf(settings.data());
        if (size.isPresent() && size.getAsInt() != settings.servers()) {
            throw new EnsembleException(Reason.OTHER_SIZE, settings.data() + " holds an ensemble of " + size.getAsInt()
                    + " (asked for: " + settings.servers() + "); choose another data directory");
        }
    }

    private static List<ServerPlan> plan(EnsembleSettings settings) throws EnsembleException {
        FreePorts free = new FreePorts(RandomGenerator.getDefault());
        IntStream.range(0, settings.servers()).forEach(i -> free.reserve(settings.firstPort() + i));
        List<ServerPlan> plans = new ArrayList<>();
        for (int id = 1; id <= settings.servers(); id++) {
            int clientPort = settings.firstPort() == 0 ? free.next() : requireFree(settings.firstPort() + id - 1);
            plans.add(new ServerPlan(id, directory(settings.data(), id), clientPort, free.next(), free.next()));
        }
        return List.copyOf(plans);
    }

    private static int requireFree(int port) throws EnsembleException {
        if (!FreePorts.isFree(port)) {
            throw new EnsembleException(Reason.PORT_IN_USE, "port " + port + " of " + ServerPlan.HOST
                    + " is in use; stop what listens there, or choose another port");
        }
        return port;
    }

    private static Path directory(Path data, int id) {
        return data.resolve("server-" + id);
    }

    /** Returns where clients find the ensemble, as {@code host:port,…}. */
    public String connectString() {
        return plans.stream().map(ServerPlan::address).collect(Collectors.joining(","));
    }

    /** Returns what each server does now, in the order of their ids. Asks them, which takes a moment. */
    public List<ServerStatus> status() {
        return processes().stream().map(ServerProcess::status).toList();
    }

    /**
     * Returns once every server serves, or at the deadline if a quorum of them does.
     *
     * @throws EnsembleException if a server's process ends meanwhile, or fewer than a quorum serve at the deadline
     */
    public void awaitServing(Duration atMost) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (true) {
            requireAlive();
            List<ServerStatus> status = status();
            long serving = status.stream().filter(server -> server.mode().serves()).count();
            boolean late = System.nanoTime() - start >= atMost.toNanos();
            if (serving == plans.size() || late && serving > plans.size() / 2) {
                return;
            }
            if (late) {
                throw new EnsembleException(Reason.NOT_SERVING, "ZooKeeper does not serve after " + atMost.toMillis()
                        + " ms: " + status + "; see the logs in " + settings.data());
            }
            awaitEndOfAny(POLL_MILLIS);
        }
    }

    private void requireAlive() throws IOException {
        Optional<ServerProcess> dead = processes().stream().filter(server -> !server.isAlive()).findFirst();
        if (dead.isPresent()) {
            throw new EnsembleException(Reason.SERVER_DIED, dead.get().epitaph());
        }
    }

    /** Returns as soon as the process of a server that runs now ends, or after {@code millis}. */
    void awaitEndOfAny(long millis) throws InterruptedException {
        CompletableFuture<?>[] ends = processes().stream().filter(ServerProcess::isAlive).map(ServerProcess::onEnd)
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture<?> any = ends.length == 0 ? new CompletableFuture<>() : CompletableFuture.anyOf(ends);
        try {
            any.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return; // Nobody ended, as hoped.
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a process cannot fail", e);
        }
    }

    /** Ends server {@code id} at once, as a crash would, and returns when its process is gone. */
    public void kill(int id) throws InterruptedException {
        ServerProcess server = server(id);
        server.kill();
        server.awaitEnd();
    }

    /**
     * Starts server {@code id} again, with its data and its port, after ending it if it runs; does nothing once the
     * ensemble has been stopped.
     */
    public void restart(int id) throws IOException, InterruptedException {
        ServerProcess server = server(id);
        server.stop();
        server.awaitEnd();
        lifecycle.lock();
        try {
            if (!stopped) {
                servers.set(id - 1, ServerProcess.start(server.plan(), settings));
            }
        } finally {
            lifecycle.unlock();
        }
    }

    private ServerProcess server(int id) {
        if (id < 1 || id > plans.size()) {
            throw new IllegalArgumentException("server: " + id + " (expected: 1-" + plans.size() + ")");
        }
        return servers.get(id - 1);
    }

    private List<ServerProcess> processes() {
        return IntStream.range(0, servers.length()).mapToObj(servers::get).filter(server -> server != null).toList();
    }

    /** Ends all servers and returns when their processes are gone. Idempotent. Their data stays. */
    public void stop() {
        lifecycle.lock();
        try {
            stopped = true;
        } finally {
            lifecycle.unlock();
        }
        List<ServerProcess> all = processes();
        all.forEach(ServerProcess::stop);
        boolean interrupted = false;
        for (ServerProcess server : all) {
            try {
                server.awaitEnd();
            } catch (InterruptedException e) {
                interrupted = true;
                server.kill();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends all servers, unless they are detached. */
    @Override
    public void close() {
        if (!settings.detached()) {
            stop();
        }
    }
}
