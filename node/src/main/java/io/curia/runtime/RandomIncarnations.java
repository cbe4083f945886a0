package io.curia.runtime;

import io.curia.model.Incarnation;
import java.security.SecureRandom;
import java.util.function.Supplier;

/** Incarnations, and whatever else must be told apart from everything, from 128 bits that nobody can guess. */
final class RandomIncarnations implements Supplier<Incarnation> {

    private final SecureRandom source = new SecureRandom();

    @Override
    public Incarnation get() {
        return Incarnation.of(source.nextLong(), source.nextLong());
    }
}
