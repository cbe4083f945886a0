package io.curia.admin;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes a completion function for zsh: verbs and options with what they are for, and the ids of members. */
final class ZshCompletion {

    private static final int LONGEST = 70;

    private ZshCompletion() {
    }

    /** Returns the function for {@code root} and its verbs, to be put on the {@code fpath} or sourced. */
    static String of(CommandLine root) {
        Map<String, CommandLine> verbs = root.getSubcommands();
        StringBuilder text = new StringBuilder("#compdef admin-cli\n\n_admin-cli_ids() {\n"
                + "  local -a ids\n  ids=(${(f)\"$(admin-cli members -o name 2>/dev/null)\"})\n"
                + "  _describe 'member' ids\n}\n\n_admin-cli() {\n  local curcontext=$curcontext state line\n"
                + "  _arguments -C '1: :->verb' '*:: :->rest'\n  case $state in\n  verb)\n    local -a verbs\n"
                + "    verbs=(\n");
        verbs.forEach((name, verb) -> text.append("      ").append(quoted(name.replace(":", "\\:") + ":"
                + first(verb.getCommandSpec().usageMessage().description()))).append('\n'));
        text.append("    )\n    _describe 'verb' verbs\n    ;;\n  rest)\n    case $line[1] in\n");
        verbs.forEach((name, verb) -> text.append("    ").append(name).append(") _arguments ")
                .append(arguments(verb.getCommandSpec())).append(" ;;\n"));
        return text.append("    esac\n    ;;\n  esac\n}\n\n"
                + "if [ \"$funcstack[1]\" = _admin-cli ]; then\n  _admin-cli \"$@\"\nelse\n"
                + "  compdef _admin-cli admin-cli\nfi\n").toString();
    }

    private static String arguments(CommandSpec verb) {
        List<String> options = verb.options().stream().filter(option -> !option.hidden()).map(ZshCompletion::option)
                .toList();
        List<String> positional = verb.positionalParameters().stream().map(ZshCompletion::positional).toList();
        String subverbs = verb.subcommands().isEmpty() ? ""
                : " " + quoted("1:what:(" + String.join(" ", verb.subcommands().keySet()) + ")");
        return (String.join(" ", options) + " " + String.join(" ", positional) + subverbs).strip();
    }

    /** All spellings of an option in one entry, each of which rules out the others. */
    private static String option(OptionSpec option) {
        String names = String.join(" ", option.names());
        String spelled = option.names().length == 1 ? names
                : "{" + Arrays.stream(option.names()).collect(Collectors.joining(",")) + "}";
        String value = option.arity().max() == 0 ? ""
                : (option.arity().min() == 0 ? "::" : ":") + plain(option.paramLabel()) + ":" + values(option);
        String rest = quoted("[" + first(option.description()) + "]" + value);
        return quoted("(" + names + ")") + (option.names().length == 1 ? quoted(names) : spelled) + rest;
    }

    private static String positional(PositionalParamSpec parameter) {
        boolean many = parameter.arity().isVariable();
        String what = parameter.paramLabel().equals("ID") ? "_admin-cli_ids" : values(parameter);
        return quoted((many ? "*" : "") + ":" + plain(parameter.paramLabel()) + ":" + what);
    }

    private static String values(ArgSpec argument) {
        if (argument.completionCandidates() != null) {
            return "(" + StreamSupport.stream(argument.completionCandidates().spliterator(), false)
                    .collect(Collectors.joining(" ")) + ")";
        }
        boolean file = Path.class.isAssignableFrom(argument.type());
        return file ? "_files" : " ";
    }

    private static String first(String... description) {
        String words = description.length == 0 ? "" : plain(description[0].replaceFirst("(?s)[.;:(].*", ""));
        return words.length() <= LONGEST ? words : words.substring(0, LONGEST);
    }

    /** Without what zsh would read as a part of the specification. */
    private static String plain(String text) {
        return text.replaceAll("[\\[\\]:'\"`$\\\\{}%]", "").strip();
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
