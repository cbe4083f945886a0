package io.curia.admin;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that choose the output's format and what of it is shown, and the printing of one report. */
final class OutputOptions {

    @Option(names = {"-o", "--output"}, paramLabel = "FORMAT", defaultValue = "table",
            description = "Output: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). "
                    + "Data goes to stdout, words to stderr.")
    private OutputFormat format;

    @Option(names = "--columns", paramLabel = "COLUMN", split = ",",
            description = "Columns of the table, with commas between them: any that -o wide has.")
    private List<String> columns = List.of();

    @Option(names = "--filter", paramLabel = "KEY=VALUE",
            description = "Only rows in which that column, or field of -o json, is VALUE (!= for is not, * for "
                    + "anything). May be repeated.")
    private List<String> filters = List.of();

    @Option(names = "--sort", paramLabel = "[-]COLUMN", description = "Sort by that column; with - the last first.")
    private String sort;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    OutputFormat format() {
        return format;
    }

    /** Prints {@code report} to stderr as a table, whatever the format: words before a question, not data. */
    void printWords(Report report, Terminal terminal) {
        OutputFormat.printWords(report, terminal);
    }

    /** Prints what of {@code report} is wanted to stdout; for people also its headline, to stderr. */
    void print(Report report, Terminal terminal) {
        format.print(selected(report), terminal);
    }

    /** Returns what of {@code report} is wanted, for whoever prints it himself. */
    Report selected(Report report) {
        try {
            boolean descending = sort != null && sort.startsWith("-");
            return new Selection(columns, filters.stream().map(Selection.Filter::parse).toList(),
                    Optional.ofNullable(sort).map(column -> descending ? column.substring(1) : column), descending)
                    .of(report);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }
}
