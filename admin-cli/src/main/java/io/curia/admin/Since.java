package io.curia.admin;

import io.curia.cli.DurationConverter;
import io.curia.store.History;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * From where on events are wanted: after a number, at or after a point in time, or from so long before now.
 *
 * @param seq the number; {@link History#BEGINNING} if it is a time
 * @param from the point in time
 * @param ago the length of time before now
 */
record Since(long seq, Optional<Instant> from, Optional<Duration> ago) {

    /** Returns whether it is a time and no number. */
    boolean isTime() {
        return from.isPresent() || ago.isPresent();
    }

    /** Returns whether what happened at {@code time} is late enough. */
    boolean admits(Instant time, Instant now) {
        return from.or(() -> ago.map(now::minus)).map(earliest -> !time.isBefore(earliest)).orElse(true);
    }

    /** Reads any of the three spellings. */
    static final class Converter implements ITypeConverter<Since> {

        @Override
        public Since convert(String text) {
            if (text.matches("\\d{1,18}")) {
                return new Since(Long.parseLong(text), Optional.empty(), Optional.empty());
            }
            if (text.matches("\\d+[a-z]+")) {
                return new Since(History.BEGINNING, Optional.empty(),
                        Optional.of(new DurationConverter().convert(text)));
            }
            try {
                return new Since(History.BEGINNING, Optional.of(OffsetDateTime.parse(text).toInstant()),
                        Optional.empty());
            } catch (DateTimeException e) {
                throw new TypeConversionException("'" + text + "' is neither an event's number nor a time (expected: "
                        + "like 41, 2h or 2026-01-31T12:00:00Z)");
            }
        }
    }
}
