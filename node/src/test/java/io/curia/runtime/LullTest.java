package io.curia.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.store.memory.MemoryEnsemble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When hardly anybody joins any more. */
class LullTest {

    private final MemoryEnsemble cluster = MemoryEnsemble.cluster("demo");
    private final Lull lull = new Lull(cluster.store());
    private int joined;

    private void join(int many) {
        IntStream.range(0, many).forEach(each -> cluster.join("n" + ++joined));
    }

    @Test
    void oneCountSaysNothing() {
        join(2);

        assertThat(lull.hasCome()).isFalse();
        assertThat(lull.hasCome()).isTrue();
    }

    @Test
    void thereIsNoneWhileManyJoin() {
        join(1);
        assertThat(lull.hasCome()).isFalse();
        join(8);
        assertThat(lull.hasCome()).as("eight since the last count").isFalse();
        join(9);
        assertThat(lull.hasCome()).as("nine since the last count").isFalse();
        join(2);
        assertThat(lull.hasCome()).as("two since the last count").isTrue();
    }

    @Test
    void itIsNotWaitedForWithoutEnd() {
        int counts = 0;
        do {
            join(4);
            counts++;
        } while (!lull.hasCome());

        assertThat(counts).isBetween(10, 100);
    }
}
