package io.curia.proof;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** One node under test: its processes one after the other, its gates, and what its processes left behind. */
final class Subject implements AutoCloseable {

    /** How recent a process's word that it is valid has to be to count for now. */
    private static final long FRESH_NANOS = 50_000_000;

    private final String name;
    private final LabSettings settings;
    private final Network network;
    private final Path directory;
    private final int port;
    private final List<Gate> zooKeeper;
    private final Optional<Gate> gate;
    private final List<Living> runs = new ArrayList<>();

    /** A process, and what is known of it. */
    private static final class Living {
        private final RegisterNode.Arguments arguments;
        private final Process process;
        private final StretchLog stretches;
        private final long startedNanos;
        private final CompletableFuture<Long> endedNanos;
        private final CompletableFuture<Long> readyNanos = new CompletableFuture<>();
        private volatile Optional<String> farewell = Optional.empty();
        private volatile boolean mayEnd;

        Living(RegisterNode.Arguments arguments, Process process, StretchLog stretches, long startedNanos) {
            this.arguments = arguments;
            this.process = process;
            this.stretches = stretches;
            this.startedNanos = startedNanos;
            this.endedNanos = process.onExit().thenApply(ended -> System.nanoTime());
        }
    }

    /** The node, not started; if {@code gated}, others reach it through a gate only. */
    Subject(String name, LabSettings settings, Network network, Ports ports, List<InetSocketAddress> servers,
            boolean gated) throws IOException {
        this.name = name;
        this.settings = settings;
        this.network = network;
        this.directory = Files.createDirectories(settings.directory().resolve(settings.cluster() + "-" + name));
        this.port = ports.next();
        this.zooKeeper = Gate.before(servers, network.gates(), ports);
        this.gate = gated ? Optional.of(Gate.mirroring(new InetSocketAddress(network.gates(), ports.next()),
                new InetSocketAddress(network.host(name), port))) : Optional.empty();
    }

    String name() {
        return name;
    }

    List<Gate> zooKeeper() {
        return zooKeeper;
    }

    Optional<Gate> gate() {
        return gate;
    }

    private Living current() {
        return runs.get(runs.size() - 1);
    }

    /** Starts a process; does not wait. */
    void start() throws IOException {
        String bind = network.host(name).getHostAddress() + ":" + port;
        RegisterNode.Arguments arguments = new RegisterNode.Arguments(name, runs.size() + 1,
                zooKeeper.stream().map(Gate::address).collect(Collectors.joining(",")), settings.cluster(), bind,
                gate.map(Gate::address).orElse(bind), directory, settings.session(), settings.heedless());
        List<String> command = new ArrayList<>(network.launcher(name));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData",
                "-Dlogback.configurationFile=io/curia/proof/logback.xml"));
        command.addAll(settings.javaOptions());
        command.addAll(List.of("-cp",
                System.getProperty("java.class.path"), RegisterNode.class.getName()));
        command.addAll(List.of(arguments.asWords()));
        StretchLog stretches = StretchLog.map(arguments.stretches());
        long now = System.nanoTime();
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(
                directory.resolve("log").toFile())).start();
        Living living = new Living(arguments, process, stretches, now);
        runs.add(living);
        Thread reader = new Thread(() -> listen(living), "output-of-" + name);
        reader.setDaemon(true);
        reader.start();
    }

    private static void listen(Living living) {
        try (BufferedReader said = living.process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                if (line.startsWith(RegisterNode.READY)) {
                    living.readyNanos.complete(Long.parseLong(line.substring(RegisterNode.READY.length() + 1)));
                } else if (line.startsWith(RegisterNode.ENDED)) {
                    living.farewell = Optional.of(line);
                }
            }
        } catch (IOException e) {
            // Its output ended with it, in the middle of a line.
            living.farewell = living.farewell.or(() -> Optional.of("its output broke off: " + e));
        }
    }

    /** Returns whether the moment in which it says it was ready lies, by the driver's clock, between start and now. */
    boolean sharesClock() {
        Living living = current();
        long ready = living.readyNanos.join();
        return ready - living.startedNanos > 0 && System.nanoTime() - ready >= 0;
    }

    boolean isAlive() {
        return !runs.isEmpty() && current().process.isAlive();
    }

    boolean isReady() {
        return isAlive() && current().readyNanos.isDone();
    }

    /** Returns what it said when it ended although nobody had ended it. */
    Optional<String> endedByItself() {
        Living living = current();
        return living.process.isAlive() || living.mayEnd ? Optional.empty()
                : Optional.of(name + "/" + runs.size() + " ended by itself with " + living.process.exitValue() + ": "
                        + living.farewell.orElse("without a word"));
    }

    /** Returns the stretch in which it is valid master now, if it is. */
    Optional<Stretch> valid() {
        if (!isAlive()) {
            return Optional.empty();
        }
        return current().stretches.last(name, runs.size())
                .filter(stretch -> System.nanoTime() - stretch.toNanos() < FRESH_NANOS);
    }

    void kill() {
        current().mayEnd = true;
        current().process.destroyForcibly();
    }

    /** Sends SIGTERM. */
    void terminate() {
        current().mayEnd = true;
        current().process.toHandle().destroy();
    }

    void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        long pid = current().process.pid();
        if (new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).inheritIO().start().waitFor() != 0) {
            throw new IOException("kill -" + signal + " " + pid + " (" + name + ") failed");
        }
    }

    /** Waits for the end of a process that was told to. */
    void awaitEnd(Duration atMost) {
        current().process.onExit().orTimeout(atMost.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS).join();
    }

    List<Run> runs() {
        List<Run> all = new ArrayList<>();
        for (Living living : runs) {
            all.add(new Run(name, living.arguments.run(), living.startedNanos,
                    living.endedNanos.getNow(Long.MAX_VALUE)));
        }
        return all;
    }

    List<Stretch> stretches() {
        return runs.stream().flatMap(living -> living.stretches.read(name, living.arguments.run()).stream()).toList();
    }

    List<WriteLog.Content> logs() throws IOException {
        List<WriteLog.Content> contents = new ArrayList<>();
        for (Living living : runs) {
            contents.add(WriteLog.read(living.arguments.writes(), name, living.arguments.run()));
        }
        return contents;
    }

    @Override
    public void close() {
        if (!runs.isEmpty()) {
            // SIGKILL ends a frozen process too.
            current().mayEnd = true;
            current().process.destroyForcibly().onExit().join();
        }
        zooKeeper.forEach(Gate::close);
        gate.ifPresent(Gate::close);
    }
}
