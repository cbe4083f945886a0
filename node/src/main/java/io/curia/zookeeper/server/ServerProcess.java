package io.curia.zookeeper.server;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One server as a child process; its output goes to the log in its directory. */
final class ServerProcess {

    private static final int STOP_TIMEOUT_SECONDS = 5;
    private static final long MAX_LOG_BYTES = 1 << 20;
    private static final int MAX_TAIL_CHARS = 600;

    private final ServerPlan plan;
    private final Process process;

    private ServerProcess(ServerPlan plan, Process process) {
        this.plan = plan;
        this.process = process;
    }

    static ServerProcess start(ServerPlan plan, EnsembleSettings settings) throws IOException {
        keepLogSmall(plan.log());
        ProcessBuilder builder = new ProcessBuilder(command(plan, settings))
                .directory(plan.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(plan.log().toFile()));
        if (settings.detached()) {
            builder.redirectInput(new File(File.separatorChar == '/' ? "/dev/null" : "NUL"));
        }
        return new ServerProcess(plan, builder.start());
    }

    /** The server logs warnings whatever the class path configures for the program that starts it. */
    private static List<String> command(ServerPlan plan, EnsembleSettings settings) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(settings.javaOptions());
        command.add("-Dlogback.configurationFile=io/curia/zookeeper/server/logback.xml");
        command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
        command.add("-Dzookeeper.jmx.log4j.disable=true");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(EnsembleServerMain.class.getName());
        command.add(plan.configuration().toString());
        if (settings.detached()) {
            command.add(EnsembleServerMain.DETACHED);
        }
        return command;
    }

    private static void keepLogSmall(Path log) throws IOException {
        if (Files.exists(log) && Files.size(log) > MAX_LOG_BYTES) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    ServerPlan plan() {
        return plan;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Completes when the process has ended. */
    CompletableFuture<?> onEnd() {
        return process.onExit();
    }

    ServerStatus status() {
        return new ServerStatus(plan.id(), plan.address(), process.pid(), mode());
    }

    private ServerStatus.Mode mode() {
        if (!process.isAlive()) {
            return ServerStatus.Mode.DOWN;
        }
        return ServerProbe.mode(plan.clientPort());
    }

    /** Says how the process ended and what it said last. */
    String epitaph() throws IOException {
        String reason = process.exitValue() == EnsembleServerMain.DIRECTORY_IN_USE
                ? "its directory is in use by another server" : "exit code " + process.exitValue();
        return "ZooKeeper server " + plan.id() + " ended (" + reason + "), its log " + plan.log() + " ends with:\n"
                + tail();
    }

    private String tail() throws IOException {
        // What is in the log is not always text in the file's own encoding; Latin-1 decodes anything.
        String log = Files.readString(plan.log(), StandardCharsets.ISO_8859_1);
        return log.substring(Math.max(0, log.length() - MAX_TAIL_CHARS));
    }

    /** Asks the process to end; it may take a moment. */
    void stop() {
        process.destroy();
    }

    /** Ends the process at once, as a crash would. */
    void kill() {
        process.destroyForcibly();
    }

    /** Returns once the process has ended, by force if it does not within some seconds of being asked. */
    void awaitEnd() throws InterruptedException {
        if (!process.waitFor(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            process.waitFor();
        }
    }
}
