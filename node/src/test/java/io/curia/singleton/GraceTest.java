package io.curia.singleton;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.core.Guard;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GraceTest {

    @Test
    void theDefaultFitsIntoEverySessionThatAServerGrants() {
        for (int millis = 1000; millis <= 60_000; millis += 500) {
            Duration session = Duration.ofMillis(millis);
            assertThat(Grace.objection(Grace.defaultFor(session), session)).as(session.toString()).isEmpty();
        }
    }

    @Test
    void aGraceAndItsMarginLeaveTwoFifthsOfTheGuardToRunIn() {
        Duration guard = Guard.lengthFor(Duration.ofSeconds(10));

        Duration left = guard.minus(Grace.longest(guard)).minus(Grace.margin(guard));

        assertThat(left).isEqualTo(guard.multipliedBy(2).dividedBy(5));
    }

    @Test
    void aGraceThatIsTooLongIsRefusedWithASessionTimeoutThatWouldDo() {
        assertThat(Grace.objection(Duration.ofSeconds(30), Duration.ofSeconds(10)).orElseThrow())
                .contains("--grace 30000ms").contains("--session-timeout 73s would do");
        assertThat(Grace.objection(Duration.ofSeconds(30), Duration.ofSeconds(73))).isEmpty();
        assertThat(Grace.objection(Duration.ofSeconds(30), Duration.ofSeconds(72))).isPresent();
    }

    @Test
    void aNegativeGraceIsRefused() {
        assertThat(Grace.objection(Duration.ofMillis(-1), Duration.ofSeconds(10))).isPresent();
    }
}
