package io.curia.process;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A few lines that always say how things are: rewritten in place on a terminal; elsewhere a line is written when it
 * has changed. Used by one thread.
 */
final class StatusBoard {

    private static final String UP_AND_CLEAR = "\u001b[%dA\u001b[J";

    private final PrintStream out;
    private final boolean terminal;
    private List<String> shown = List.of();

    StatusBoard(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Makes {@code lines} what is shown. */
    void show(List<String> lines) {
        if (lines.equals(shown)) {
            return;
        }
        if (terminal) {
            out.print((shown.isEmpty() ? "" : UP_AND_CLEAR.formatted(shown.size())) + text(lines));
        } else {
            List<String> changed = new ArrayList<>(lines);
            changed.removeAll(shown);
            out.print(text(changed));
        }
        out.flush();
        shown = List.copyOf(lines);
    }

    /** Writes {@code line} above what is shown, to stay. */
    void say(String line) {
        List<String> below = shown;
        if (terminal && !below.isEmpty()) {
            out.print(UP_AND_CLEAR.formatted(below.size()) + text(List.of(line)) + text(below));
        } else {
            out.print(text(List.of(line)));
        }
        out.flush();
    }

    /** Leaves what is shown where it is; what is shown next goes below. */
    void leave() {
        shown = List.of();
    }

    private static String text(List<String> lines) {
        return String.join("", lines.stream().map(line -> line + System.lineSeparator()).toList());
    }
}
