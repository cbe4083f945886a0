package io.curia.admin;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Builds the fields of a document, in order; a value that is not there becomes null and is still listed. */
final class Fields {

    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Map<String, Object> fields = new LinkedHashMap<>();

    /** Returns the beginning of a document: its {@code apiVersion}. */
    static Fields document() {
        return new Fields().add("apiVersion", 1);
    }

    /** Adds a field; {@code value} may be null. */
    Fields add(String name, Object value) {
        fields.put(name, value);
        return this;
    }

    /** Adds a point in time as RFC 3339 in UTC, always with milliseconds. */
    Fields add(String name, Optional<Instant> value) {
        return add(name, value.map(Fields::timestamp).orElse(null));
    }

    Map<String, Object> build() {
        return fields;
    }

    /** Returns {@code instant} as documents spell it: RFC 3339 in UTC, with milliseconds. */
    static String timestamp(Instant instant) {
        return MILLIS.format(instant);
    }
}
