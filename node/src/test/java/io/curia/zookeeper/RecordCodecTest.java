package io.curia.zookeeper;

import static io.curia.store.TestRecords.NOON;
import static io.curia.store.TestRecords.admitted;
import static io.curia.store.TestRecords.candidate;
import static io.curia.store.TestRecords.guest;
import static io.curia.store.TestRecords.tenure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.curia.model.CandidacyNotes;
import io.curia.model.Cause;
import io.curia.model.ClusterIdentity;
import io.curia.model.Departure;
import io.curia.model.Drain;
import io.curia.model.Ending;
import io.curia.model.Endpoint;
import io.curia.model.Epoch;
import io.curia.model.EventType;
import io.curia.model.Happening;
import io.curia.model.Illness;
import io.curia.model.MasterRecord;
import io.curia.model.Member;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.Pause;
import io.curia.model.Penalty;
import io.curia.model.Priority;
import io.curia.model.RosterEntry;
import io.curia.model.Switchover;
import io.curia.model.Tenure;
import io.curia.model.Versioned;
import io.curia.model.Veto;
import io.curia.store.StoreException;
import io.curia.store.TestRecords;
import io.curia.zookeeper.Reads.Found;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The records as they stand in the znodes. The golden files are what other versions and other programs read: a change
 * to one of them is a change of the format.
 */
final class RecordCodecTest {

    private static final String PATH = "/curia/demo/x";
    private static final ClusterIdentity CLUSTER =
            new ClusterIdentity("demo", "0b1f9b6e-5c1d-4a0e-9c55-2d6b6d1f3a10", NOON);
    private static final Tenure TENURE = tenure(candidate("n1", 1), 7, "/curia/demo/latch/_c_0b1f-latch-0000000003");

    @Test
    void clusterIsStoredAsInItsGoldenFile() {
        assertThat(text(RecordCodec.encode(CLUSTER))).isEqualTo(golden("cluster"));
        assertThat(RecordCodec.clusterIdentity(PATH, bytes(golden("cluster")))).isEqualTo(CLUSTER);
    }

    @Test
    void rosterEntriesAreStoredAsInTheirGoldenFiles() {
        RosterEntry first = admitted("n1").withVersion(3);
        RosterEntry registered = first.registered(candidate("n1", 1));
        checkRoster("roster-admitted", first);
        checkRoster("roster-registered", registered);
        checkRoster("roster-departed", registered.departed(new Departure(Departure.How.CRASHED, NOON)));
        checkRoster("roster-crashed", registered.departed(new Departure(Departure.How.CRASHED, NOON, "n2",
                "lifeline cut, then REFUSED")));
        checkRoster("roster-evicted", registered.evicted("operator", "disk \"sda\" is failing", NOON,
                Optional.of(NOON.plusSeconds(3600))));
    }

    @Test
    void notesOnCandidacyAreStoredAsInTheirGoldenFile() {
        CandidacyNotes notes = new CandidacyNotes(Optional.of(new Drain("ana@desk", "new \"disk\"", NOON)),
                Optional.of(new Illness("exit code 1: no space", NOON)),
                Optional.of(new Penalty(3, new Epoch(9), "its clock guard ran out", NOON, NOON.plusSeconds(600))),
                Optional.of(new Epoch(10)), Optional.of(new Veto("no replica", NOON, NOON.plusSeconds(5))));

        checkRoster("roster-noted", admitted("n1").withVersion(3).registered(candidate("n1", 1)).noted(notes));
    }

    @Test
    void aRegistrationOfAnEarlierVersionHasThePriorityOfAll() {
        String earlier = golden("live-candidate").replace(",\"priority\":100,\"preempts\":false", "");

        assertThat(RecordCodec.member(PATH, bytes(earlier)).priority()).isEqualTo(Priority.DEFAULT);
    }

    /** A node of this version must not die of what one of the next version wrote. */
    @Test
    void aWayOfGoingThatALaterVersionKnowsIsReadAsAnother() {
        String later = golden("roster-departed").replace("CRASHED", "ABDUCTED");

        assertThat(RecordCodec.rosterEntry(PATH, bytes(later), 1).departure())
                .contains(new Departure(Departure.How.OTHER, NOON));
    }

    private static void checkRoster(String name, RosterEntry entry) {
        assertThat(text(RecordCodec.encode(entry))).isEqualTo(golden(name));
        assertThat(RecordCodec.rosterEntry(PATH, bytes(golden(name)), entry.version())).isEqualTo(entry);
    }

    @Test
    void registrationsAreStoredAsInTheirGoldenFiles() {
        checkLive("live-candidate", candidate("n1", 1));
        checkLive("live-guest", guest("12345", 2, "n1"));
        Member plain = candidate("n1", 1);
        checkLive("live-preferred", new Member(plain.id(), plain.incarnation(), plain.address(), plain.kind(),
                plain.pid(), plain.host(), plain.version(), plain.since(), plain.tags(), plain.sponsor(),
                new Priority(200, true)));
        checkLive("live-kept", new Member(plain.id(), plain.incarnation(), plain.address(), plain.kind(),
                plain.pid(), plain.host(), plain.version(), plain.since(), plain.tags(), plain.sponsor(),
                plain.priority(), Optional.of(40123)));
    }

    private static void checkLive(String name, Member member) {
        assertThat(text(RecordCodec.encode(member))).isEqualTo(golden(name));
        assertThat(RecordCodec.member(PATH, bytes(golden(name)))).isEqualTo(member);
    }

    @Test
    void masterRecordsAreStoredAsInTheirGoldenFiles() {
        Tenure ended = TENURE.ended(new Ending(Cause.EVICTED, false, "operator", "drill", NOON));
        assertThat(text(RecordCodec.vacant())).isEqualTo(golden("master-vacant"));
        assertThat(text(RecordCodec.encode(TENURE))).isEqualTo(golden("master"));
        assertThat(text(RecordCodec.encode(ended))).isEqualTo(golden("master-ended"));
        Tenure kept = new Tenure(TENURE.epoch(), TENURE.id(), TENURE.incarnation(), TENURE.address(), TENURE.pid(),
                TENURE.latchPath(), TENURE.since(), TENURE.cause(), TENURE.claimId(), TENURE.guard(),
                Optional.empty(), Optional.of(40123));
        assertThat(text(RecordCodec.encode(kept))).isEqualTo(golden("master-kept"));
        assertThat(read(golden("master-kept"))).isEqualTo(new MasterRecord(Optional.of(kept), 4));
        assertThat(read(golden("master-vacant"))).isEqualTo(new MasterRecord(Optional.empty(), 4));
        assertThat(read(golden("master"))).isEqualTo(new MasterRecord(Optional.of(TENURE), 4));
        assertThat(read(golden("master-ended"))).isEqualTo(new MasterRecord(Optional.of(ended), 4));
    }

    @Test
    void eventsAreStoredAsInTheirGoldenFiles() {
        Tenure before = TENURE.ended(new Ending(Cause.EVICTED, false, "operator", "drill", NOON.plusSeconds(60)));
        checkEvent("event-master-lost", Happening.ending(before, true).get(0));
        checkEvent("event-joined", Happening.joined(candidate("n1", 1), admitted("n1")));
        checkEvent("event-paused", Happening.ofCluster(EventType.PAUSED, "ann@ops", "kernel \"5.15\""));
    }

    private static void checkEvent(String name, Happening what) {
        assertThat(text(RecordCodec.encode(what))).isEqualTo(golden(name));
        assertThat(RecordCodec.happening(PATH, bytes(golden(name)))).isEqualTo(what);
    }

    @Test
    void eventsOfALaterVersionAreReadAsOthers() {
        String later = golden("event-master-lost").replace("MASTER_LOST", "MASTER_DREAMT").replace("EVICTED", "BORED");

        Happening read = RecordCodec.happening(PATH, bytes(later));

        assertThat(read.type()).isEqualTo(EventType.OTHER);
        assertThat(read.cause()).isEmpty();
    }

    /** Strangers choose some of the words, and half a character of theirs must not keep a change from being made. */
    @Test
    void eventsAreBoundedAndWritableWhateverTheirWords() {
        Happening flood = Happening.of(EventType.JOIN_REFUSED, TENURE.id(), Optional.empty(), "\ud800".repeat(5000),
                "x\ud83d\ude00".repeat(5000));

        assertThat(RecordCodec.encode(flood)).hasSizeLessThan(4096);
        assertThat(RecordCodec.happening(PATH, RecordCodec.encode(flood))).isEqualTo(flood);
    }

    @Test
    void intentsAreStoredAsInTheirGoldenFiles() {
        Pause pause = new Pause(NOON.plusSeconds(1800), "alice@box", "kernel \"6\"", NOON);
        Switchover wish = new Switchover("7b0c", NodeId.of("n1"), new Epoch(7), Optional.of(NodeId.of("n3")),
                Cause.SWITCHOVER, false, NOON, NOON.plusSeconds(30), Duration.ofMillis(1500), "alice@box", "kernel",
                NOON, Optional.empty());
        assertThat(text(IntentCodec.encodePause(Optional.of(pause)))).isEqualTo(golden("pause"));
        assertThat(IntentCodec.pause(found(golden("pause")))).isEqualTo(new Versioned<>(Optional.of(pause), 4));
        checkSwitchover("switchover", wish);
        checkSwitchover("switchover-settled", wish.settled(
                new Switchover.Outcome(Switchover.End.HANDED_OVER, "stepped aside", "n1", NOON)));
    }

    private static void checkSwitchover(String name, Switchover wish) {
        assertThat(text(IntentCodec.encodeSwitchover(Optional.of(wish)))).isEqualTo(golden(name));
        assertThat(IntentCodec.switchover(found(golden(name)))).isEqualTo(new Versioned<>(Optional.of(wish), 4));
    }

    @Test
    void intentsOfNobodyAreVacant() {
        assertThat(text(IntentCodec.encodePause(Optional.empty()))).isEqualTo(golden("master-vacant"));
        assertThat(text(IntentCodec.encodeSwitchover(Optional.empty()))).isEqualTo(golden("master-vacant"));
        assertThat(IntentCodec.pause(found(golden("master-vacant"))).what()).isEmpty();
        assertThat(IntentCodec.switchover(found(golden("master-vacant"))).what()).isEmpty();
    }

    @Test
    void endOfASwitchoverThatOnlyALaterVersionKnowsIsRead() {
        String later = golden("switchover-settled").replace("HANDED_OVER", "ABDUCTED");

        assertThat(IntentCodec.switchover(found(later)).what().orElseThrow().outcome().orElseThrow().end())
                .isEqualTo(Switchover.End.OTHER);
    }

    /** What stands at a znode of version 4. */
    private static Found found(String json) {
        Stat stat = new Stat();
        stat.setVersion(4);
        return new Found(PATH, KeeperException.Code.OK, bytes(json), stat);
    }

    @Test
    void fieldsUnknownHereAreIgnored() {
        String later = golden("master").replace("{\"v\":1,",
                "{\"v\":1,\"later\":{\"a\":[1,{\"b\":2.5}],\"c\":null},\"list\":[[]],\"ratio\":0.5,");

        assertThat(read(later)).isEqualTo(new MasterRecord(Optional.of(TENURE), 4));
    }

    @Test
    void anotherVersionIsRefusedByName() {
        assertThatThrownBy(() -> read(golden("master").replace("\"v\":1", "\"v\":2")))
                .isInstanceOfSatisfying(StoreException.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(StoreException.Kind.CORRUPT);
                    assertThat(failure).hasMessageContaining(PATH).hasMessageContaining("version 2");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "[]", "7", "\"x\"", "{", "{\"v\":1", "{\"v\":1}{}", "{\"v\":\"1\"}", "{}",
        "{\"v\":99999999999999999999}", "{\"v\":1,\"id\":7}", "{\"v\":1,\"id\":\"n1\"}", "{\"v\":1,\"id\":\"../x\"}"})
    void whatIsNoRecordIsCorruptAndNamesItsZnode(String data) {
        assertThatThrownBy(() -> read(data)).isInstanceOfSatisfying(StoreException.class, failure -> {
            assertThat(failure.kind()).isEqualTo(StoreException.Kind.CORRUPT);
            assertThat(failure).hasMessageContaining(PATH);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"epoch\":7|\"epoch\":-7", "\"cause\":\"FIRST\"|\"cause\":\"MAGIC\"",
        "\"since\":\"2026-01-31T12:00:00.123Z\"|\"since\":\"noon\"", "\"address\":\"127.0.0.1:8001\"|\"address\":\"x\"",
        "\"pid\":4242|\"pid\":42.5", "\"confirmed\":false|\"confirmed\":\"no\"", "\"ending\":{|\"ending\":7,\"x\":{"})
    void badFieldIsCorrupt(String replacement) {
        String[] parts = replacement.split("\\|");
        assertThat(golden("master-ended")).contains(parts[0]);

        assertThatThrownBy(() -> read(golden("master-ended").replace(parts[0], parts[1])))
                .isInstanceOfSatisfying(StoreException.class, failure ->
                        assertThat(failure.kind()).isEqualTo(StoreException.Kind.CORRUPT));
    }

    @Test
    void everyMemberThatIsAllowedCanBeStored() {
        Map<String, String> tags = new HashMap<>();
        for (int i = 0; i < Member.MAX_TAGS; i++) {
            tags.put("\u0001".repeat(Member.MAX_TAG_LENGTH - 2) + "x" + (char) ('a' + i),
                    "\u0002".repeat(Member.MAX_TAG_LENGTH));
        }
        Member member = new Member(TestRecords.node("n1"), TestRecords.incarnation(1), new Endpoint("::1", 1),
                MemberKind.OBSERVER, Long.MAX_VALUE, "box", "1", NOON, tags, Optional.empty());

        assertThat(RecordCodec.member(PATH, RecordCodec.encode(member))).isEqualTo(member);
    }

    @Test
    void recordsAreBoundedWhenWrittenAndWhenRead() {
        RosterEntry endless = admitted("n1").evicted("operator", "x".repeat(RecordCodec.MAX_BYTES), NOON,
                Optional.empty());
        assertThatIllegalArgumentException().isThrownBy(() -> RecordCodec.encode(endless))
                .withMessageContaining("bytes");
        assertThatThrownBy(() -> read(" ".repeat(RecordCodec.MAX_BYTES + 1))).isInstanceOf(StoreException.class);
    }

    /** A successor waits for the guard it reads: it must never be shorter than the one that was meant. */
    @Test
    void guardIsRoundedUpToMilliseconds() {
        Tenure odd = new Tenure(TENURE.epoch(), TENURE.id(), TENURE.incarnation(), TENURE.address(), TENURE.pid(),
                TENURE.latchPath(), TENURE.since(), TENURE.cause(), TENURE.claimId(), Duration.ofNanos(2_600_000_001L),
                TENURE.ending());

        assertThat(read(text(RecordCodec.encode(odd))).tenure().get().guard()).isEqualTo(Duration.ofMillis(2601));
    }

    private static MasterRecord read(String data) {
        return RecordCodec.masterRecord(PATH, bytes(data), 4);
    }

    private static String golden(String name) {
        try (InputStream file = RecordCodecTest.class.getResourceAsStream("/golden/znode/" + name + ".json")) {
            assertThat(file).as(name).isNotNull();
            return text(file.readAllBytes()).strip();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(byte[] data) {
        return new String(data, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
