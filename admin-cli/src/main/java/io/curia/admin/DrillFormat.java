package io.curia.admin;

import io.curia.admin.drill.DrillPage;
import io.curia.admin.drill.DrillResult;
import io.curia.admin.drill.JUnitDocument;
import java.util.Locale;

/** What {@code -o} of a drill may name. */
enum DrillFormat {
    TABLE, WIDE, JSON, YAML, NAME, JUNIT, HTML;

    /** Prints {@code result} to stdout; for people also its headline, to stderr. */
    void print(DrillResult result, Terminal terminal) {
        switch (this) {
            case JUNIT -> terminal.out().print(JUnitDocument.of(result));
            case HTML -> terminal.out().print(DrillPage.of(result));
            case TABLE, WIDE, JSON, YAML, NAME -> plain().print(new DrillReport(result), terminal);
        }
        terminal.out().flush();
        if (!plain().isForPeople()) {
            terminal.err().println(new DrillReport(result).headline());
        }
    }

    /** Returns the format for what is no result; the documents that have no other word for it are JSON. */
    OutputFormat plain() {
        return switch (this) {
            case TABLE -> OutputFormat.TABLE;
            case WIDE -> OutputFormat.WIDE;
            case YAML -> OutputFormat.YAML;
            case NAME -> OutputFormat.NAME;
            case JSON, JUNIT, HTML -> OutputFormat.JSON;
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
