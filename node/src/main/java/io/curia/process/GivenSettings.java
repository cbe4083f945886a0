package io.curia.process;

import io.curia.cli.EnvironmentDefaults;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * What was said about a command's options, and where, as it was spelled: nothing is made of it yet, so that what is
 * wrong with it can be told too.
 *
 * <p>The arguments are parsed once more, by a twin of the command whose options take any text.
 */
final class GivenSettings {

    private final CommandSpec command;
    private final Map<String, Given> given = new LinkedHashMap<>();
    private final List<String> strangers = new ArrayList<>();

    /**
     * What was said about one option.
     *
     * @param values more than one for an option that may be repeated; of a flag, {@code true} or {@code false}
     * @param source where it was said, for a person
     */
    record Given(OptionSpec option, List<String> values, String source) {

        Given {
            values = List.copyOf(values);
        }

        /** Returns the name that the option is known by. */
        String name() {
            return EnvironmentDefaults.longName(option);
        }

        /** Returns the arguments that say the same. */
        List<String> arguments() {
            return values.stream().map(value -> argument(option, value)).toList();
        }
    }

    private GivenSettings(CommandSpec command) {
        this.command = command;
    }

    /** Returns what the environment, the files named in the arguments and the arguments say. */
    static GivenSettings of(CommandLine line, Map<String, String> environment, List<String> arguments) {
        GivenSettings settings = new GivenSettings(line.getCommandSpec());
        settings.hear(EnvironmentDefaults.of(line.getCommandName(), environment));
        List<String> inARow = new ArrayList<>();
        for (String argument : arguments) {
            if (isFile(argument)) {
                settings.hear(inARow, "command line");
                inARow.clear();
                settings.hear(List.of(argument), argument);
            } else {
                inARow.add(argument);
            }
        }
        settings.hear(inARow, "command line");
        return settings;
    }

    private static boolean isFile(String argument) {
        return argument.length() > 1 && argument.charAt(0) == '@' && argument.charAt(1) != '@'
                && Files.isReadable(Path.of(argument.substring(1)));
    }

    private void hear(IDefaultValueProvider variables) {
        for (OptionSpec option : options()) {
            try {
                String value = variables.defaultValue(option);
                if (value != null) {
                    put(new Given(option, List.of(value), "environment " + EnvironmentDefaults.variableOf(option)));
                }
            } catch (Exception e) {
                throw new IllegalStateException("defaults of " + option + " (expected: from memory)", e);
            }
        }
    }

    private void hear(List<String> arguments, String source) {
        CommandLine twin = new CommandLine(twin()).setUnmatchedArgumentsAllowed(true)
                .setOverwrittenOptionsAllowed(true).setExpandAtFiles(!"command line".equals(source));
        ParseResult parsed = twin.parseArgs(arguments.toArray(String[]::new));
        for (OptionSpec option : options()) {
            String name = EnvironmentDefaults.longName(option);
            if (parsed.hasMatchedOption(name)) {
                put(new Given(option, values(parsed.matchedOption(name)), source));
            }
        }
        strangers.addAll(parsed.unmatched());
    }

    private static List<String> values(OptionSpec matched) {
        if (matched.getValue() instanceof List<?> texts) {
            return texts.stream().map(String::valueOf).toList();
        }
        return List.of(String.valueOf(matched.<Object>getValue()));
    }

    /** A later word replaces an earlier one, but for what may be said several times among the arguments. */
    private void put(Given next) {
        Given before = given.get(next.name());
        if (before == null || !next.option().isMultiValue() || before.source().startsWith("environment")) {
            given.put(next.name(), next);
            return;
        }
        List<String> all = new ArrayList<>(before.values());
        all.addAll(next.values());
        String source = before.source().equals(next.source()) ? next.source()
                : before.source() + " and " + next.source();
        given.put(next.name(), new Given(next.option(), all, source));
    }

    private CommandSpec twin() {
        CommandSpec twin = CommandSpec.create();
        twin.parser().collectErrors(true);
        for (OptionSpec option : command.options()) {
            OptionSpec.Builder builder = OptionSpec.builder(option.names()).arity(option.arity().toString());
            if (isFlag(option)) {
                builder.type(boolean.class).negatable(option.negatable()).defaultValue("false");
            } else {
                builder.type(List.class).auxiliaryTypes(String.class);
            }
            twin.addOption(builder.build());
        }
        return twin;
    }

    private static boolean isFlag(OptionSpec option) {
        return option.arity().max() == 0;
    }

    /** Returns the options that are settings: not those that ask for something else than to run. */
    List<OptionSpec> options() {
        return command.options().stream()
                .filter(option -> !option.hidden() && EnvironmentDefaults.hasVariable(option)).toList();
    }

    /** Returns all that was said, in the order of the command's options. */
    List<Given> all() {
        return options().stream().map(this::of).flatMap(Optional::stream).toList();
    }

    /** Returns what was said about {@code option}. */
    Optional<Given> of(OptionSpec option) {
        return Optional.ofNullable(given.get(EnvironmentDefaults.longName(option)));
    }

    /** Returns the arguments that are no option's. */
    List<String> strangers() {
        return List.copyOf(strangers);
    }

    /** Returns the one argument that gives {@code option} this value. */
    static String argument(OptionSpec option, String value) {
        String name = EnvironmentDefaults.longName(option);
        if (!isFlag(option)) {
            return name + "=" + value;
        }
        if (value.equalsIgnoreCase("true")) {
            return name;
        }
        return option.negatable() && value.equalsIgnoreCase("false") ? name.replaceFirst("^--", "--no-")
                : name + "=" + value;
    }
}
