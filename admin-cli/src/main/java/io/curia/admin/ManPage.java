package io.curia.admin;

import io.curia.cli.EnvironmentDefaults;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes what a command's help says as a manual page, in the language of man(7). */
final class ManPage {

    private final CommandSpec command;
    private final StringBuilder page = new StringBuilder();

    private ManPage(CommandSpec command) {
        this.command = command;
    }

    /** Returns the name of the page: {@code admin-cli}, {@code admin-cli-members}. */
    static String name(CommandSpec command) {
        return command.qualifiedName("-");
    }

    /** Returns the page of {@code command}, a verb or the program itself. */
    static String of(CommandSpec command) {
        return new ManPage(command).write();
    }

    private String write() {
        String[] description = command.usageMessage().description();
        request("TH", quoted(name(command).toUpperCase(Locale.ROOT)), "1", "\"\"", quoted("Curia"), quoted("Curia"));
        request("SH", "NAME");
        String first = description.length == 0 ? "" : expanded(description[0]);
        line(escaped(name(command)) + " \\- " + escaped(first.replaceFirst("(?s)[.:].*", "")));
        request("SH", "SYNOPSIS");
        line("\\fB" + escaped(command.qualifiedName()) + "\\fR " + escaped(arguments()));
        request("SH", "DESCRIPTION");
        Arrays.stream(description).forEach(this::paragraph);
        verbs();
        options();
        exitCodes();
        footer();
        return page.toString();
    }

    private String arguments() {
        String positional = command.positionalParameters().stream().map(PositionalParamSpec::paramLabel)
                .collect(Collectors.joining(" "));
        String verb = command.subcommands().isEmpty() ? "" : "VERB ";
        return (verb + "[OPTION]... " + positional).strip();
    }

    private void verbs() {
        if (!command.subcommands().isEmpty()) {
            request("SH", "VERBS");
            command.subcommands().forEach((name, verb) -> {
                String[] words = verb.getCommandSpec().usageMessage().description();
                tagged("\\fB" + escaped(name) + "\\fR", words.length == 0 ? "" : words[0]);
            });
        }
    }

    private void options() {
        List<OptionSpec> options = command.options().stream().filter(option -> !option.hidden()).toList();
        if (!command.positionalParameters().isEmpty() || !options.isEmpty()) {
            request("SH", "OPTIONS");
        }
        command.positionalParameters().forEach(parameter ->
                tagged("\\fI" + escaped(parameter.paramLabel()) + "\\fR", parameter.description()));
        options.forEach(option -> {
            String names = Arrays.stream(option.names()).map(name -> "\\fB" + escaped(name) + "\\fR")
                    .collect(Collectors.joining(", "));
            boolean takes = option.arity().max() > 0;
            String[] words = EnvironmentDefaults.hasVariable(option) ? append(option.description(),
                    "Also in " + EnvironmentDefaults.variableOf(option) + ".") : option.description();
            tagged(names + (takes ? " \\fI" + escaped(option.paramLabel()) + "\\fR" : ""), words);
        });
    }

    private static String[] append(String[] words, String last) {
        return Stream.concat(Arrays.stream(words), Stream.of(last)).toArray(String[]::new);
    }

    private void exitCodes() {
        if (!command.usageMessage().exitCodeList().isEmpty()) {
            request("SH", "EXIT STATUS");
            command.usageMessage().exitCodeList().forEach((code, meaning) ->
                    tagged("\\fB" + escaped(code.strip()) + "\\fR", meaning));
        }
    }

    /** The footers hold the examples, and whatever should stand as it is. */
    private void footer() {
        List<String> lines = new ArrayList<>(Arrays.asList(command.usageMessage().footer()));
        if (!lines.isEmpty()) {
            request("SH", "NOTES");
            request("nf");
            lines.forEach(text -> line(escaped(expanded(text))));
            request("fi");
        }
    }

    private void tagged(String tag, String... words) {
        request("TP");
        line(tag);
        line(escaped(Arrays.stream(words).map(this::expanded).collect(Collectors.joining(" "))));
    }

    private void paragraph(String text) {
        request("PP");
        line(escaped(expanded(text)));
    }

    /** picocli's own place-holders are for its help; a page says the defaults where a help would. */
    private String expanded(String text) {
        return text.replace("%n", " ").replace(" (default: ${DEFAULT-VALUE})", "")
                .replace("${COMPLETION-CANDIDATES}", "one of those that the help lists");
    }

    private void request(String... words) {
        page.append('.').append(String.join(" ", words)).append('\n');
    }

    /** A line that begins with a dot or a quote would be taken for a request. */
    private void line(String text) {
        page.append(text.startsWith(".") || text.startsWith("'") ? "\\&" + text : text).append('\n');
    }

    private static String quoted(String text) {
        return '"' + escaped(text).replace("\"", "\\(dq") + '"';
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-").replace("…", "...").replace("'", "\\(aq");
    }
}
