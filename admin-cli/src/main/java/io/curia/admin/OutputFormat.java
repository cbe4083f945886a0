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

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
