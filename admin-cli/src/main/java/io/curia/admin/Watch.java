package io.curia.admin;

import io.curia.cli.ExitCode;
import io.curia.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A report shown again and again: a screen redrawn in place for a person, a stream of changed documents for a
 * program. Losing what is looked at for a while does not end it; never having reached it does.
 */
final class Watch {

    private static final String TOP = "\033[H";
    private static final String CLEAR_LINE = "\033[K";
    private static final String CLEAR_BELOW = "\033[J";

    private final Surroundings surroundings;
    private final Terminal terminal;
    private final OutputFormat format;
    private final Duration interval;
    private final String source;
    private Optional<Report> shown = Optional.empty();
    private String trouble = "";

    /** @param source what is looked at, as a person calls it: {@code ZooKeeper} */
    Watch(Surroundings surroundings, OutputFormat format, Duration interval, String source) {
        this.surroundings = surroundings;
        this.terminal = surroundings.terminal();
        this.format = format;
        this.interval = interval;
        this.source = source;
    }

    /** Runs until this thread is interrupted or stdout is closed by its reader; returns the exit code then. */
    int run(Supplier<Report> read) throws InterruptedException {
        while (!terminal.out().checkError()) {
            Optional<Report> report = look(read);
            if (terminal.isScreen()) {
                report.or(() -> shown).ifPresent(this::redraw);
            } else {
                report.filter(this::differs).ifPresent(this::append);
            }
            shown = report.or(() -> shown);
            surroundings.time().pause(interval);
        }
        return ExitCode.OK.code();
    }

    private Optional<Report> look(Supplier<Report> read) {
        try {
            Report report = read.get();
            say("");
            return Optional.of(report);
        } catch (StoreException e) {
            if (shown.isEmpty() || !Confirmation.mayPass(e)) {
                throw e;
            }
            say(source + " cannot be reached; what is shown is the last that was seen");
            return Optional.empty();
        }
    }

    /** Words of a stream go to stderr, once each; those of a screen stand on it. */
    private void say(String words) {
        if (!words.equals(trouble) && !terminal.isScreen()) {
            terminal.err().println(words.isEmpty() ? source + " answers again" : words);
        }
        trouble = words;
    }

    private boolean differs(Report report) {
        Map<String, Object> essence = report.essence();
        return shown.filter(last -> last.essence().equals(essence)).isEmpty();
    }

    private void append(Report report) {
        if (format.isForPeople()) {
            terminal.err().println(Age.exactly(surroundings.time().now()) + "  " + report.headline());
        }
        terminal.out().print(text(report));
        terminal.out().flush();
    }

    private void redraw(Report report) {
        StringBuilder screen = new StringBuilder(shown.isEmpty() ? TOP + CLEAR_BELOW : TOP);
        String headline = trouble.isEmpty() ? report.headline() : trouble;
        List<String> lines = text(report).lines().toList();
        int room = terminal.size().map(size -> size.rows() - 3).orElse(Integer.MAX_VALUE);
        screen.append(cut(Age.exactly(surroundings.time().now()) + "  every " + Age.spell(interval) + "  "
                + headline)).append(CLEAR_LINE).append('\n');
        lines.stream().limit(Math.max(1, room)).forEach(line -> screen.append(line).append(CLEAR_LINE).append('\n'));
        if (lines.size() > room) {
            screen.append(cut("… " + (lines.size() - room) + " more lines than fit here")).append(CLEAR_LINE)
                    .append('\n');
        }
        terminal.out().print(screen.append(CLEAR_BELOW));
        terminal.out().flush();
    }

    /** A line that wrapped would push the others down and out of their places. */
    private String cut(String line) {
        int columns = terminal.size().map(TerminalSize::columns).orElse(Integer.MAX_VALUE);
        return line.length() <= columns ? line : line.substring(0, columns);
    }

    private String text(Report report) {
        StringBuilder text = new StringBuilder();
        format.on(terminal, !terminal.isScreen()).write(report, text);
        return text.toString();
    }
}
