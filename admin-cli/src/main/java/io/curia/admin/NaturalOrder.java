package io.curia.admin;

import io.curia.cli.DurationConverter;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The order in which a person expects cells: n2 before n10, 5s before 3m, and what is not there last. */
enum NaturalOrder implements Comparator<String> {
    INSTANCE;

    private static final Pattern UNIT = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Pattern TIME = Pattern.compile("(" + UNIT + "){1,2}");
    private static final Pattern PARTS = Pattern.compile("\\d+|\\D+");

    @Override
    public int compare(String one, String other) {
        boolean none = one.equals("-");
        if (none != other.equals("-")) {
            return none ? 1 : -1;
        }
        Optional<Duration> time = time(one);
        Optional<Duration> otherTime = time(other);
        return time.isPresent() && otherTime.isPresent() ? time.get().compareTo(otherTime.get())
                : compareParts(one, other);
    }

    private static Optional<Duration> time(String text) {
        if (!TIME.matcher(text).matches()) {
            return Optional.empty();
        }
        DurationConverter reader = new DurationConverter();
        return Optional.of(UNIT.matcher(text).results().map(unit -> reader.convert(unit.group()))
                .reduce(Duration.ZERO, Duration::plus));
    }

    private static int compareParts(String one, String other) {
        Matcher parts = PARTS.matcher(one);
        Matcher otherParts = PARTS.matcher(other);
        while (parts.find()) {
            if (!otherParts.find()) {
                return 1;
            }
            int order = comparePart(parts.group(), otherParts.group());
            if (order != 0) {
                return order;
            }
        }
        return otherParts.find() ? -1 : one.compareTo(other);
    }

    private static int comparePart(String one, String other) {
        if (Character.isDigit(one.charAt(0)) && Character.isDigit(other.charAt(0))) {
            String digits = one.replaceFirst("^0+(?=.)", "");
            String otherDigits = other.replaceFirst("^0+(?=.)", "");
            int length = Integer.compare(digits.length(), otherDigits.length());
            return length != 0 ? length : digits.compareTo(otherDigits);
        }
        return one.compareToIgnoreCase(other);
    }
}
