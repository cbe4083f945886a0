package io.curia.bench;

import io.curia.model.Endpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A cluster of candidate processes of one arm, each with an id that whoever replaces it takes over. */
final class Candidates implements AutoCloseable {

    static final String CURIA_ROOT = "/curia/";

    private final Lab lab;
    private final Records records;
    private final Arm arm;
    private final Setup setup;
    private final Duration session;
    private String cluster;
    private long epoch;
    private final Map<String, Candidate> members = new TreeMap<>();
    private final Map<String, Relay> relays = new TreeMap<>();
    private boolean relayed;
    private long youngestNanos = System.nanoTime();

    /**
     * One of them.
     *
     * @param id its id
     * @param child its process
     * @param arm what it is a process of
     */
    record Candidate(String id, Child child, Arm arm) {

        /** Returns whether a line is its word for having become master. */
        boolean announces(String line) {
            return arm.isCuria() ? line.startsWith("role ") && line.contains(" role=MASTER ")
                    : line.startsWith("leader ");
        }

        /** Returns its port, which only a node has. */
        Endpoint address() throws IOException, InterruptedException {
            return Endpoint.parse(child.await("ready ", Lab.PATIENCE).value("address").orElseThrow());
        }

        /** Returns whether a line is its word for being master no longer. */
        boolean renounces(String line) {
            return arm.isCuria() ? line.startsWith("role ") && !line.contains(" role=MASTER ")
                    : line.startsWith("follower ");
        }

        boolean wasMaster() {
            return child.heardAny(this::announces);
        }
    }

    Candidates(Lab lab, Records records, Arm arm, Setup setup, Duration session) {
        this.lab = lab;
        this.records = records;
        this.arm = arm;
        this.setup = setup;
        this.session = session;
        this.cluster = lab.newCluster(arm.name().toLowerCase(Locale.ROOT));
    }

    Arm arm() {
        return arm;
    }

    /** Starts whoever is missing. */
    void start() throws IOException {
        for (int i = 1; i <= setup.candidates(); i++) {
            String id = "n" + i;
            Candidate member = members.get(id);
            if (member == null || !member.child().isAlive()) {
                members.put(id, new Candidate(id, launch(id), arm));
            }
        }
    }

    private Child launch(String id) throws IOException {
        youngestNanos = System.nanoTime();
        List<String> jvm = setup.jvmOptions();
        String connect = lab.connectString();
        if (relayed && !relays.containsKey(id)) {
            relays.put(id, Relay.before(connect.substring(0, connect.indexOf(','))));
        }
        if (relayed) {
            connect = relays.get(id).connectString();
        }
        if (arm.isCuria()) {
            List<String> options = new ArrayList<>(arm.nodeOptions(session));
            options.addAll(List.of("--zookeeper", connect));
            return lab.node(cluster, id, jvm, options.toArray(String[]::new));
        }
        return lab.program("bare member " + id, jvm, BareMember.class, connect, cluster, id,
                Long.toString(session.toMillis()));
    }

    /** Ends all of them; those that {@link #start} starts then are a cluster of its own, behind relays if so. */
    void beginAnew(boolean behindRelays) {
        close();
        members.clear();
        relays.clear();
        relayed = behindRelays;
        cluster = lab.newCluster(arm.name().toLowerCase(Locale.ROOT));
    }

    /** Returns the process that has taken the place of one that has ended. */
    Candidate startAgain(Candidate ended) throws IOException {
        Candidate again = new Candidate(ended.id(), launch(ended.id()), arm);
        members.put(ended.id(), again);
        return again;
    }

    /** From now on this one and ZooKeeper do not hear each other; needs {@link #beginAnew} with relays. */
    void cut(Candidate member) {
        relays.get(member.id()).cut();
    }

    void mend(Candidate member) {
        relays.get(member.id()).mend();
    }

    /** Returns somebody who can remove the master while it lives. */
    Slanderer slanderer() throws IOException, InterruptedException {
        return Slanderer.in(lab.settings(cluster));
    }

    /** Returns once all of them are members and stand in the queue, and the first one knows that it leads. */
    void awaitWhole() throws IOException, InterruptedException {
        for (Candidate member : members.values()) {
            member.child().await("ready", Lab.PATIENCE);
        }
        long deadline = System.nanoTime() + Lab.PATIENCE.toNanos();
        while (!isWhole(records.queue(latch()))) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException(arm + ", cluster " + cluster + ": not all in the queue within " + Lab.PATIENCE
                        + ", only " + records.queue(latch()));
            }
            Pause.of(Pause.A_MOMENT);
        }
    }

    /** Somebody may just be on its way to the end of the queue, for one that goes before it. */
    private boolean isWhole(List<String> queue) {
        return queue.size() == setup.candidates() && members.keySet().containsAll(queue)
                && members.get(queue.get(0)).wasMaster();
    }

    /** Has each of them be master once, by taking the first one's place from it until all have been. */
    void rotate() throws IOException, InterruptedException {
        while (!members.values().stream().allMatch(Candidate::wasMaster)) {
            Announcement next = Announcement.ofMaster(queue().subList(1, setup.candidates()));
            records.takeFirstPlace(latch());
            next.await(Lab.PATIENCE);
            awaitWhole();
        }
    }

    /** Notes the epoch, so that changes of master that nobody intends are counted. */
    void settled() throws IOException, InterruptedException {
        epoch = arm.isCuria() ? records.epoch(master()) : 0;
    }

    /** Returns how many epochs have passed since it was settled. */
    long changesUntil(long now) {
        return now - epoch;
    }

    /** Returns when the youngest was started. */
    long youngestNanos() {
        return youngestNanos;
    }

    /** Returns them in the order in which they become master, the master first. */
    List<Candidate> queue() throws IOException, InterruptedException {
        List<Candidate> queue = new ArrayList<>();
        for (String id : records.queue(latch())) {
            queue.add(members.get(id));
        }
        if (queue.isEmpty() || queue.contains(null)) {
            throw new IOException(arm + ", cluster " + cluster + ": strangers or nobody in the queue: "
                    + records.queue(latch()));
        }
        return queue;
    }

    String latch() {
        return base() + "/latch";
    }

    String registration(Candidate member) {
        return base() + (arm.isCuria() ? "/live/" : "/members/") + member.id();
    }

    /** Returns where the master record stands, which only Curia has. */
    String master() {
        return base() + "/master";
    }

    private String base() {
        return (arm.isCuria() ? CURIA_ROOT : "/bare/") + cluster;
    }

    /** Ends all of them at once and waits until they have ended; others may be started then. */
    @Override
    public void close() {
        members.values().forEach(member -> member.child().kill());
        members.values().forEach(member -> member.child().handle().onExit().join());
        relays.values().forEach(Relay::close);
    }
}
