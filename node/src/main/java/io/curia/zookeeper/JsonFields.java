package io.curia.zookeeper;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import io.curia.store.StoreException;
import io.curia.store.StoreException.Kind;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of one JSON object as found at a znode, taken out by name and type.
 *
 * <p>Whatever is missing or of the wrong type becomes a {@code CORRUPT} that names the znode and the field. Fields
 * nobody asks for are ignored. Read with the streaming parser: a tool that lists members should not spend its time
 * on loading a data binder.
 */
final class JsonFields {

    /** Its buffers go from thread to thread: several in each node read or write a record, few ever at once. */
    static final JsonFactory JSON =
            JsonFactory.builder().recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool()).build();

    private final String path;
    private final String prefix;
    private final Map<String, Object> values;

    private JsonFields(String path, String prefix, Map<String, Object> values) {
        this.path = path;
        this.prefix = prefix;
        this.values = values;
    }

    /** Returns the fields of the one object in {@code data}, or throws {@code CORRUPT}. */
    static JsonFields read(String path, byte[] data) {
        try (JsonParser parser = JSON.createParser(data)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new StoreException(Kind.CORRUPT, path + ": not a JSON object");
            }
            Map<String, Object> values = object(parser);
            if (parser.nextToken() != null) {
                throw new StoreException(Kind.CORRUPT, path + ": more than one JSON value");
            }
            return new JsonFields(path, "", values);
        } catch (IOException e) {
            throw new StoreException(Kind.CORRUPT, path + ": not JSON", e);
        }
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException {
        Map<String, Object> values = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            switch (token) {
                case VALUE_STRING -> values.put(name, parser.getText());
                case VALUE_NUMBER_INT -> values.put(name, parser.getLongValue());
                case VALUE_TRUE, VALUE_FALSE -> values.put(name, parser.getBooleanValue());
                case START_OBJECT -> values.put(name, object(parser));
                // Nothing of ours is an array, a fraction or null; a later version's may be.
                default -> parser.skipChildren();
            }
        }
        return values;
    }

    StoreException corrupt(String why, Throwable cause) {
        return new StoreException(Kind.CORRUPT, path + ": " + why, cause);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    String text(String name) {
        return optionalText(name).orElseThrow(() -> missing(name, "a string"));
    }

    Optional<String> optionalText(String name) {
        return typed(name, String.class, "a string");
    }

    long number(String name) {
        return typed(name, Long.class, "a whole number").orElseThrow(() -> missing(name, "a whole number"));
    }

    Optional<Long> optionalNumber(String name) {
        return typed(name, Long.class, "a whole number");
    }

    int smallNumber(String name) {
        long number = number(name);
        if (number != (int) number) {
            throw missing(name, "a number of 32 bits");
        }
        return (int) number;
    }

    boolean flag(String name) {
        return typed(name, Boolean.class, "true or false").orElseThrow(() -> missing(name, "true or false"));
    }

    Instant instant(String name) {
        return optionalInstant(name).orElseThrow(() -> missing(name, "a time"));
    }

    Optional<Instant> optionalInstant(String name) {
        try {
            return optionalText(name).map(Instant::parse);
        } catch (DateTimeException e) {
            throw corrupt("\"" + prefix + name + "\" is not a time", e);
        }
    }

    <E extends Enum<E>> E oneOf(Class<E> type, String name) {
        String text = text(name);
        try {
            return Enum.valueOf(type, text);
        } catch (IllegalArgumentException e) {
            throw corrupt("\"" + prefix + name + "\" is unknown here: " + text, e);
        }
    }

    /** Reads a word that decides nothing: one of a later version is read as {@code other}. */
    <E extends Enum<E>> E oneOf(Class<E> type, String name, E other) {
        String text = text(name);
        return Arrays.stream(type.getEnumConstants()).filter(word -> word.name().equals(text)).findFirst()
                .orElse(other);
    }

    /** Reads a word that decides nothing: one of a later version is read as none. */
    <E extends Enum<E>> Optional<E> optionalOneOf(Class<E> type, String name) {
        return optionalText(name).flatMap(text -> Arrays.stream(type.getEnumConstants())
                .filter(word -> word.name().equals(text)).findFirst());
    }

    Map<String, String> texts(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        optionalObject(name).ifPresent(object ->
                object.values.keySet().forEach(key -> texts.put(key, object.text(key))));
        return texts;
    }

    Optional<JsonFields> optionalObject(String name) {
        Object value = values.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw missing(name, "an object");
        }
        Map<String, Object> fields = new HashMap<>();
        map.forEach((key, field) -> fields.put((String) key, field));
        return Optional.of(new JsonFields(path, prefix + name + ".", fields));
    }

    private <T> Optional<T> typed(String name, Class<T> type, String expected) {
        Object value = values.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!type.isInstance(value)) {
            throw missing(name, expected);
        }
        return Optional.of(type.cast(value));
    }

    private StoreException missing(String name, String expected) {
        return corrupt("\"" + prefix + name + "\" is not " + expected, null);
    }
}
