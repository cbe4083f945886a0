package io.curia.wire.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@link JsonObject} from and to text, by Jackson's streaming core alone, within limits. */
final class JsonText {

    private static final int MAX_DEPTH = 8;
    private static final int MAX_NUMBER = 32;

    // Names are not interned: a stranger could fill a table that lives as long as the process.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER)
                    .maxStringLength(MessageCodec.MAX_LINE)
                    .maxNameLength(JsonObject.MAX_TEXT)
                    .maxDocumentLength(MessageCodec.MAX_LINE + 1)
                    .build())
            .build();

    private JsonText() {}

    /** Returns the object that is all of {@code text}; anything else is a NOT_JSON ProtocolException. */
    static JsonObject parse(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw notJson("expected one JSON object a line");
            }
            JsonObject object = object(parser, "");
            if (parser.nextToken() != null) {
                throw notJson("more than one JSON value in a line");
            }
            return object;
        } catch (JsonProcessingException e) {
            throw new ProtocolException(ErrorCode.NOT_JSON, "not JSON: " + e.getOriginalMessage(), false, e);
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail to be read", e);
        }
    }

    private static JsonObject object(JsonParser parser, String path) throws IOException {
        JsonObject object = new JsonObject(path);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = wellFormed(parser.currentName());
            parser.nextToken();
            Object value = value(parser, path + name + ".");
            // Two readers of one line must never see two different messages.
            if (object.fields().containsKey(name)) {
                throw notJson("field " + JsonObject.shown(name) + " occurs twice");
            }
            object.put(name, value);
        }
        return object;
    }

    private static Object value(JsonParser parser, String path) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, path);
            case START_ARRAY -> array(parser, path);
            case VALUE_STRING -> wellFormed(parser.getText());
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> null;
            case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                    throw notJson("unexpected " + parser.currentToken());
        };
    }

    private static List<Object> array(JsonParser parser, String path) throws IOException {
        List<Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(parser, path));
        }
        return elements;
    }

    private static Object integer(JsonParser parser) throws IOException {
        return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? (Object) parser.getDoubleValue() : (Object) parser.getLongValue();
    }

    /** Half a surrogate pair has no UTF-8, so whoever passed it on could not be understood any more. */
    private static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isSurrogate(text.charAt(i))) {
                continue;
            }
            if (!Character.isSurrogatePair(text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : 0)) {
                throw notJson("half a surrogate pair in a text");
            }
            i++;
        }
        return text;
    }

    private static ProtocolException notJson(String detail) {
        return new ProtocolException(ErrorCode.NOT_JSON, detail);
    }

    /** Returns {@code object} as JSON without a line break. */
    static String print(JsonObject object) {
        StringWriter text = new StringWriter(512);
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            write(generator, object);
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail to be written", e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator generator, JsonObject object) throws IOException {
        generator.writeStartObject();
        for (Map.Entry<String, Object> field : object.fields().entrySet()) {
            generator.writeFieldName(field.getKey());
            writeValue(generator, field.getValue());
        }
        generator.writeEndObject();
    }

    private static void writeValue(JsonGenerator generator, Object value) throws IOException {
        if (value instanceof JsonObject object) {
            write(generator, object);
        } else if (value instanceof List<?> elements) {
            generator.writeStartArray();
            for (Object element : elements) {
                writeValue(generator, element);
            }
            generator.writeEndArray();
        } else {
            // Text, numbers, booleans and null; anything else is refused by Jackson, which has no codec here.
            generator.writePOJO(value);
        }
    }
}
