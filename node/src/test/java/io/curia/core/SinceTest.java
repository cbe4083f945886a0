package io.curia.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SinceTest {

    @Test
    void seeingTheSameKeepsTheMoment() {
        Since<String> since = Since.<String>never().seeing(Optional.of("a"), 5).seeing(Optional.of("a"), 9);

        assertThat(since.nanos()).isEqualTo(5);
    }

    @Test
    void seeingSomethingElseStartsAnew() {
        Since<String> since = Since.<String>never().seeing(Optional.of("a"), 5).seeing(Optional.of("b"), 9);

        assertThat(since).isEqualTo(new Since<>(Optional.of("b"), 9));
    }

    @Test
    void seeingItAgainAfterItWasGoneStartsAnew() {
        Since<String> since = Since.<String>never().seeing(Optional.of("a"), 5).seeing(Optional.empty(), 7)
                .seeing(Optional.of("a"), 9);

        assertThat(since.nanos()).isEqualTo(9);
    }
}
