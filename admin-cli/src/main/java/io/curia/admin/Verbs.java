package io.curia.admin;

import io.curia.cli.EnvironmentDefaults;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** Every verb by its name, and the command line made of those that an invocation may mean. */
final class Verbs {

    private static final Map<String, Function<Surroundings, Object>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("members", MembersCommand::new);
        ALL.put("master", MasterCommand::new);
        ALL.put("evict", EvictCommand::new);
        ALL.put("readmit", ReadmitCommand::new);
        ALL.put("drain", DrainCommand::new);
        ALL.put("undrain", UndrainCommand::new);
        ALL.put("evictions", EvictionsCommand::new);
        ALL.put("forget", ForgetCommand::new);
        ALL.put("events", EventsCommand::new);
        ALL.put("history", HistoryCommand::new);
        ALL.put("why", WhyCommand::new);
        ALL.put("can-stop", CanStopCommand::new);
        ALL.put("doctor", DoctorCommand::new);
        ALL.put("switchover", SwitchoverCommand::new);
        ALL.put("step-down", StepDownCommand::new);
        ALL.put("pause", PauseCommand::new);
        ALL.put("resume", ResumeCommand::new);
        ALL.put("drill", DrillCommand::new);
        ALL.put("init", InitCommand::new);
        ALL.put("context", ContextCommand::new);
        ALL.put("completion", CompletionCommand::new);
        ALL.put("man", ManCommand::new);
        ALL.put("help", surroundings -> new HelpVerb());
    }

    /** Verbs that speak of the other verbs. */
    private static final Set<String> ABOUT_ALL = Set.of("completion", "help", "man");

    private Verbs() {
    }

    /** Runs the command that {@code arguments} spell; returns its exit code. */
    static int run(Surroundings surroundings, String... arguments) {
        CommandLine commandLine = commandLine(surroundings, arguments);
        int code = commandLine.execute(arguments);
        surroundings.terminal().out().flush();
        surroundings.terminal().err().flush();
        return code;
    }

    private static CommandLine commandLine(Surroundings surroundings, String... arguments) {
        CommandLine root = new CommandLine(new RootCommand());
        meant(arguments).forEach((name, factory) -> root.addSubcommand(name, factory.apply(surroundings)));
        root.setCaseInsensitiveEnumValuesAllowed(true);
        root.setDefaultValueProvider(new EnvironmentDefaults(surroundings.environment()));
        root.setOut(new PrintWriter(surroundings.terminal().out(), true, StandardCharsets.UTF_8));
        root.setErr(new PrintWriter(surroundings.terminal().err(), true, StandardCharsets.UTF_8));
        root.setColorScheme(CommandLine.Help.defaultColorScheme(surroundings.terminal().isColoured()
                ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        Complaints complaints = new Complaints();
        root.setParameterExceptionHandler(complaints);
        root.setExecutionExceptionHandler(complaints);
        root.setHelpFactory(new EnvironmentHelp.Factory());
        surroundings.terminal().size().ifPresent(size -> root.setUsageHelpWidth(Math.max(60, size.columns())));
        return root;
    }

    /**
     * Building a command reads its annotations, which is most of what starting costs; so only those named anywhere
     * on the command line are built. When none is, or the line does not show which, all are.
     */
    private static Map<String, Function<Surroundings, Object>> meant(String... arguments) {
        List<String> named = Arrays.stream(arguments).filter(ALL::containsKey).toList();
        boolean hidden = Arrays.stream(arguments).anyMatch(argument -> argument.startsWith("@"));
        if (hidden || named.isEmpty() || named.stream().anyMatch(ABOUT_ALL::contains)) {
            return ALL;
        }
        return ALL.entrySet().stream().filter(verb -> named.contains(verb.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
    }
}
