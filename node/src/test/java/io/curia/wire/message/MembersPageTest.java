package io.curia.wire.message;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.curia.model.MemberRole;
import io.curia.model.MemberStatus;
import io.curia.model.NodeId;
import io.curia.model.Pause;
import io.curia.model.RosterEntry;
import io.curia.model.Tenure;
import io.curia.model.Versioned;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The members as told over the wire, one line after the other. */
final class MembersPageTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final ClusterIdentity CLUSTER = new ClusterIdentity("demo", Samples.UUID, NOON);

    private static Member member(String id, Map<String, String> tags) {
        return new Member(NodeId.of(id), Incarnation.of(1, id.hashCode()), new Endpoint("127.0.0.1", 8001),
                MemberKind.CANDIDATE, 4242, "alpha", "0.1.0", NOON, tags, Optional.empty());
    }

    private static RosterEntry admitted(String id) {
        return RosterEntry.admitted(NodeId.of(id), MemberKind.CANDIDATE, "n1", "", NOON);
    }

    private static ClusterView view(List<RosterEntry> roster, List<Member> live) {
        Member first = live.get(0);
        Tenure tenure = new Tenure(new Epoch(7), first.id(), first.incarnation(), first.address(), 4242, "/latch/1",
                NOON, Cause.FIRST, "claim", Duration.ofSeconds(3), Optional.empty());
        return ClusterView.of(CLUSTER, new MasterRecord(Optional.of(tenure), 1), roster, live,
                Intents.NONE, NOON.plusSeconds(9));
    }

    private static ClusterView crowd(int members, Map<String, String> tags) {
        List<RosterEntry> roster = new ArrayList<>();
        List<Member> live = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            String id = String.format("n%05d", i);
            live.add(member(id, tags));
            roster.add(admitted(id).registered(live.get(i)));
        }
        return view(roster, live);
    }

    /** Asks page by page over the codec, as a client does. */
    private static List<MemberRow> allPages(ClusterView view) {
        List<MemberRow> rows = new ArrayList<>();
        Optional<NodeId> after = Optional.empty();
        do {
            MembersReply page = (MembersReply) MessageCodec.decodeReply(
                    MessageCodec.encode(MembersReply.to(new MembersRequest(after), view)));
            assertThat(page.members()).isNotEmpty();
            rows.addAll(page.members());
            after = page.next();
        } while (after.isPresent());
        return rows;
    }

    @Test
    void manyMembersAreToldInPagesWithoutGapOrRepetition() {
        ClusterView view = crowd(1_000, Map.of("zone", "a"));

        assertThat(allPages(view)).isEqualTo(view.members().stream()
                .map(member -> MemberRow.of(member, view.readAt())).toList());
    }

    @Test
    void fewMembersAreToldInOneLine() {
        MembersReply reply = MembersReply.to(MembersRequest.first(), crowd(3, Map.of()));

        assertThat(reply.members()).hasSize(3);
        assertThat(reply.next()).isEmpty();
        assertThat(reply.master()).contains(NodeId.of("n00000"));
        assertThat(reply.asOf()).isEqualTo(NOON.plusSeconds(9));
    }

    @Test
    void membersWithTheLargestTagsAllowedAreStillTold() {
        Map<String, String> tags = new TreeMap<>();
        for (int i = 0; i < Member.MAX_TAGS; i++) {
            tags.put("k" + i, "\u0001".repeat(Member.MAX_TAG_LENGTH));
        }
        assertThat(allPages(crowd(5, tags))).hasSize(5).allMatch(row -> row.tags().equals(tags));
    }

    @Test
    void rowTooLargeForALineLosesItsTagsNotItsPlace() {
        Map<String, String> tags = new TreeMap<>();
        for (int i = 0; i < Member.MAX_TAGS; i++) {
            tags.put("k" + i + "\u0001".repeat(Member.MAX_TAG_LENGTH - 3), "\u0001".repeat(Member.MAX_TAG_LENGTH));
        }
        ClusterView large = crowd(2, tags);
        MembersReply reply = new MembersReply("demo", "u".repeat(48_000), new Epoch(7), Optional.empty(),
                large.members().stream().map(member -> MemberRow.of(member, NOON)).toList(), NOON, Optional.empty(),
                Wishes.NONE);

        MembersReply page = MembersPage.fitting(reply);

        assertThat(page.members()).hasSize(1).allMatch(row -> row.tags().isEmpty());
        assertThat(page.next()).contains(NodeId.of("n00000"));
    }

    @Test
    void absentMembersAreToldWithSinceAndWhy() {
        RosterEntry down = admitted("n2").registered(member("n2", Map.of()))
                .departed(new Departure(Departure.How.CRASHED, NOON.plusSeconds(3)));
        RosterEntry evicted = admitted("n3").evicted("ann", "disk is failing", NOON.plusSeconds(5), Optional.empty());
        ClusterView view = view(List.of(admitted("n1"), down, evicted), List.of(member("n1", Map.of())));

        List<MemberRow> rows = allPages(view);

        assertThat(rows).extracting(MemberRow::status)
                .containsExactly(MemberStatus.LIVE, MemberStatus.DOWN, MemberStatus.EVICTED);
        assertThat(rows).extracting(MemberRow::role)
                .containsExactly(MemberRole.MASTER, MemberRole.NONE, MemberRole.NONE);
        assertThat(rows).extracting(MemberRow::since)
                .containsExactly(Optional.of(NOON), Optional.of(NOON.plusSeconds(3)), Optional.of(NOON.plusSeconds(5)));
        assertThat(rows).extracting(MemberRow::reason)
                .containsExactly(Optional.empty(), Optional.of("crashed"), Optional.of("disk is failing"));
    }

    @Test
    void endedTenureIsNoMaster() {
        Tenure tenure = crowd(1, Map.of()).master().tenure().orElseThrow();
        MasterRecord record = new MasterRecord(Optional.of(tenure), 1);

        assertThat(MasterReply.of("demo", record, true, Wishes.NONE, NOON).master()).contains(MasterInfo.of(tenure));
        assertThat(MasterReply.of("demo", record, false, Wishes.NONE, NOON).master()).isEmpty();
        assertThat(MasterReply.of("demo", record, false, Wishes.NONE, NOON).epoch()).isEqualTo(new Epoch(7));
        assertThat(MasterReply.of("demo", record, false, Wishes.NONE, NOON).last())
                .contains(MasterReply.Last.of(tenure));
    }

    /** What a page has to say besides its rows is counted too, whatever alphabet it is in. */
    @Test
    void pagesBesideTheLongestWishesStillFitALine() {
        Pause pause = new Pause(NOON.plusSeconds(60), "あ".repeat(200), "い".repeat(5_000), NOON);
        ClusterView view = crowd(500, Map.of("zone", "a")).wanting(new Intents(Versioned.none(),
                new Versioned<>(Optional.of(pause), 3), Optional.empty()));

        assertThat(allPages(view)).hasSize(500);
        assertThat(MembersReply.to(MembersRequest.first(), view).wishes().pause()).contains(pause);
    }
}
