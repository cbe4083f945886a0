package io.curia.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations as people write them: {@code 500ms}, {@code 4s}, {@code 30m}, {@code 1h}, {@code 2d}. */
public final class DurationConverter implements ITypeConverter<Duration> {

    private static final Pattern SPELLING = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    @Override
    public Duration convert(String text) {
        Matcher matcher = SPELLING.matcher(text.trim());
        if (!matcher.matches()) {
            throw new TypeConversionException("'" + text
                    + "' is not a duration (expected: like 500ms, 4s, 30m, 1h, 2d)");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }
}
