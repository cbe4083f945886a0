package io.curia.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.Endpoint;
import io.curia.model.Incarnation;
import io.curia.model.Member;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a refused lifeline says of a member, by what is known of it. */
class AcquaintancesTest {

    private static final Endpoint ADDRESS = new Endpoint("10.0.0.7", 8001);
    private static final InetSocketAddress REACHED = InetSocketAddress.createUnresolved("10.0.0.7", 8001);
    private static final long NOW = Long.MAX_VALUE - 1;

    private final Acquaintances acquaintances = new Acquaintances("alpha");

    private static Member member(long incarnation, Endpoint address, String host) {
        return new Member(NodeId.of("n1"), Incarnation.of(0, incarnation), address, MemberKind.CANDIDATE, 1, host, "",
                Instant.EPOCH, Map.of(), Optional.empty());
    }

    private static Member member(long incarnation) {
        return member(incarnation, ADDRESS, "beta");
    }

    private Optional<Grounds> refused(Member member) {
        return acquaintances.whenRefused(member, false, NOW);
    }

    @Test
    void whoeverWasReachedBeforeIsSuspectedLikeOneWhoseLifelineWasCut() {
        acquaintances.reached(member(1), REACHED);

        assertThat(refused(member(1))).contains(Grounds.REFUSED_AGAIN);
        assertThat(acquaintances.whenRefused(member(1), true, NOW)).contains(Grounds.REFUSED_AGAIN);
    }

    /** Its address may be wrong; then it comes back as another registration, again and again. */
    @Test
    void whoeverWasNeverReachedIsSuspectedOnceAnAddress() {
        assertThat(refused(member(1))).contains(Grounds.NEVER_SEEN);
        assertThat(refused(member(1))).isEmpty();
        assertThat(refused(member(2))).isEmpty();
        assertThat(refused(member(2, new Endpoint("10.0.0.7", 8002), "beta"))).contains(Grounds.NEVER_SEEN);
    }

    @Test
    void anAddressAtWhichSomebodyWasReachedIsAGoodOneAgain() {
        refused(member(1));
        acquaintances.reached(member(2), REACHED);

        assertThat(refused(member(3))).contains(Grounds.NEVER_SEEN);
    }

    @Test
    void aMasterThatWasNeverReachedIsLeftToItsSession() {
        assertThat(acquaintances.whenRefused(member(1), true, NOW)).isEmpty();
    }

    @Test
    void theLoopbackAddressOfAnotherMachineSaysNothing() {
        assertThat(refused(member(1, new Endpoint("127.0.0.1", 8001), "beta"))).isEmpty();
        assertThat(refused(member(2, new Endpoint("127.0.0.1", 8001), "alpha"))).contains(Grounds.NEVER_SEEN);
    }

    @Test
    void aDeathThatWasReportedIsNotReportedAgainAtOnce() {
        acquaintances.reached(member(1), REACHED);
        acquaintances.reported(member(1).incarnation(), NOW);

        assertThat(refused(member(1))).isEmpty();
        assertThat(acquaintances.whenRefused(member(1), false, NOW + Duration.ofSeconds(2).toNanos()))
                .contains(Grounds.REFUSED_AGAIN);
    }

    @Test
    void whoeverIsNotRegisteredAnyMoreIsForgotten() {
        acquaintances.reached(member(1), REACHED);
        acquaintances.parted(member(2).incarnation());

        acquaintances.keepOnly(List.of());

        assertThat(acquaintances.reachedAt(member(1).incarnation())).isEmpty();
        assertThat(acquaintances.isLeftAlone(member(2).incarnation(), 0)).isFalse();
    }

    @Test
    void whoseLifelineEndedIsLeftAloneForAMoment() {
        long moment = Acquaintances.REOPEN.toNanos();
        acquaintances.ended(member(1).incarnation(), Long.MAX_VALUE);

        assertThat(acquaintances.isLeftAlone(member(1).incarnation(), Long.MAX_VALUE + moment - 1)).isTrue();
        assertThat(acquaintances.isLeftAlone(member(2).incarnation(), Long.MAX_VALUE)).isFalse();
        assertThat(acquaintances.isLeftAlone(member(1).incarnation(), Long.MAX_VALUE + moment)).isFalse();
    }

    @Test
    void whoSaidGoodbyeIsLeftAloneForGood() {
        acquaintances.parted(member(1).incarnation());

        assertThat(acquaintances.isLeftAlone(member(1).incarnation(), Acquaintances.REOPEN.toNanos())).isTrue();
    }
}
