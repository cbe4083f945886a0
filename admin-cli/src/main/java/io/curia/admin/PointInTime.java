package io.curia.admin;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A point in time as people name it.
 *
 * @param exactly which one; empty if only the clock's reading was named
 * @param reading what the clocks here say then
 */
record PointInTime(Optional<Instant> exactly, LocalTime reading) {

    /** Returns the instant meant by somebody who speaks at {@code now}: a clock's reading is the next such one. */
    Instant after(Instant now) {
        return exactly.orElseGet(() -> {
            ZonedDateTime here = now.atZone(ZoneId.systemDefault());
            ZonedDateTime today = here.with(reading);
            return (today.isAfter(here) ? today : today.plusDays(1)).toInstant();
        });
    }

    /** Reads RFC 3339, or hours and minutes. */
    static final class Converter implements ITypeConverter<PointInTime> {

        @Override
        public PointInTime convert(String text) {
            try {
                return text.indexOf('T') < 0 ? new PointInTime(Optional.empty(), LocalTime.parse(text))
                        : new PointInTime(Optional.of(OffsetDateTime.parse(text).toInstant()), LocalTime.MIDNIGHT);
            } catch (DateTimeException e) {
                throw new TypeConversionException("'" + text
                        + "' is not a time (expected: like 2026-12-01T02:00:00Z or 02:00)");
            }
        }
    }
}
