package io.curia.document;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Builds the fields of a JSON document, in order; a value that is not there becomes null and is still listed. */
public final class Fields {

    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Map<String, Object> fields = new LinkedHashMap<>();

    /** Returns the beginning of a document: its {@code apiVersion}. */
    public static Fields document() {
        return new Fields().add("apiVersion", 1);
    }

    /** Adds a field; {@code value} may be null. */
    public Fields add(String name, Object value) {
        fields.put(name, value);
        return this;
    }

    /** Adds a point in time as RFC 3339 in UTC, always with milliseconds. */
    public Fields add(String name, Optional<Instant> value) {
        return add(name, value.map(Fields::timestamp).orElse(null));
    }

    /** Returns what was added. */
    public Map<String, Object> build() {
        return fields;
    }

    /** Returns {@code instant} as documents spell it: RFC 3339 in UTC, with milliseconds. */
    public static String timestamp(Instant instant) {
        return MILLIS.format(instant);
    }
}
