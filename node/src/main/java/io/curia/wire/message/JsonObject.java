package io.curia.wire.message;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A JSON object whose fields are taken by name and type. A field that is missing or of another type is a
 * {@link ProtocolException} that names it; a field nobody asks for is ignored; {@code null} counts as absent.
 *
 * <p>Values are {@link String}, {@link Long}, {@link Boolean}, {@link JsonObject}, {@link List} of these, {@code null},
 * and {@link Double} for numbers that no message uses.
 */
final class JsonObject {

    /** How long a field's text may be, in characters; the words of a message are cut to it. */
    static final int MAX_TEXT = 1_000;

    private static final int MAX_SHOWN = 60;
    /** How many texts a field may hold. */
    private static final int MAX_VALUES = 64;

    private final Map<String, Object> fields = new LinkedHashMap<>();
    private final String path;

    JsonObject() {
        this("");
    }

    /** Returns an empty object that calls its fields {@code path + name} when it complains about them. */
    JsonObject(String path) {
        this.path = path;
    }

    Map<String, Object> fields() {
        return fields;
    }

    /** Returns this object as one line of JSON. */
    String text() {
        return JsonText.print(this);
    }

    JsonObject put(String name, Object value) {
        fields.put(name, value);
        return this;
    }

    /** Adds what {@code value} holds, as text, or {@code null}. */
    JsonObject putText(String name, Optional<?> value) {
        return put(name, value.map(Object::toString).orElse(null));
    }

    /** Adds words for a person, or {@code null}, cut to what a reader accepts. */
    JsonObject putWords(String name, String words) {
        if (words == null || words.length() <= MAX_TEXT) {
            return put(name, words);
        }
        int end = MAX_TEXT - 1;
        return put(name, words.substring(0, Character.isHighSurrogate(words.charAt(end - 1)) ? end - 1 : end) + "…");
    }

    boolean has(String name) {
        return fields.get(name) != null;
    }

    String text(String name) {
        return require(name, optionalText(name));
    }

    String text(String name, String otherwise) {
        return optionalText(name).orElse(otherwise);
    }

    Optional<String> optionalText(String name) {
        Optional<String> text = optional(name, String.class, "text");
        text.filter(found -> found.length() > MAX_TEXT).ifPresent(found -> {
            throw invalid(name, found.length() + " characters", "at most " + MAX_TEXT);
        });
        return text;
    }

    long number(String name) {
        return require(name, optionalNumber(name));
    }

    Optional<Long> optionalNumber(String name) {
        return optional(name, Long.class, "an integer");
    }

    boolean flag(String name) {
        return require(name, optionalFlag(name));
    }

    Optional<Boolean> optionalFlag(String name) {
        return optional(name, Boolean.class, "true or false");
    }

    JsonObject object(String name) {
        return require(name, optionalObject(name));
    }

    Optional<JsonObject> optionalObject(String name) {
        return optional(name, JsonObject.class, "an object");
    }

    /** Returns what {@code parse} makes of the text; its IllegalArgumentException becomes a complaint. */
    <T> T value(String name, Function<String, T> parse) {
        return require(name, optionalValue(name, parse));
    }

    <T> Optional<T> optionalValue(String name, Function<String, T> parse) {
        return optionalText(name).map(text -> {
            try {
                return parse.apply(text);
            } catch (IllegalArgumentException e) {
                throw invalid(name, e);
            }
        });
    }

    <E extends Enum<E>> E constant(String name, Class<E> type) {
        return require(name, optionalConstant(name, type));
    }

    <E extends Enum<E>> Optional<E> optionalConstant(String name, Class<E> type) {
        return optionalText(name).map(text -> {
            for (E constant : type.getEnumConstants()) {
                if (constant.name().equals(text)) {
                    return constant;
                }
            }
            throw invalid(name, shown(text), "one of " + List.of(type.getEnumConstants()));
        });
    }

    Instant instant(String name) {
        return require(name, optionalInstant(name));
    }

    Optional<Instant> optionalInstant(String name) {
        return optionalText(name).map(text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeException e) {
                throw invalid(name, shown(text), "an ISO instant such as 2026-01-31T12:00:00.000Z");
            }
        });
    }

    /** Returns the text or integer found there, as text. */
    Optional<String> textOrNumber(String name) {
        Object value = fields.get(name);
        return value instanceof Long ? Optional.of(value.toString()) : optionalText(name);
    }

    /** Returns the texts of the object found there, by name; empty when there is none. */
    Map<String, String> texts(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        optionalObject(name).ifPresent(object ->
                object.fields.keySet().forEach(key -> texts.put(key, object.text(key))));
        return texts;
    }

    List<JsonObject> objects(String name) {
        List<JsonObject> objects = new ArrayList<>();
        for (Object element : require(name, optional(name, List.class, "an array of objects"))) {
            if (!(element instanceof JsonObject object)) {
                throw invalid(name, shown(element), "an array of objects");
            }
            objects.add(object);
        }
        return objects;
    }

    /** Returns what the texts of the array found there make; refuses an array without end. */
    <T> List<T> values(String name, Function<String, T> make) {
        List<T> values = new ArrayList<>();
        for (Object element : require(name, optional(name, List.class, "an array of texts"))) {
            if (!(element instanceof String text) || values.size() >= MAX_VALUES) {
                throw invalid(name, shown(element), "an array of at most " + MAX_VALUES + " texts");
            }
            try {
                values.add(make.apply(text));
            } catch (IllegalArgumentException e) {
                throw invalid(name, e);
            }
        }
        return values;
    }

    ProtocolException invalid(String name, IllegalArgumentException cause) {
        return new ProtocolException(ErrorCode.INVALID, path + name + ": " + cause.getMessage());
    }

    ProtocolException invalid(String name, String found, String expected) {
        return new ProtocolException(ErrorCode.INVALID, path + name + ": " + found + " (expected: " + expected + ")");
    }

    private <T> T require(String name, Optional<T> value) {
        return value.orElseThrow(() -> new ProtocolException(ErrorCode.INVALID, path + name + ": missing"));
    }

    private <T> Optional<T> optional(String name, Class<T> type, String expected) {
        Object value = fields.get(name);
        if (value != null && !type.isInstance(value)) {
            throw invalid(name, shown(value), expected);
        }
        return Optional.ofNullable(type.cast(value));
    }

    /** Returns how a refused value is shown: bounded and printable, whoever sent it. */
    static String shown(Object value) {
        if (value instanceof JsonObject) {
            return "an object";
        }
        if (value instanceof List) {
            return "an array";
        }
        String text = String.valueOf(value);
        String cut = text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
        String printable = cut.replaceAll("\\p{Cntrl}", "?");
        return value instanceof String ? '"' + printable + '"' : printable;
    }
}
