package io.curia.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code why} prints, and how it ends, when nobody can be asked. */
class WhyTest {

    private final Desk desk = Desk.ofThree();

    private void eviction() {
        desk.time.advance(Duration.ofMinutes(5));
        desk.cluster.evict("n1", "ann@desk", "disk \u001b[31mfailing");
        desk.time.advance(Duration.ofMillis(12));
        desk.cluster.elect("n2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"table", "wide", "json", "yaml", "name"})
    void everyFormatIsAsReviewed(String format) throws IOException {
        eviction();

        assertThat(desk.run("why", "--no-ask", "-o", format)).as(desk.said()).isZero();

        Golden.assertPrints("why." + format, Golden.withoutUuid(desk.printed(), desk.cluster.store().cluster()));
    }

    @Test
    void anEarlierChangeIsToldWhenAskedFor() {
        eviction();

        assertThat(desk.run("why", "1", "--no-ask", "-o", "name")).isZero();

        assertThat(desk.printed()).isEqualTo("FIRST\n");
    }

    @Test
    void anEpochThatIsNotRememberedIsFive() {
        assertThat(desk.run("why", "7", "--no-ask")).isEqualTo(5);

        assertThat(desk.printed()).isEmpty();
        assertThat(desk.said()).hasLineCount(1).contains("epoch 7", "admin-cli history");
    }

    @Test
    void aClusterThatNeverHadAMasterIsFive() {
        assertThat(new Desk().run("why", "--no-ask")).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"why n1", "why 1 2", "why --follow"})
    void wrongUsageIsTwo(String line) {
        assertThat(desk.run(line.split(" "))).isEqualTo(2);
    }
}
