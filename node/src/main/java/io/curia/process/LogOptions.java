package io.curia.process;

import io.curia.logging.LogFormat;
import io.curia.logging.LogLevel;
import io.curia.logging.LogSettings;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say what a node logs. */
final class LogOptions {

    @Option(names = "--log-format", paramLabel = "text|json", defaultValue = "text",
            converter = FormatConverter.class,
            description = "What is written to stderr: text, or one JSON object a line (default: ${DEFAULT-VALUE}).")
    private LogFormat format;

    @Option(names = "--log-level", paramLabel = "LEVEL", defaultValue = "WARN", converter = LevelConverter.class,
            description = "From which level on the node logs: TRACE, DEBUG, INFO, WARN, ERROR, OFF "
                    + "(default: ${DEFAULT-VALUE}).")
    private LogLevel level;

    @Option(names = "--log-levels-file", paramLabel = "FILE",
            description = "Further levels, a LOGGER=LEVEL a line; read again when it changes.")
    private Path levels;

    LogSettings settings() {
        return new LogSettings(format, level, Optional.ofNullable(levels));
    }

    /** Returns what a command without these options logs. */
    static LogSettings of(Map<String, String> environment) {
        return new LogSettings(LogFormat.TEXT, Optional.ofNullable(environment.get("CURIA_LOG_LEVEL"))
                .flatMap(LogLevel::of).orElse(LogLevel.WARN), Optional.empty());
    }

    /** Reads a format. Not a lambda, as everything that picocli's old classes call. */
    static final class FormatConverter implements ITypeConverter<LogFormat> {

        @Override
        public LogFormat convert(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "text" -> LogFormat.TEXT;
                case "json" -> LogFormat.JSON;
                default -> throw new TypeConversionException("'" + text + "' is no format (expected: text or json)");
            };
        }
    }

    /** Reads a level. */
    static final class LevelConverter implements ITypeConverter<LogLevel> {

        @Override
        public LogLevel convert(String text) {
            return LogLevel.of(text).orElseThrow(LevelConverter::unknown);
        }

        private static TypeConversionException unknown() {
            return new TypeConversionException("expected: TRACE, DEBUG, INFO, WARN, ERROR or OFF");
        }
    }
}
