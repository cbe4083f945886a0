package io.curia.admin;

import io.curia.admin.drill.DrillWords;
import io.curia.admin.drill.Fault;
import io.curia.admin.drill.Round;

/** How far a drill is, on stderr: a line that is drawn anew for a person, a line a round in a pipe. */
final class DrillProgress {

    private static final String CLEAR_LINE = "\r\033[K";
    private static final int BAR = 20;

    private final Terminal terminal;
    private final DrillSettings settings;
    private int done;

    DrillProgress(Terminal terminal, DrillSettings settings) {
        this.terminal = terminal;
        this.settings = settings;
    }

    /** Shows what is being done or waited for now, where somebody looks. */
    void phase(String words) {
        // Whoever can be asked sees stderr.
        if (terminal.canAsk()) {
            int filled = BAR * done / settings.rounds();
            terminal.err().print(CLEAR_LINE + "[" + "#".repeat(filled) + "-".repeat(BAR - filled) + "] " + done + "/"
                    + settings.rounds() + "  " + words);
            terminal.err().flush();
        }
    }

    /** Says something that stays. */
    void say(String words) {
        terminal.err().println((terminal.canAsk() ? CLEAR_LINE : "") + words);
    }

    void ended(Round round, Fault fault) {
        done = round.number();
        say("round " + round.number() + " of " + settings.rounds() + ": " + DrillWords.of(round, fault));
    }

    /** Removes what was drawn. */
    void close() {
        if (terminal.canAsk()) {
            terminal.err().print(CLEAR_LINE);
            terminal.err().flush();
        }
    }
}
