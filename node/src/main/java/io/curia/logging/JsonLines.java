package io.curia.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.event.KeyValuePair;

/**
 * One JSON object a line: {@code time} (UTC, RFC 3339), {@code level}, {@code logger}, {@code thread}, {@code message},
 * {@code node}, {@code cluster}, {@code role}, {@code epoch}, and, if there is one, {@code exception} with its stack.
 * What a line was logged with as key and value stands below {@code fields}.
 */
final class JsonLines extends EncoderBase<ILoggingEvent> {

    private static final int FRAMES = 30;
    private static final int MAX_STACK_CHARS = 16 * 1024;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final JsonFactory json = new JsonFactory();
    private final Failures failures = new Failures(FRAMES);
    private final Supplier<Optional<LogSubject>> subject;

    JsonLines(Supplier<Optional<LogSubject>> subject) {
        this.subject = subject;
    }

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        try (JsonGenerator out = json.createGenerator(line)) {
            out.writeStartObject();
            out.writeStringField("time", TIME.format(Instant.ofEpochMilli(event.getTimeStamp())));
            out.writeStringField("level", event.getLevel().toString());
            out.writeStringField("logger", event.getLoggerName());
            out.writeStringField("thread", event.getThreadName());
            out.writeStringField("message", event.getFormattedMessage());
            Optional<LogSubject> who = subject.get();
            if (who.isPresent()) {
                out.writeStringField("node", who.get().node());
                out.writeStringField("cluster", who.get().cluster());
                out.writeStringField("role", who.get().role());
                out.writeNumberField("epoch", who.get().epoch());
            }
            writeFields(event, out);
            if (event.getThrowableProxy() != null) {
                out.writeStringField("exception", Failures.isBrief(event)
                        ? Failures.brief(event.getThrowableProxy()) : stack(event));
            }
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        line.write('\n');
        return line.toByteArray();
    }

    private static void writeFields(ILoggingEvent event, JsonGenerator out) throws IOException {
        if (event.getKeyValuePairs() != null) {
            out.writeObjectFieldStart("fields");
            for (KeyValuePair pair : event.getKeyValuePairs()) {
                out.writeStringField(pair.key, String.valueOf(pair.value));
            }
            out.writeEndObject();
        }
    }

    private String stack(ILoggingEvent event) {
        String stack = failures.stacks(event);
        return stack.substring(0, Math.min(stack.length(), MAX_STACK_CHARS)).strip();
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }
}
