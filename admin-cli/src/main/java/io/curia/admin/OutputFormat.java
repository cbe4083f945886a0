package io.curia.admin;

import java.util.Locale;

/** What {@code -o} may name. */
enum OutputFormat {
    TABLE, WIDE, JSON, YAML, NAME;

    /** Returns whether people read it, and so want a headline and whatever else is said in words. */
    boolean isForPeople() {
        return this == TABLE || this == WIDE;
    }

    /**
     * Returns the writer of this format.
     *
     * @param terminal what it is written for
     * @param oneOfMany whether several documents follow each other in one stream
     */
    ReportFormat on(Terminal terminal, boolean oneOfMany) {
        return switch (this) {
            case TABLE, WIDE -> new TableFormat(this == WIDE, terminal.isColoured(),
                    terminal.size().map(TerminalSize::columns));
            case JSON -> new JsonFormat(oneOfMany);
            case YAML -> new YamlFormat(oneOfMany);
            case NAME -> new NameFormat();
        };
    }

    /** Prints {@code report} to stdout; for people also its headline, to stderr. */
    void print(Report report, Terminal terminal) {
        if (isForPeople()) {
            terminal.err().println(report.headline());
        }
        StringBuilder text = new StringBuilder();
        on(terminal, false).write(report, text);
        terminal.out().print(text);
        terminal.out().flush();
    }

    /** Prints {@code report} to stderr as a table: words before a question, not data. */
    static void printWords(Report report, Terminal terminal) {
        StringBuilder text = new StringBuilder(report.headline()).append('\n');
        TABLE.on(terminal, false).write(report, text);
        terminal.err().print(text);
        terminal.err().flush();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
