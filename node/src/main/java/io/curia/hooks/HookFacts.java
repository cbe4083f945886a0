package io.curia.hooks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a program is told of an event, as variables of its environment and as a JSON object on its standard input; the
 * same facts under the same names.
 *
 * @param fields by name in lower case, with underscores; text or numbers
 */
record HookFacts(Map<String, Object> fields) {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int LONGEST = 1000;

    static HookFacts of(HookEvent event, Instant at) {
        return new HookFacts(new LinkedHashMap<>()).with("event", event.words()).with("at", at.toString());
    }

    /** Returns these facts and one more. A text that is very long is cut short. */
    HookFacts with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(fields);
        String text = value.toString();
        more.put(name, value instanceof Number ? value
                : text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…");
        return new HookFacts(more);
    }

    HookFacts with(String name, Optional<?> value) {
        return value.map(present -> with(name, (Object) present)).orElse(this);
    }

    Map<String, String> environment() {
        Map<String, String> variables = new LinkedHashMap<>();
        // No variable of a process may hold a zero byte.
        fields.forEach((name, value) -> variables.put("CURIA_" + name.toUpperCase(Locale.ROOT),
                value.toString().replace("\0", "")));
        return variables;
    }

    byte[] json() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            out.writeStartObject();
            for (Map.Entry<String, Object> field : fields.entrySet()) {
                if (field.getValue() instanceof Number number) {
                    out.writeNumberField(field.getKey(), number.longValue());
                } else {
                    out.writeStringField(field.getKey(), field.getValue().toString());
                }
            }
            out.writeEndObject();
            out.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }
}
