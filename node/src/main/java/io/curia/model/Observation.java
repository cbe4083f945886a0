package io.curia.model;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What one node's session could see at one moment: levels, never edges.
 *
 * <p>Observations of one session are delivered in the order in which they were read, so a later one is never
 * older. While disconnected the records are the last ones seen.
 *
 * @param connected whether the session can talk to ZooKeeper now
 * @param sessionId the ZooKeeper session, 0 before the first
 * @param sessionTimeout the negotiated timeout of that session; zero before the first
 * @param roster this node's own roster entry
 * @param live what stands at this node's own {@code live/<id>}
 * @param latch this session's place in the latch; empty when it has none
 * @param master the {@code master} record
 * @param holderLive whether the registration that the last tenure names still stands
 * @param intents what operators want of the mastership
 */
public record Observation(boolean connected, long sessionId, Duration sessionTimeout, Optional<RosterEntry> roster,
        Optional<Registration> live, Optional<LatchPlace> latch, MasterRecord master, boolean holderLive,
        Intents intents) {

    /** Before anything was seen. */
    public static final Observation NOTHING = new Observation(false, 0, Duration.ZERO, Optional.empty(),
            Optional.empty(), Optional.empty(), MasterRecord.VACANT, false, Intents.NONE);

    public Observation {
        Objects.requireNonNull(sessionTimeout, "sessionTimeout");
        Objects.requireNonNull(roster, "roster");
        Objects.requireNonNull(live, "live");
        Objects.requireNonNull(latch, "latch");
        Objects.requireNonNull(master, "master");
        Objects.requireNonNull(intents, "intents");
    }

    /** Returns whether this node's registration {@code incarnation} stands and is held by this very session. */
    public boolean holds(Incarnation incarnation) {
        return live.filter(found -> found.mine() && found.incarnation().equals(incarnation)).isPresent();
    }

    /** Returns this observation with another place in the latch, everything else as it was seen. */
    public Observation withLatch(Optional<LatchPlace> place) {
        return new Observation(connected, sessionId, sessionTimeout, roster, live, place, master, holderLive,
                intents);
    }

    /** Returns this observation as it is remembered once the connection is gone. */
    public Observation disconnected() {
        return new Observation(false, sessionId, sessionTimeout, roster, live, latch, master, holderLive,
                intents);
    }

    /** Returns this observation as it is remembered once the session is over: nothing is held in it any more. */
    public Observation sessionLost() {
        return new Observation(false, sessionId, sessionTimeout, roster, Optional.empty(), Optional.empty(), master,
                holderLive, intents);
    }

    /**
     * A registration found under the node's own id.
     *
     * @param incarnation whose
     * @param mine whether this session owns it
     */
    public record Registration(Incarnation incarnation, boolean mine) {
        public Registration {
            Objects.requireNonNull(incarnation, "incarnation");
        }
    }

    /**
     * A place in the latch's queue.
     *
     * @param path the latch znode, unique for all time
     * @param leading whether {@code LeaderLatch} says that this place leads
     * @param ahead how many places the queue, when last listed, had before this one; there may be fewer by now
     * @param predecessor the last of those before it; empty if there was none, or if it is not known
     */
    public record LatchPlace(String path, boolean leading, int ahead, Optional<String> predecessor) {
        public LatchPlace {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(predecessor, "predecessor");
        }

        /** Returns whether the queue, when last listed, had {@code other} before this place and nothing else. */
        public boolean isRightBehind(String other) {
            return ahead == 1 && predecessor.filter(other::equals).isPresent();
        }

        /** Returns whether the queue, when last listed, had this place at its head. */
        public boolean first() {
            return ahead == 0;
        }
    }
}
