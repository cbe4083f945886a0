package io.curia.logging;

import ch.qos.logback.classic.pattern.TargetLengthBasedClassNameAbbreviator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * Lines for people: time, level, where, what. Written out by hand rather than as a pattern, because a pattern has to be
 * parsed at every start, and most runs log nothing.
 */
final class TextLines extends EncoderBase<ILoggingEvent> {

    private static final int FRAMES = 8;
    private static final int LOGGER_CHARS = 20;
    private static final int LEVEL_CHARS = 5;

    /** Made with the first line. */
    private static final class Parts {

        private final DateTimeFormatter time =
                DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX").withZone(ZoneId.systemDefault());
        private final TargetLengthBasedClassNameAbbreviator loggers =
                new TargetLengthBasedClassNameAbbreviator(LOGGER_CHARS);
        private final Failures failures = new Failures(FRAMES);
    }

    private Parts parts;

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    /** Synchronised, because the appender lets its callers encode side by side. */
    @Override
    public synchronized byte[] encode(ILoggingEvent event) {
        if (parts == null) {
            parts = new Parts();
        }
        String level = event.getLevel().toString();
        StringBuilder line = new StringBuilder(160)
                .append(parts.time.format(Instant.ofEpochMilli(event.getTimeStamp()))).append(' ')
                .append(level).append(" ".repeat(Math.max(1, LEVEL_CHARS + 1 - level.length())))
                .append(parts.loggers.abbreviate(event.getLoggerName())).append(" - ")
                .append(event.getFormattedMessage());
        if (event.getThrowableProxy() != null && Failures.isBrief(event)) {
            line.append(": ").append(Failures.brief(event.getThrowableProxy()));
        }
        if (event.getKeyValuePairs() != null) {
            event.getKeyValuePairs().forEach(pair -> line.append(' ').append(pair.key).append('=').append(pair.value));
        }
        line.append(System.lineSeparator());
        if (event.getThrowableProxy() != null && !Failures.isBrief(event)) {
            line.append(parts.failures.stacks(event));
        }
        return line.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }
}
