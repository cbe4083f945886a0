package io.curia.admin;

import io.curia.cli.DurationConverter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * For how long an evicted node is kept out.
 *
 * @param length how long; empty: until somebody readmits it
 */
record Ban(Optional<Duration> length) {

    static final String FOREVER = "forever";

    /** Returns when a ban that begins at {@code start} ends; empty if it does not end by itself. */
    Optional<Instant> end(Instant start) {
        return length.map(start::plus);
    }

    @Override
    public String toString() {
        return length.map(time -> "for " + Age.spell(time)).orElse("until readmitted");
    }

    /** Reads {@code forever} or a duration. */
    static final class Converter implements ITypeConverter<Ban> {

        @Override
        public Ban convert(String text) {
            if (text.trim().equalsIgnoreCase(FOREVER)) {
                return new Ban(Optional.empty());
            }
            Duration length = new DurationConverter().convert(text);
            if (length.isZero()) {
                throw new TypeConversionException("'" + text + "' is no ban (expected: more than nothing, or forever)");
            }
            return new Ban(Optional.of(length));
        }
    }
}
