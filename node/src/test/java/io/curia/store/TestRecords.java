package io.curia.store;

import io.curia.model.Cause;
import io.curia.model.Ending;
import io.curia.model.Endpoint;
import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import io.curia.model.MasterRecord;
import io.curia.model.Member;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.RosterEntry;
import io.curia.model.Switchover;
import io.curia.model.Switchover.End;
import io.curia.model.Switchover.Outcome;
import io.curia.model.Tenure;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Records for tests, each made of the few things a test is about. */
public final class TestRecords {

    /** When everything in the tests happens. */
    public static final Instant NOON = Instant.parse("2026-01-31T12:00:00.123Z");
    public static final Duration GUARD = Duration.ofMillis(2600);

    private TestRecords() {
    }

    public static NodeId node(String id) {
        return NodeId.of(id);
    }

    public static Incarnation incarnation(int number) {
        return Incarnation.of(0xA11CEL, number);
    }

    public static Member candidate(String id, int incarnation) {
        return member(id, incarnation, MemberKind.CANDIDATE, Optional.empty());
    }

    public static Member guest(String id, int incarnation, String sponsor) {
        return member(id, incarnation, MemberKind.GUEST, Optional.of(node(sponsor)));
    }

    private static Member member(String id, int incarnation, MemberKind kind, Optional<NodeId> sponsor) {
        return new Member(node(id), incarnation(incarnation), new Endpoint("127.0.0.1", 8000 + incarnation), kind,
                4242, "box", "0.1.0", NOON, Map.of("rack", "r1"), sponsor);
    }

    public static RosterEntry admitted(String id) {
        return RosterEntry.admitted(node(id), MemberKind.CANDIDATE, "tester", "", NOON);
    }

    /** The tenure that {@code member} writes when it claims {@code epoch} from this place. */
    public static Tenure tenure(Member member, long epoch, String latchPath) {
        return new Tenure(new Epoch(epoch), member.id(), member.incarnation(), member.address(), member.pid(),
                latchPath, NOON, Cause.FIRST, "claim-" + epoch + "-" + member.incarnation().value(), GUARD,
                Optional.empty());
    }

    public static Tenure ended(Tenure tenure, Cause cause) {
        return tenure.ended(new Ending(cause, true, tenure.id().value(), "", NOON));
    }

    /** A switchover of this tenure to {@code target}, to be done within a minute from now. */
    public static Switchover switchover(Tenure tenure, String target) {
        Instant now = Instant.now();
        return new Switchover("wish", tenure.id(), tenure.epoch(), Optional.of(node(target)), Cause.SWITCHOVER, false,
                now, now.plusSeconds(60), Duration.ofMillis(1500), "alice", "kernel", NOON, Optional.empty());
    }

    public static Switchover settled(Switchover wish, End end) {
        return wish.settled(new Outcome(end, "so it was", wish.from().value(), NOON));
    }

    public static MasterRecord endedByOperator(MasterRecord record) {
        Ending ending = new Ending(Cause.EVICTED, false, "operator", "", NOON);
        return new MasterRecord(record.tenure().map(tenure -> tenure.ended(ending)), record.version());
    }
}
