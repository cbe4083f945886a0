package io.curia.core.simulation;

import io.curia.model.Incarnation;
import java.util.List;
import java.util.SplittableRandom;

/** All the chance there is in a simulation, from one seed. */
final class Dice {

    private final SplittableRandom random;

    Dice(long seed) {
        random = new SplittableRandom(seed);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    long between(long low, long high) {
        return low >= high ? low : random.nextLong(low, high);
    }

    double fraction() {
        return random.nextDouble();
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    Incarnation incarnation() {
        return Incarnation.of(random.nextLong(), random.nextLong());
    }
}
