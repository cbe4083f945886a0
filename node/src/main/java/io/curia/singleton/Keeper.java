package io.curia.singleton;

import io.curia.singleton.Lease.Order;
import io.curia.singleton.ReapingPlan.Origin;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The process beside a node that runs the node's command, and ends it in time whatever becomes of the node: frozen,
 * the lease runs out; killed, the line between them ends; and while anything of the command is left, its port is open.
 *
 * <p>Times are those of {@link System#nanoTime()}, which on Linux is the kernel's monotonic clock and so the same for
 * all processes since boot; the node checks that before it relies on it. One thread, the one that calls {@link #keep},
 * decides and starts processes; whatever wakes it, it looks at the clock first.
 */
public final class Keeper {

    private static final int PRACTICE = 60;
    private static final long PRACTICE_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int REHEARSALS = 3;
    private static final long IDLE = TimeUnit.SECONDS.toNanos(60);

    private final KeeperPlan plan;
    private final NodeProcess nodeProcess = new NodeProcess();
    private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
    private LineChannel node;
    private ProcessTable table;
    private Gate gate;
    private Sentinel sentinel;
    private volatile Waiting waiting;
    private Run run;
    private Reaper reaper;
    private boolean rehearsing;
    private boolean over;

    private Keeper(KeeperPlan plan) {
        this.plan = plan;
    }

    /**
     * Keeps the command that {@code words} describe until the node ends, and returns when nothing of it is left.
     *
     * @param told completes when this process is told to end, which it does not before its node; the kernel tells it
     *         when it takes the node apart, and that a good while before the line between the two ends
     * @throws IOException if it cannot begin, or not go on; nothing of the command is left then either
     */
    public static void keep(List<String> words, CompletionStage<Void> told) throws IOException, InterruptedException {
        new Keeper(KeeperPlan.of(words)).run(told);
    }

    private void run(CompletionStage<Void> told) throws IOException, InterruptedException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(plan.socket()));
            node = new LineChannel(channel);
            KeeperDirectory directory = KeeperDirectory.lock(plan.directory());
            String mark = directory.freshMark();
            table = new ProcessTable(directory.mark());
            try (KeeperPort port = KeeperPort.open(plan.host(), plan.port())) {
                // What an earlier run of this node left behind, because its keeper was killed too.
                Reaper.end(table, Origin.NONE);
                sentinel = new Sentinel(plan.directory(), mark, ProcessHandle.current().pid());
                Gate toCommand = Gate.to(plan, mark);
                rehearse(toCommand.to(List.of("sleep", "60")));
                gate = toCommand;
                waiting = gate.raise();
                sentinel.post();
                node.send("hello", System.nanoTime(), port.number(), directory.isHeld());
                listen();
                told.thenRun(() -> {
                    if (nodeProcess.ends()) {
                        events.add(() -> over = true);
                    }
                });
                practise();
                serve();
            } finally {
                // By now its port refuses, which a successor waits for; what follows nobody waits for.
                dismiss();
            }
        }
    }

    private void dismiss() throws InterruptedException {
        if (sentinel != null) {
            sentinel.dismiss();
        }
        if (waiting != null) {
            waiting.process().destroyForcibly().waitFor();
        }
    }

    /**
     * Starts a command of no consequence and ends it, as it will be done when it matters: the first time is the
     * slowest, as everything that the JVM does is, and shows that it can be done.
     */
    private void rehearse(Gate toNothing) throws IOException, InterruptedException {
        rehearsing = true;
        gate = toNothing;
        for (int turn = 0; turn < REHEARSALS; turn++) {
            waiting = gate.raise();
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            hear("start", "0", Long.toString(until), "0", "0", "CURIA_EPOCH=0");
            hear("lease", "0", Long.toString(until + 1));
            hear("stop", "0", "0");
            while (run != null) {
                next();
            }
            waiting.process().destroyForcibly();
        }
        try (KeeperPort tried = KeeperPort.open("127.0.0.1", 0)) {
            rehearsing = tried.number() == 0;
        }
        events.clear();
    }

    private static Origin originOf(Process process) {
        return new Origin(process.pid(), ProcessTable.find(process.pid()).map(ProcessRow::start).orElse(0L));
    }

    /** The JVM compiles only what has run often, and how long a look around takes is how long a successor waits. */
    private void practise() {
        Thread practising = new Thread(() -> {
            for (int look = 0; look < PRACTICE; look++) {
                table.plan(originOf(waiting.process()));
                LockSupport.parkNanos(PRACTICE_PAUSE);
            }
        }, "keeper-practice");
        practising.setDaemon(true);
        practising.start();
    }

    private void listen() {
        Thread listening = new Thread(() -> {
            try {
                for (Optional<String[]> said = node.receive(); said.isPresent(); said = node.receive()) {
                    String[] words = said.get();
                    events.add(() -> hear(words));
                }
            } catch (IOException e) {
                System.err.println("keeper: " + e.getMessage());
            } finally {
                events.add(() -> over = true);
            }
        }, "keeper-node");
        listening.setDaemon(true);
        listening.start();
    }

    private void serve() throws InterruptedException {
        while (!over || run != null) {
            next();
        }
    }

    private void next() throws InterruptedException {
        Runnable event = events.poll(Math.max(0, wakeAt() - System.nanoTime()), TimeUnit.NANOSECONDS);
        // The clock first: this process may have stood still since it last looked.
        enforce();
        if (event != null) {
            event.run();
            enforce();
        }
    }

    private long wakeAt() {
        long now = System.nanoTime();
        if (run == null) {
            return now + IDLE;
        }
        if (over || run.order(now) != Order.RUN) {
            return reaper.lookAt();
        }
        return run.nextAt(now);
    }

    private void hear(String... words) {
        switch (words[0]) {
            case "lease" -> {
                if (run != null) {
                    run.extend(Long.parseLong(words[2]));
                    sentinel.watch(run.sentinelAt());
                }
                tell("ack", words[1]);
            }
            case "start" -> start(words);
            case "stop" -> {
                if (run == null) {
                    tell("idle", words[2]);
                } else {
                    run.end(Run.Why.ASKED, System.nanoTime(), Long.parseLong(words[1]));
                }
            }
            case "signal" -> {
                if (run != null) {
                    send(ForwardedSignal.valueOf(words[1]));
                }
            }
            default -> System.err.println("keeper: not understood: " + words[0]);
        }
    }

    private void send(ForwardedSignal signal) {
        try {
            // Its number is nobody else's as long as this, its parent, has not heard of its end.
            if (run.process().isAlive()) {
                signal.send(run.process().pid());
            }
        } catch (IOException e) {
            System.err.println("keeper: " + signal + " was not sent: " + e.getMessage());
        }
    }

    /** Words: start, epoch, valid until, grace, margin, variables. */
    private void start(String... words) {
        long epoch = Long.parseLong(words[1]);
        Lease lease = new Lease(Long.parseLong(words[2]), Long.parseLong(words[3]), Long.parseLong(words[4]));
        if (over || run != null || lease.order(System.nanoTime()) != Order.RUN) {
            tell("gone", epoch, 0, Run.Why.LEASE);
            return;
        }
        try {
            if (!waiting.process().isAlive()) {
                waiting = gate.raise();
            }
            Process process = waiting.process();
            run = new Run(epoch, process, originOf(process), lease);
            reaper = new Reaper(table, run.origin());
            waiting.become(List.of(words).subList(StartLine.VARIABLES, words.length));
            if (plan.output() == OutputStyle.PREFIX) {
                PrefixedOutput.copy(process, plan.id() + "/" + epoch + "| ");
            }
        } catch (IOException e) {
            System.err.println("keeper: the command could not be started: " + e.getMessage());
        }
        if (run == null) {
            tell("gone", epoch, 126, Run.Why.EXIT);
            return;
        }
        tell("started", epoch, run.process().pid());
        sentinel.watch(run.sentinelAt());
        run.process().onExit().thenAccept(ended -> events.add(this::enforce));
    }

    /** Does to the command what is due, and notices when nothing of it is left. */
    private void enforce() {
        if (run == null) {
            return;
        }
        long now = System.nanoTime();
        if (!run.hasExited() && !run.process().isAlive()) {
            run.exited(run.process().exitValue(), now);
        }
        Order order = over ? Order.KILL : run.order(now);
        if (order == Order.KILL) {
            run.process().destroyForcibly();
        }
        boolean first = order != Order.RUN && run.mustBeTold();
        if (order != Order.RUN && (first || run.hasExited() || now - reaper.lookAt() >= 0)
                && reaper.reap(order, first) && (over || run.hasExited())) {
            sentinel.rest();
            if (!over) {
                tell(run.obituary());
            }
            run = null;
            raiseNext();
        }
    }

    private void raiseNext() {
        if (!over && !rehearsing) {
            try {
                waiting = gate.raise();
            } catch (IOException e) {
                // It is tried again when it is needed.
                System.err.println("keeper: " + e.getMessage());
            }
        }
    }

    private void tell(Object... words) {
        if (!over && !rehearsing) {
            try {
                node.send(words);
            } catch (IOException e) {
                over = true;
            }
        }
    }
}
