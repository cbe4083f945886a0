package io.curia.admin.drill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** This host's own processes. How to start one again is read below {@code /proc}, so on Linux only. */
public final class SystemProcesses implements Processes {

    private static final Path KERNEL_HOST_NAME = Path.of("/proc/sys/kernel/hostname");
    private static final Duration LONGEST_COMMAND = Duration.ofSeconds(60);
    private static final int LONGEST_COMPLAINT = 300;
    /** In a session of its own a process does not hear this terminal's Ctrl-C; without setsid it ignores it. */
    private static final String APART = "if command -v setsid >/dev/null 2>&1; then exec setsid \"$@\"; fi; "
            + "trap '' INT HUP; exec \"$@\"";

    @Override
    public boolean isHere(String host) {
        try {
            return host.equals(Files.isReadable(KERNEL_HOST_NAME) ? Files.readString(KERNEL_HOST_NAME).strip()
                    : InetAddress.getLocalHost().getHostName());
        } catch (IOException e) {
            throw new DrillException("this machine's name cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<LocalProcess> find(long pid) {
        Optional<String> self = ProcessHandle.current().info().user();
        return ProcessHandle.of(pid).filter(SystemProcesses::runs).map(handle -> new LocalProcess(pid,
                handle.info().startInstant(), handle.info().user().equals(self), launchOf(pid)));
    }

    @Override
    public boolean isRunning(LocalProcess process) {
        return handle(process).isPresent();
    }

    private static Optional<ProcessHandle> handle(LocalProcess process) {
        return ProcessHandle.of(process.pid()).filter(SystemProcesses::runs)
                .filter(handle -> handle.info().startInstant().equals(process.startedAt()));
    }

    /** One that has ended and that nobody has waited for still has its number: a zombie. */
    private static boolean runs(ProcessHandle handle) {
        Path stat = proc(handle.pid()).resolve("stat");
        try {
            return handle.isAlive() && (!Files.exists(stat) || !isZombie(Files.readString(stat,
                    StandardCharsets.ISO_8859_1)));
        } catch (IOException e) {
            // It ended between the two looks.
            return false;
        }
    }

    /** The state stands behind the name, which is in parentheses and may hold some itself. */
    private static boolean isZombie(String stat) {
        return stat.startsWith(" Z", stat.lastIndexOf(')') + 1);
    }

    @Override
    public boolean signal(LocalProcess process, Signal signal) {
        Optional<ProcessHandle> handle = handle(process);
        if (handle.isEmpty()) {
            return false;
        }
        return switch (signal) {
            case KILL -> handle.get().destroyForcibly();
            case TERM -> handle.get().destroy();
            case STOP, CONT -> {
                run("kill -" + signal + " " + process.pid());
                yield true;
            }
        };
    }

    private static Path proc(long pid) {
        return Path.of("/proc", Long.toString(pid));
    }

    private static Optional<LocalProcess.Launch> launchOf(long pid) {
        try {
            List<String> command = strings(proc(pid).resolve("cmdline"));
            Path directory = Files.readSymbolicLink(proc(pid).resolve("cwd"));
            Map<String, String> environment = new HashMap<>();
            for (String variable : strings(proc(pid).resolve("environ"))) {
                int equals = variable.indexOf('=', 1);
                if (equals > 0) {
                    environment.put(variable.substring(0, equals), variable.substring(equals + 1));
                }
            }
            return command.isEmpty() || !Files.isDirectory(directory) ? Optional.empty()
                    : Optional.of(new LocalProcess.Launch(command, directory, environment));
        } catch (IOException e) {
            // No /proc, another user's process, or one that has just ended: whoever needs this says so.
            return Optional.empty();
        }
    }

    /** Returns the strings of a file in which each ends with a NUL; an empty one in the middle is one, too. */
    private static List<String> strings(Path file) throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        List<String> strings = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf('\0'); end >= 0; end = text.indexOf('\0', start)) {
            strings.add(text.substring(start, end));
            start = end + 1;
        }
        return strings;
    }

    @Override
    public long start(LocalProcess.Launch launch, Path output) {
        ProcessBuilder builder = apart(launch.command()).directory(launch.directory().toFile())
                .redirectOutput(Redirect.appendTo(output.toFile())).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(launch.environment());
        return begin(builder).pid();
    }

    @Override
    public void run(String line) {
        Path complaints = temporaryFile("curia-drill-command");
        try {
            Process process = begin(apart(List.of("sh", "-c", line)).redirectErrorStream(true)
                    .redirectOutput(complaints.toFile()));
            if (!waitFor(process)) {
                process.destroyForcibly();
                throw new DrillException("the command '" + line + "' did not end within "
                        + LONGEST_COMMAND.toSeconds() + " s and was killed");
            }
            if (process.exitValue() != 0) {
                throw new DrillException("the command '" + line + "' ended with " + process.exitValue()
                        + endOf(complaints));
            }
        } finally {
            delete(complaints);
        }
    }

    /** Goes on waiting when interrupted: a command half done would leave a victim in a state that nobody knows. */
    private static boolean waitFor(Process process) {
        boolean interrupted = false;
        long deadline = System.nanoTime() + LONGEST_COMMAND.toNanos();
        try {
            while (true) {
                try {
                    return process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static String endOf(Path complaints) {
        try {
            String text = Files.readString(complaints, StandardCharsets.ISO_8859_1).strip();
            return text.isEmpty() ? "" : ": " + text.substring(Math.max(0, text.length() - LONGEST_COMPLAINT));
        } catch (IOException e) {
            return " (what it said cannot be read: " + e.getMessage() + ")";
        }
    }

    private static ProcessBuilder apart(List<String> command) {
        List<String> line = new ArrayList<>(List.of("/bin/sh", "-c", APART, "sh"));
        line.addAll(command);
        return new ProcessBuilder(line).redirectInput(Path.of("/dev/null").toFile());
    }

    private static Process begin(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new DrillException("cannot start a process: " + e.getMessage(), e);
        }
    }

    @Override
    public Path outputFileFor(String id) {
        return temporaryFile("curia-drill-" + id + "-");
    }

    private static Path temporaryFile(String prefix) {
        try {
            return Files.createTempFile(prefix, ".log");
        } catch (IOException e) {
            throw new DrillException("cannot make a file: " + e.getMessage(), e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + file, e);
        }
    }
}
