package io.curia.admin.drill;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Processes that exist in a test's mind; what is done to them is kept in words and told. */
public final class FakeProcesses implements Processes {

    public final List<String> acts = new ArrayList<>();
    private final Map<Long, LocalProcess> running = new HashMap<>();
    private final Set<String> elsewhere = new HashSet<>();
    private Consumer<String> whenActed = act -> { };
    private Optional<String> failing = Optional.empty();

    /** Has a process of this user run under {@code pid}, which can be started again. */
    public FakeProcesses running(long pid) {
        return running(new LocalProcess(pid, Optional.of(Instant.EPOCH), true, Optional.of(
                new LocalProcess.Launch(List.of("node", "--pid", Long.toString(pid)), Path.of("/"), Map.of()))));
    }

    public FakeProcesses running(LocalProcess process) {
        running.put(process.pid(), process);
        return this;
    }

    public FakeProcesses elsewhere(String host) {
        elsewhere.add(host);
        return this;
    }

    /** Tells {@code listener} of every act, after it. */
    public FakeProcesses whenActed(Consumer<String> listener) {
        whenActed = listener;
        return this;
    }

    /** Makes the act in these words fail. */
    public FakeProcesses failingAt(String act) {
        failing = Optional.of(act);
        return this;
    }

    private void act(String act) {
        acts.add(act);
        if (failing.filter(act::equals).isPresent()) {
            throw new DrillException("laid in by the test");
        }
        whenActed.accept(act);
    }

    @Override
    public boolean isHere(String host) {
        return !elsewhere.contains(host);
    }

    @Override
    public Optional<LocalProcess> find(long pid) {
        return Optional.ofNullable(running.get(pid));
    }

    @Override
    public boolean isRunning(LocalProcess process) {
        return running.containsValue(process);
    }

    @Override
    public boolean signal(LocalProcess process, Signal signal) {
        if (!isRunning(process)) {
            return false;
        }
        if (signal == Signal.KILL || signal == Signal.TERM) {
            running.remove(process.pid());
        }
        act(signal + " " + process.pid());
        return true;
    }

    @Override
    public long start(LocalProcess.Launch launch, Path output) {
        act("start " + String.join(" ", launch.command()));
        return 1;
    }

    @Override
    public void run(String line) {
        act("sh: " + line);
    }

    @Override
    public Path outputFileFor(String id) {
        return Path.of("/output-of-" + id);
    }
}
