package io.curia.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RationTest {

    private final Ration ration = new Ration(2, 10, -5);

    @Test
    void soManyAtOnceAreGivenOutAndNoMore() {
        assertThat(ration.take(-5)).isEqualTo(OptionalLong.of(0));
        assertThat(ration.take(-5)).isEqualTo(OptionalLong.of(0));
        assertThat(ration.take(4)).isEmpty();
    }

    @Test
    void oneMoreIsGivenOutAfterAWhileAndTellsHowManyWereWithheld() {
        ration.take(-5);
        ration.take(-5);
        ration.take(0);
        ration.take(1);

        assertThat(ration.take(5)).isEqualTo(OptionalLong.of(2));
        assertThat(ration.take(14)).isEmpty();
    }

    @Test
    void whatIsNotTakenDoesNotPileUp() {
        assertThat(ration.take(1000)).isPresent();
        assertThat(ration.take(1000)).isPresent();
        assertThat(ration.take(1000)).isEmpty();
    }
}
