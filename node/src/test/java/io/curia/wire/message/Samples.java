package io.curia.wire.message;

import io.curia.model.CandidacyNotes;
import io.curia.model.Cause;
import io.curia.model.Drain;
import io.curia.model.Eligibility;
import io.curia.model.Ending;
import io.curia.model.Endpoint;
import io.curia.model.Epoch;
import io.curia.model.Illness;
import io.curia.model.Incarnation;
import io.curia.model.JournalEntry;
import io.curia.model.MemberKind;
import io.curia.model.MemberRole;
import io.curia.model.MemberStatus;
import io.curia.model.NodeId;
import io.curia.model.Pause;
import io.curia.model.Penalty;
import io.curia.model.Priority;
import io.curia.model.RefusalReason;
import io.curia.model.Role;
import io.curia.model.Switchover;
import io.curia.model.Veto;
import io.curia.model.YieldedTenure;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One message or more of every kind, by the name of its golden file. */
public final class Samples {

    static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    static final Incarnation FIRST = Incarnation.of(0x0123456789abcdefL, 0xfedcba9876543210L);
    static final Incarnation SECOND = Incarnation.of(0x1111111111111111L, 0x2222222222222222L);
    static final String UUID = "6f1d4c2e-8b7a-4f0e-9c3d-5a2b1e0f7d6c";
    static final Endpoint AT_8001 = new Endpoint("127.0.0.1", 8001);
    static final Endpoint AT_8002 = new Endpoint("127.0.0.1", 8002);
    static final Peer N1 = new Peer(NodeId.of("n1"), AT_8001);
    static final Peer N2 = new Peer(NodeId.of("n2"), AT_8002);
    static final MasterInfo MASTER =
            new MasterInfo(NodeId.of("n1"), new Epoch(7), AT_8001, 4242, NOON.plusMillis(250), Cause.CRASH);

    static final Wishes WISHES = new Wishes(
            Optional.of(new Pause(NOON.plusSeconds(1_800), "ann@desk", "switch upgrade", NOON)),
            Optional.of(new Switchover("a-wish", NodeId.of("n1"), new Epoch(7), Optional.of(NodeId.of("n2")),
                    Cause.STEP_DOWN, true, NOON.plusSeconds(600), NOON.plusSeconds(635), Duration.ofSeconds(30),
                    "bob@desk", "kernel upgrade", NOON, Optional.empty())));

    private Samples() {}

    /** Returns the requests. */
    public static Map<String, Request> requests() {
        Map<String, Request> samples = new LinkedHashMap<>();
        samples.put("join", new JoinRequest("demo", N2, Addressee.at(AT_8001), SECOND, MemberKind.CANDIDATE, 4343,
                "0.1.0", Map.of("zone", "b", "rack", "r1"), Optional.of("c2VjcmV0"), "Hello, please admit me."));
        samples.put("join-observer", new JoinRequest("demo", N2, new Addressee(Optional.of(NodeId.of("n1")), AT_8001),
                SECOND, MemberKind.OBSERVER, 0, "", Map.of(), Optional.empty(), ""));
        samples.put("tutorial-join", new TutorialJoin(new Peer(NodeId.of("12345"), AT_8002), Addressee.at(AT_8001),
                "Hi nody.. please add me to the cluster.."));
        samples.put("tutorial-join-named", new TutorialJoin(new Peer(NodeId.of("printer-7"), AT_8002),
                new Addressee(Optional.of(NodeId.of("n1")), AT_8001), "Hi"));
        samples.put("journal-request", new JournalRequest(41));
        samples.put("ping", new Ping());
        samples.put("members-request", MembersRequest.first());
        samples.put("members-request-after", new MembersRequest(Optional.of(NodeId.of("n17"))));
        samples.put("master-request", new MasterRequest());
        samples.put("status-request", new StatusRequest());
        samples.put("witness-request", new WitnessRequest(NodeId.of("n1"), FIRST));
        samples.put("lifeline-request", new LifelineRequest("demo", UUID, N2, SECOND, new Epoch(7), true));
        return samples;
    }

    /** Returns the replies. */
    public static Map<String, Reply> replies() {
        Map<String, Reply> samples = new LinkedHashMap<>();
        samples.put("joined", new Joined("demo", UUID, N1, N2, new Epoch(7), Optional.of(MASTER), "Welcome, n2."));
        samples.put("joined-without-master",
                new Joined("demo", UUID, N1, N2, Epoch.NONE, Optional.empty(), "Welcome, n2."));
        samples.put("tutorial-reply", new TutorialReply(new Peer(NodeId.of("1"), AT_8001),
                new Peer(NodeId.of("12345"), AT_8002), "Sure, you are a guest of this cluster now."));
        samples.put("tutorial-reply-named", new TutorialReply(N1, new Peer(NodeId.of("007"), AT_8002), "Sure."));
        samples.put("refused", Refused.of(RefusalReason.DUPLICATE_ID, "n2 is live at 127.0.0.1:8003"));
        samples.put("pong", new Pong(NodeId.of("n1"), FIRST, "demo", Optional.of(UUID)));
        samples.put("pong-of-joiner", new Pong(NodeId.of("n2"), SECOND, "demo", Optional.empty()));
        samples.put("members-reply", members());
        samples.put("master-reply", new MasterReply("demo", new Epoch(7), Optional.of(MASTER), NOON.plusSeconds(60),
                Optional.empty(), Wishes.NONE));
        samples.put("master-reply-none",
                new MasterReply("demo", new Epoch(7), Optional.empty(), NOON.plusSeconds(60), Optional.of(
                        new MasterReply.Last(NodeId.of("n1"), new Epoch(7), Optional.of(new Ending(Cause.EVICTED, false,
                                "ann@desk", "disk is failing", NOON.plusSeconds(30))))), WISHES));
        samples.put("status-reply", new StatusReply(NodeId.of("n1"), Role.MASTER, new Epoch(7), true, 2600,
                Optional.of(NodeId.of("n1")), FIRST, Optional.of(UUID), "demo", true, 4242, AT_8001,
                new Vigil(3, List.of(NodeId.of("n2"), NodeId.of("n3")), 4, 5, 2, 1, 1, 0)));
        samples.put("status-reply-detached", new StatusReply(NodeId.of("n2"), Role.DETACHED, Epoch.NONE, false, 0,
                Optional.empty(), SECOND, Optional.empty(), "demo", false, 4343, new Endpoint("::1", 8002),
                Vigil.NONE));
        samples.put("lifeline-reply", new LifelineReply("demo", UUID, N1, FIRST, new Epoch(7), Optional.empty(), true));
        samples.put("lifeline-reply-again",
                new LifelineReply("demo", UUID, N1, FIRST, new Epoch(7), Optional.of(SECOND), true));
        samples.put("witness-reply", new WitnessReply(NodeId.of("n1"), FIRST, WitnessReply.Seen.REFUSED));
        samples.put("journal-reply", new JournalReply(NodeId.of("n2"), SECOND, NOON, NOON.plusSeconds(60), 43, List.of(
                new JournalEntry(42, NOON.plusSeconds(30), 123456789L, JournalEntry.Kind.VERDICT,
                        Optional.of(NodeId.of("n1")), Optional.empty(), Optional.empty(), "n1 is dead: REFUSED"),
                new JournalEntry(43, NOON.plusSeconds(31), 123456999L, JournalEntry.Kind.FROZEN, Optional.empty(),
                        Optional.of(new Epoch(7)), Optional.of(Duration.ofMillis(6200)), "did not run"))));
        samples.put("error", new ErrorReply(ErrorCode.UNKNOWN_TYPE, "type: \"pnig\""));
        return samples;
    }

    /** Returns the notices. */
    public static Map<String, Notice> notices() {
        return Map.of("goodbye", new Goodbye("n1 was asked to stop"),
                "yielded", new Yielded(new YieldedTenure(new Epoch(7), FIRST.value(), Cause.LEFT, "SIGTERM",
                        Optional.empty())),
                "yielded-for-a-switchover", new Yielded(new YieldedTenure(new Epoch(7), FIRST.value(),
                        Cause.SWITCHOVER, "switchover to n2 asked for by ann@desk", Optional.of("a-wish"))));
    }

    private static MembersReply members() {
        MemberRow live = new MemberRow(NodeId.of("n1"), MemberStatus.LIVE, MemberRole.MASTER, Optional.of(AT_8001),
                Optional.of(FIRST), Optional.of(4242L), Optional.of("alpha"), Optional.of(NOON),
                Optional.of("0.1.0"), Map.of("zone", "a"), Optional.empty(), Optional.empty(),
                Optional.of(MemberKind.CANDIDATE), Optional.empty(), Optional.empty(),
                Optional.of(Eligibility.DRAINED), Optional.of(new Priority(300, true)),
                CandidacyNotes.NONE.withDrain(Optional.of(new Drain("ann@desk", "new disk", NOON)))
                        .withIllness(Optional.of(new Illness("exit code 1", NOON)))
                        .withPenalty(Optional.of(new Penalty(2, new Epoch(5), "died", NOON, NOON.plusSeconds(300)))));
        MemberRow vetoed = new MemberRow(NodeId.of("n2"), MemberStatus.LIVE, MemberRole.STANDBY, Optional.of(AT_8002),
                Optional.of(SECOND), Optional.of(4343L), Optional.of("beta"), Optional.of(NOON),
                Optional.of("0.1.0"), Map.of(), Optional.empty(), Optional.empty(),
                Optional.of(MemberKind.CANDIDATE), Optional.empty(), Optional.empty(),
                Optional.of(Eligibility.VETOED), Optional.of(Priority.DEFAULT),
                CandidacyNotes.NONE.withVeto(Optional.of(new Veto("no replica", NOON, NOON.plusSeconds(5)))));
        MemberRow guest = new MemberRow(NodeId.of("12345"), MemberStatus.LIVE, MemberRole.GUEST,
                Optional.of(AT_8002), Optional.of(SECOND), Optional.empty(), Optional.of("beta"), Optional.of(NOON),
                Optional.empty(), Map.of(), Optional.of(NodeId.of("n1")), Optional.empty(),
                Optional.of(MemberKind.GUEST), Optional.empty(), Optional.empty(), Optional.of(Eligibility.NONE),
                Optional.empty(), CandidacyNotes.NONE);
        MemberRow evicted = new MemberRow(NodeId.of("n3"), MemberStatus.EVICTED, MemberRole.NONE, Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(NOON.plusSeconds(5)),
                Optional.empty(), Map.of(), Optional.empty(), Optional.of("disk is failing"),
                Optional.of(MemberKind.CANDIDATE), Optional.of("ann@desk"), Optional.of(NOON.plusSeconds(3_605)),
                Optional.empty(), Optional.empty(), CandidacyNotes.NONE);
        return new MembersReply("demo", UUID, new Epoch(7), Optional.of(NodeId.of("n1")),
                List.of(guest, live, vetoed, evicted), NOON.plusSeconds(60), Optional.of(NodeId.of("n3")), WISHES);
    }
}
