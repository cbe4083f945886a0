package io.curia.admin;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much fits on a screen, in characters.
 *
 * @param rows lines
 * @param columns characters a line
 */
record TerminalSize(int rows, int columns) {

    private static final int USUAL_ROWS = 24;
    private static final long STTY_MILLIS = 500;
    private static final Pattern STTY = Pattern.compile("(\\d{1,5}) (\\d{1,5})\\s*");

    /** Returns the size that {@code COLUMNS} (and {@code LINES}) tell, else the one that the terminal tells. */
    static Optional<TerminalSize> find(Map<String, String> environment) {
        int columns = number(environment.get("COLUMNS"));
        if (columns > 0) {
            int rows = number(environment.get("LINES"));
            return Optional.of(new TerminalSize(rows > 0 ? rows : USUAL_ROWS, columns));
        }
        return askTerminal();
    }

    private static Optional<TerminalSize> askTerminal() {
        try {
            Process stty = new ProcessBuilder("stty", "size").redirectInput(new File("/dev/tty")).start();
            if (!stty.waitFor(STTY_MILLIS, TimeUnit.MILLISECONDS)) {
                stty.destroy();
                return Optional.empty();
            }
            return parse(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // No stty, no /dev/tty: a system whose screen cannot be measured. Nothing is trimmed then.
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Returns the size as {@code stty size} spells it; empty if it is none, or 0 as on a line without a screen. */
    static Optional<TerminalSize> parse(String text) {
        Matcher matcher = STTY.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int rows = number(matcher.group(1));
        int columns = number(matcher.group(2));
        return rows > 0 && columns > 0 ? Optional.of(new TerminalSize(rows, columns)) : Optional.empty();
    }

    private static int number(String text) {
        return text != null && text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
    }
}
