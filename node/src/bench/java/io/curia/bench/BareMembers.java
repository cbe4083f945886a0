package io.curia.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A cluster of {@link BareMember} processes. */
final class BareMembers implements AutoCloseable {

    private final Lab lab;
    private final String cluster;
    private final Duration sessionTimeout;
    private final List<Child> members = new ArrayList<>();
    private int started;

    BareMembers(Lab lab, String cluster, Duration sessionTimeout) {
        this.lab = lab;
        this.cluster = cluster;
        this.sessionTimeout = sessionTimeout;
    }

    /** Returns once this many live and are ready. */
    void fill(int size) throws IOException, InterruptedException {
        members.removeIf(member -> !member.isAlive());
        while (members.size() < size) {
            Child child = start();
            child.await("ready", Lab.PATIENCE);
            members.add(child);
        }
    }

    private Child start() throws IOException {
        String id = "b" + ++started;
        return lab.program("bare member " + id, List.of(), BareMember.class, lab.connectString(), cluster, id,
                Long.toString(sessionTimeout.toMillis()));
    }

    List<Child> all() {
        return List.copyOf(members);
    }

    /** Returns the one that was told last that it leads. */
    Child leader() throws IOException {
        return members.stream().filter(Child::isAlive).filter(member -> lastWord(member).isPresent())
                .max((a, b) -> Long.compare(lastWord(a).orElseThrow(), lastWord(b).orElseThrow()))
                .orElseThrow(() -> new IOException("no bare member leads between two rounds"));
    }

    private static Optional<Long> lastWord(Child member) {
        return member.heard(0, "leader ").stream().map(BareMembers::stamp).max(Long::compare);
    }

    private static long stamp(Child.Line line) {
        return Long.parseLong(line.value("at").orElseThrow());
    }

    List<Child> allBut(Child one) {
        return members.stream().filter(member -> member != one).toList();
    }

    /** Returns when, by its own account, one of these was told first after {@code nanos} that it leads. */
    static long awaitLeader(List<Child> candidates, long nanos, Duration atMost)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (System.nanoTime() - deadline < 0) {
            Optional<Long> first = candidates.stream().flatMap(member -> member.heard(0, "leader ").stream())
                    .map(BareMembers::stamp).filter(at -> at - nanos > 0).min(Long::compare);
            if (first.isPresent()) {
                return first.get();
            }
            Pause.of(Pause.A_LOOK); // Its own stamp is what counts.
        }
        throw new IOException("no bare member was told that it leads within " + atMost);
    }

    @Override
    public void close() {
        members.forEach(Child::kill);
        members.forEach(member -> member.handle().onExit().join());
    }
}
