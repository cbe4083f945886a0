package io.curia.singleton;

import io.curia.singleton.Lease.Order;
import io.curia.singleton.ReapingPlan.Origin;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
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

    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long SHORT_PAUSE = TimeUnit.MICROSECONDS.toNanos(200);
    private static final int MOST_HURRIED = 50;
    private static final int PRACTICE = 60;
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long IDLE = TimeUnit.SECONDS.toNanos(60);
    /** How often to look again only because somebody's environment could not be read. */
    private static final int MOST_UNCLEAR = 5;

    private final KeeperPlan plan;
    private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
    private LineChannel node;
    private ProcessTable table;
    private Gate gate;
    private volatile Process waiting;
    private Run run;
    private boolean over;
    private long sweepAt;
    private long pause = FIRST_PAUSE;
    private int unclear;
    private int hurried;

    private Keeper(KeeperPlan plan) {
        this.plan = plan;
    }

    /**
     * Keeps the command that {@code words} describe until the node ends, and returns when nothing of it is left.
     *
     * @throws IOException if it cannot begin, or not go on; nothing of the command is left then either
     */
    public static void keep(List<String> words) throws IOException, InterruptedException {
        new Keeper(KeeperPlan.of(words)).run();
    }

    private void run() throws IOException, InterruptedException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(plan.socket()));
            node = new LineChannel(channel);
            KeeperDirectory directory = KeeperDirectory.lock(plan.directory());
            table = new ProcessTable(directory.mark());
            try (KeeperPort port = KeeperPort.open(plan.host(), plan.port())) {
                endLeftovers();
                gate = new Gate(plan.command(), directory.mark(), plan.output() == OutputStyle.PREFIX);
                rehearse();
                waiting = gate.raise();
                node.send("hello", System.nanoTime(), port.number(), directory.isHeld());
                listen();
                practise();
                serve();
            }
        }
    }

    /** What an earlier run of this node left behind, because its keeper was killed too. */
    private void endLeftovers() throws InterruptedException {
        ReapingPlan left = table.plan(Origin.NONE);
        for (int look = 0; !left.isDone() && (look < MOST_UNCLEAR || !left.doomed().isEmpty()); look++) {
            ProcessTable.signal(left.doomed(), true);
            events.poll(FIRST_PAUSE, TimeUnit.NANOSECONDS);
            left = table.plan(Origin.NONE);
        }
    }

    /** Ends a process that waits, as it would a command: the first time is the slowest, and shows that it can. */
    private void rehearse() throws IOException, InterruptedException {
        Process trial = gate.raise();
        Origin origin = originOf(trial);
        while (trial.isAlive() || !table.plan(origin).doomed().isEmpty()) {
            ProcessTable.signal(table.plan(origin).doomed(), true);
            events.poll(FIRST_PAUSE, TimeUnit.NANOSECONDS);
        }
    }

    private static Origin originOf(Process process) {
        return new Origin(process.pid(), ProcessTable.find(process.pid()).map(ProcessRow::start).orElse(0L));
    }

    /** The JVM compiles only what has run often, and how long a look around takes is how long a successor waits. */
    private void practise() {
        Thread practising = new Thread(() -> {
            for (int look = 0; look < PRACTICE; look++) {
                table.plan(originOf(waiting));
                LockSupport.parkNanos(LONGEST_PAUSE);
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
            Runnable event = events.poll(Math.max(0, wakeAt() - System.nanoTime()), TimeUnit.NANOSECONDS);
            // The clock first: this process may have stood still since it last looked.
            enforce();
            if (event != null) {
                event.run();
                enforce();
            }
        }
        waiting.destroyForcibly().waitFor();
    }

    private long wakeAt() {
        long now = System.nanoTime();
        if (run == null) {
            return now + IDLE;
        }
        if (over || run.order(now) != Order.RUN) {
            return sweepAt;
        }
        return run.nextAt(now);
    }

    private void hear(String... words) {
        switch (words[0]) {
            case "lease" -> {
                if (run != null) {
                    run.extend(Long.parseLong(words[2]));
                }
                tell("ack", words[1]);
            }
            case "start" -> start(words);
            case "stop" -> {
                if (run == null) {
                    tell("idle");
                } else {
                    run.end(Run.Why.ASKED, System.nanoTime(), Long.parseLong(words[1]));
                }
            }
            default -> System.err.println("keeper: not understood: " + words[0]);
        }
    }

    /** Words: start, epoch, valid until, grace, margin, variables. */
    private void start(String... words) {
        long epoch = Long.parseLong(words[1]);
        Lease lease = new Lease(Long.parseLong(words[2]), Long.parseLong(words[3]), Long.parseLong(words[4]));
        Map<String, String> variables = new HashMap<>();
        for (int at = 5; at < words.length; at++) {
            int named = words[at].indexOf('=');
            variables.put(words[at].substring(0, named), words[at].substring(named + 1));
        }
        if (over || run != null || lease.order(System.nanoTime()) != Order.RUN) {
            tell("gone", epoch, 0, Run.Why.LEASE);
            return;
        }
        try {
            Process process = waiting.isAlive() ? waiting : gate.raise();
            waiting = process;
            run = new Run(epoch, process, originOf(process), lease);
            Gate.open(process, variables);
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
        pause = FIRST_PAUSE;
        sweepAt = 0;
        unclear = 0;
        hurried = 0;
        tell("started", epoch, run.process().pid());
        Run begun = run;
        begun.process().onExit().thenAccept(ended -> events.add(() ->
                begun.exited(ended.exitValue(), System.nanoTime())));
    }

    /** Does to the command what is due, and notices when nothing of it is left. */
    private void enforce() {
        if (run == null) {
            return;
        }
        long now = System.nanoTime();
        Order order = over ? Order.KILL : run.order(now);
        if (order == Order.KILL) {
            run.process().destroyForcibly();
        }
        boolean first = order != Order.RUN && run.mustBeTold();
        if (order != Order.RUN && (first || run.hasExited() || now - sweepAt >= 0)) {
            sweep(order, first);
        }
    }

    private void sweep(Order order, boolean first) {
        ReapingPlan left = table.plan(run.origin());
        if (order == Order.KILL || first) {
            ProcessTable.signal(left.doomed(), order == Order.KILL);
        }
        unclear += left.unclear() ? 1 : 0;
        if (run.hasExited() && left.doomed().isEmpty() && (!left.unclear() || unclear > MOST_UNCLEAR)) {
            tell(run.obituary());
            run = null;
            raiseNext();
        } else {
            // Killed, it is gone within a millisecond or so, and a successor waits for that.
            boolean hurry = order == Order.KILL && ++hurried < MOST_HURRIED;
            sweepAt = System.nanoTime() + (hurry ? SHORT_PAUSE : pause);
            pause = hurry ? pause : Math.min(LONGEST_PAUSE, 2 * pause);
        }
    }

    private void raiseNext() {
        if (!over) {
            try {
                waiting = gate.raise();
            } catch (IOException e) {
                // It is tried again when it is needed.
                System.err.println("keeper: " + e.getMessage());
            }
        }
    }

    private void tell(Object... words) {
        if (!over) {
            try {
                node.send(words);
            } catch (IOException e) {
                over = true;
            }
        }
    }
}
