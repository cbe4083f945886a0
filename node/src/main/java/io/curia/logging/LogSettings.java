package io.curia.logging;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What a program logs.
 *
 * @param format what a line looks like
 * @param level from which severity on the program's own code logs; its libraries log warnings and errors
 * @param levels a file of further levels, one {@code LOGGER=LEVEL} a line, heard of again whenever it changes
 */
public record LogSettings(LogFormat format, LogLevel level, Optional<Path> levels) {

    /** Warnings and errors, for people. */
    public static final LogSettings DEFAULT = new LogSettings(LogFormat.TEXT, LogLevel.WARN, Optional.empty());

    public LogSettings {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(level, "level");
        Objects.requireNonNull(levels, "levels");
    }
}
