package io.curia.core;

import io.curia.model.Cause;
import io.curia.model.Ending;
import io.curia.model.Endpoint;
import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import io.curia.model.Intents;
import io.curia.model.Intents.Place;
import io.curia.model.MasterRecord;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.Observation;
import io.curia.model.Observation.LatchPlace;
import io.curia.model.Observation.Registration;
import io.curia.model.Pause;
import io.curia.model.RosterEntry;
import io.curia.model.Switchover;
import io.curia.model.Tenure;
import io.curia.model.Versioned;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An observation in the making: begins as a connected node that nobody knows, and says what else there is. */
final class Sight {

    static final NodeId SELF = NodeId.of("n1");
    static final NodeId OTHER = NodeId.of("n2");
    static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    static final Duration SESSION = Duration.ofSeconds(4);
    static final Duration GUARD = Guard.lengthFor(SESSION);
    static final Endpoint ADDRESS = new Endpoint("127.0.0.1", 8001);
    static final String PLACE = "/curia/demo/latch/latch-0000000001";
    static final Incarnation STRANGER = Incarnation.of(7, 7);

    private boolean connected = true;
    private Optional<RosterEntry> roster = Optional.empty();
    private Optional<Registration> live = Optional.empty();
    private Optional<LatchPlace> latch = Optional.empty();
    private MasterRecord master = MasterRecord.VACANT;
    private boolean holderLive;
    private Versioned<Switchover> switchover = Versioned.none();
    private Versioned<Pause> pause = Versioned.none();
    private Optional<List<Place>> queue = Optional.empty();

    static Sight connected() {
        return new Sight();
    }

    /** A registered candidate that queues behind somebody. */
    static Sight registered(Incarnation incarnation) {
        return connected().admitted(1).live(incarnation, true).queued();
    }

    /** A registered candidate whose turn it is. */
    static Sight leading(Incarnation incarnation) {
        return registered(incarnation).place(PLACE, true, true);
    }

    static RosterEntry entry(int version) {
        return RosterEntry.admitted(SELF, MemberKind.CANDIDATE, "n2", "", NOON).withVersion(version);
    }

    static Tenure tenure(NodeId id, Incarnation incarnation, long epoch) {
        return new Tenure(new Epoch(epoch), id, incarnation, ADDRESS, 42, PLACE, NOON, Cause.FIRST,
                "claim-" + epoch, GUARD, Optional.empty());
    }

    static Tenure ended(Tenure tenure, Cause cause, boolean confirmed) {
        return tenure.ended(new Ending(cause, confirmed, "operator", "", NOON));
    }

    Sight disconnected() {
        connected = false;
        return this;
    }

    Sight admitted(int version) {
        roster = Optional.of(entry(version));
        return this;
    }

    Sight evicted(int version, Optional<Instant> until) {
        roster = Optional.of(entry(version).evicted("operator", "disk", NOON, until));
        return this;
    }

    Sight roster(RosterEntry entry) {
        roster = Optional.of(entry);
        return this;
    }

    Sight live(Incarnation incarnation, boolean mine) {
        live = Optional.of(new Registration(incarnation, mine));
        return this;
    }

    Sight unregistered() {
        live = Optional.empty();
        return this;
    }

    Sight queued() {
        return place(PLACE, false, false);
    }

    Sight place(String path, boolean isLeading, boolean first) {
        latch = Optional.of(new LatchPlace(path, isLeading, first ? 0 : 1, Optional.empty()));
        return this;
    }

    /** It queues right behind this place. */
    Sight behind(String other) {
        latch = Optional.of(new LatchPlace(PLACE, false, 1, Optional.of(other)));
        return this;
    }

    Sight withoutPlace() {
        latch = Optional.empty();
        return this;
    }

    Sight master(Tenure tenure, int version, boolean isHolderLive) {
        master = new MasterRecord(Optional.of(tenure), version);
        holderLive = isHolderLive;
        return this;
    }

    /** Paused from noon on, for so long. */
    Sight paused(Duration lasting) {
        pause = new Versioned<>(Optional.of(new Pause(NOON.plus(lasting), "operator", "upgrade", NOON)), 3);
        return this;
    }

    Sight switchover(Switchover wish) {
        switchover = new Versioned<>(Optional.of(wish), 5);
        return this;
    }

    /** The queue as it stands: these, each at its own place, this node at {@link #PLACE}. */
    Sight queueing(NodeId... ids) {
        queue = Optional.of(Stream.of(ids).map(id -> new Place(id.equals(SELF) ? PLACE : "place-of-" + id, id))
                .toList());
        return this;
    }

    Observation observation() {
        return new Observation(connected, 0x1001, SESSION, roster, live, latch, master, holderLive,
                new Intents(switchover, pause, queue));
    }
}
