package io.curia.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.core.Obituary;
import io.curia.model.Departure;
import io.curia.model.Endpoint;
import io.curia.model.Incarnation;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.RosterEntry;
import io.curia.wire.message.Vigil;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is counted of accusations, made and suffered. */
class AccusationsTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final NodeId SELF = NodeId.of("n1");
    private static final NodeId OTHER = NodeId.of("n2");
    private static final Incarnation FIRST = Incarnation.of(1, 1);
    private static final Incarnation SECOND = Incarnation.of(1, 2);
    private static final RosterEntry REGISTERED = RosterEntry.admitted(SELF, MemberKind.CANDIDATE, "n2", "", NOON)
            .registered(FakeMember.member(SELF, FIRST, new Endpoint("127.0.0.1", 1)));
    private static final RosterEntry CRASHED =
            REGISTERED.departed(new Departure(Departure.How.CRASHED, NOON, "n2", "refused"));

    private final Accusations accusations = new Accusations(SELF);

    private Vigil counted() {
        return accusations.vigil(0, List.of(), 0);
    }

    private static Obituary obituary(Incarnation dead) {
        return new Obituary(OTHER, dead, true, true, "refused", 0, NOON);
    }

    @Test
    void beingRemovedAsDeadIsSufferedOnceHoweverOftenItIsSeen() {
        accusations.observe(FIRST, Optional.of(REGISTERED));
        accusations.observe(FIRST, Optional.of(CRASHED));
        accusations.observe(SECOND, Optional.of(CRASHED));
        accusations.observe(SECOND, Optional.of(CRASHED));

        assertThat(counted().suffered()).isEqualTo(1);
        assertThat(accusations.formerly()).contains(FIRST);
    }

    @Test
    void aRemovalThatIsSeenAfterTheNextRegistrationWasChosenIsSufferedToo() {
        accusations.observe(FIRST, Optional.of(REGISTERED));
        accusations.observe(SECOND, Optional.of(REGISTERED));
        accusations.observe(SECOND, Optional.of(CRASHED));

        assertThat(counted().suffered()).isEqualTo(1);
    }

    @Test
    void theCrashOfAnEarlierRunIsNoAccusationOfThisOne() {
        accusations.observe(SECOND, Optional.of(CRASHED));

        assertThat(counted().suffered()).isZero();
        assertThat(accusations.formerly()).isEmpty();
    }

    @Test
    void anExpiredSessionIsNoAccusation() {
        accusations.observe(FIRST, Optional.of(REGISTERED));
        accusations.observe(FIRST, Optional.of(REGISTERED.departed(new Departure(Departure.How.EXPIRED, NOON))));

        assertThat(counted().suffered()).isZero();
    }

    @Test
    void whoeverTellsThatItWasRemovedAndLivesRefutesTheAccusationOnce() {
        accusations.made(obituary(FIRST));
        accusations.accepted(List.of(obituary(FIRST)));

        accusations.heardOf(OTHER, Optional.of(FIRST));
        accusations.heardOf(OTHER, Optional.of(FIRST));
        accusations.heardOf(OTHER, Optional.of(SECOND));
        accusations.heardOf(OTHER, Optional.empty());

        assertThat(counted()).isEqualTo(new Vigil(0, List.of(), 0, 1, 1, 0, 1, 0));
    }

    @Test
    void whoeverDiedIsNotRefutedByItsNextRun() {
        accusations.accepted(List.of(obituary(FIRST)));

        accusations.heardOf(OTHER, Optional.empty());

        assertThat(counted().refuted()).isZero();
    }
}
