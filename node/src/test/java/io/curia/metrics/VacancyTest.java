package io.curia.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.Endpoint;
import io.curia.model.Epoch;
import io.curia.model.MasterRecord;
import io.curia.model.MemberKind;
import io.curia.model.Role;
import io.curia.runtime.NodeState;
import io.curia.store.TestRecords;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** How long a node saw no master. */
class VacancyTest {

    private long nowNanos;
    private final Vacancy vacancy = new Vacancy(() -> nowNanos);

    private void see(long seconds, boolean connected, boolean masterLive) {
        nowNanos = seconds * 1_000_000_000L;
        vacancy.see(new NodeState(TestRecords.node("n1"), MemberKind.CANDIDATE, Role.STANDBY, new Epoch(7),
                TestRecords.incarnation(1), Endpoint.parse("127.0.0.1:1"), connected, Optional.empty(),
                OptionalInt.of(1), Optional.empty(), new MasterRecord(Optional.of(
                        TestRecords.tenure(TestRecords.candidate("n2", 2), 7, "/latch/2")), 3), masterLive));
    }

    @Test
    void timeCountsWhileNoMasterIsSeenAndOnlyThen() {
        see(0, true, true);
        see(10, true, false);
        nowNanos = 12_000_000_000L;
        assertThat(vacancy.seconds()).isEqualTo(2.0);

        see(13, true, true);
        nowNanos = 60_000_000_000L;
        assertThat(vacancy.seconds()).isEqualTo(3.0);
    }

    @Test
    void whatIsNotSeenIsNotCounted() {
        see(0, true, true);
        see(10, false, false);
        see(50, true, false);
        see(51, false, false);
        nowNanos = 99_000_000_000L;

        assertThat(vacancy.seconds()).isEqualTo(1.0);
    }

    @Test
    void everyChangeWithinAVacancyIsPartOfIt() {
        see(10, true, false);
        see(11, true, false);
        see(15, true, true);

        assertThat(vacancy.seconds()).isEqualTo(5.0);
    }
}
