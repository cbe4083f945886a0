package io.curia.admin;

import picocli.CommandLine.Option;

/** The option that chooses the output's format, and the printing of one report. */
final class OutputOptions {

    @Option(names = {"-o", "--output"}, paramLabel = "FORMAT", defaultValue = "table",
            description = "Output: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). "
                    + "Data goes to stdout, words to stderr.")
    private OutputFormat format;

    OutputFormat format() {
        return format;
    }

    /** Prints {@code report} to stderr as a table, whatever the format: words before a question, not data. */
    void printWords(Report report, Terminal terminal) {
        OutputFormat.printWords(report, terminal);
    }

    /** Prints {@code report} to stdout; for people also its headline, to stderr. */
    void print(Report report, Terminal terminal) {
        format.print(report, terminal);
    }
}
