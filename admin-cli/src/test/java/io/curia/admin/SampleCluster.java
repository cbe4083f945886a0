package io.curia.admin;

import io.curia.model.CandidacyNotes;
import io.curia.model.Cause;
import io.curia.model.ClusterIdentity;
import io.curia.model.ClusterView;
import io.curia.model.Departure;
import io.curia.model.Endpoint;
import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import io.curia.model.Intents;
import io.curia.model.MasterRecord;
import io.curia.model.Member;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.RosterEntry;
import io.curia.model.Tenure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A cluster in which every kind of member occurs in every state, always the same to the last byte. */
final class SampleCluster {

    static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private final List<RosterEntry> roster = new ArrayList<>();
    private final List<Member> live = new ArrayList<>();

    private SampleCluster() {
    }

    static ClusterView view() {
        return new SampleCluster().build(true);
    }

    static ClusterView withoutMaster() {
        return new SampleCluster().build(false);
    }

    private ClusterView build(boolean mastered) {
        Member master = live("n1", 1, MemberKind.CANDIDATE, Duration.ofMinutes(125), Map.of());
        live("n2", 2, MemberKind.CANDIDATE, Duration.ofHours(2), Map.of("zone", "a", "rack", "é\" ✓"));
        live("watcher", 3, MemberKind.OBSERVER, Duration.ofDays(3), Map.of());
        live("12345", 4, MemberKind.GUEST, Duration.ofSeconds(8), Map.of());
        down("n3", 5, Optional.of(new Departure(Departure.How.LEFT, NOW.minusSeconds(30))));
        down("n4", 6, Optional.of(new Departure(Departure.How.CRASHED, NOW.minusSeconds(600))));
        down("n5", 7, Optional.of(new Departure(Departure.How.EXPIRED, NOW.minusSeconds(86_400))));
        down("n6", 8, Optional.empty());
        roster.add(RosterEntry.admitted(NodeId.of("n7"), MemberKind.CANDIDATE, "n1", "", NOW.minusSeconds(3)));
        evicted("n8", 9, "disk failing", Optional.of(NOW.plusSeconds(3600)));
        evicted("n9", 10, "", Optional.empty());
        evicted("yes", 11, "line\nbreak \u001b[31mred: #1", Optional.of(NOW.minusSeconds(1)));
        Optional<Tenure> tenure = Optional.of(new Tenure(new Epoch(7), master.id(),
                mastered ? master.incarnation() : Incarnation.of(9, 9), master.address(), master.pid(), "/latch/1",
                NOW.minusSeconds(3_725), Cause.CRASH, "claim", Duration.ofSeconds(3), Optional.empty()));
        return ClusterView.of(new ClusterIdentity("curia", "5f9c0a52-7a1e-4c55-9c58-3f3b7f9ad6b1",
                NOW.minus(Duration.ofDays(9))), new MasterRecord(tenure, 14), roster, live, Intents.NONE, NOW);
    }

    private Member live(String id, int number, MemberKind kind, Duration age, Map<String, String> tags) {
        boolean guest = kind == MemberKind.GUEST;
        Member member = new Member(NodeId.of(id), Incarnation.of(number, number), address(number), kind,
                guest ? 0 : 4200 + number, "host-" + number, guest ? "" : "0.1.0", NOW.minus(age), tags,
                guest ? Optional.of(NodeId.of("n2")) : Optional.empty());
        live.add(member);
        roster.add(RosterEntry.admitted(member.id(), kind, "n1", "", NOW.minus(Duration.ofDays(8)))
                .registered(member).withVersion(1));
        return member;
    }

    private void down(String id, int number, Optional<Departure> departure) {
        roster.add(registered(id, number, departure));
    }

    private void evicted(String id, int number, String reason, Optional<Instant> until) {
        roster.add(registered(id, number, Optional.empty())
                .evicted("ann@desk", reason, NOW.minusSeconds(90), until));
    }

    private static RosterEntry registered(String id, int number, Optional<Departure> departure) {
        return new RosterEntry(NodeId.of(id), RosterEntry.Standing.ADMITTED,
                Optional.of(Incarnation.of(number, number)), Optional.of(address(number)), MemberKind.CANDIDATE, "n1",
                "", NOW.minus(Duration.ofDays(8)), Optional.empty(), departure, CandidacyNotes.NONE, 3);
    }

    private static Endpoint address(int number) {
        return new Endpoint("127.0.0.1", 8000 + number);
    }
}
