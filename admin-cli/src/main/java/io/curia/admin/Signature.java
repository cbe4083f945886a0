package io.curia.admin;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options by which a change says who made it and why. */
final class Signature {

    private static final int LONGEST_REASON = 500;
    private static final int LONGEST_ACTOR = 200;

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "",
            description = "Why; kept with the change and shown to everybody, the node itself included.")
    private String reason;

    @Option(names = "--actor", paramLabel = "NAME", description = "Who does this (default: user@host).")
    private String actor;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** Returns why, or throws if it is too long for a record. */
    String reason() {
        return checked("--reason", reason.strip(), LONGEST_REASON);
    }

    /** Returns who, or throws if the name is too long for a record. */
    String actor(Map<String, String> environment) {
        return checked("--actor", actor == null || actor.isBlank() ? whoAmI(environment) : actor.strip(),
                LONGEST_ACTOR);
    }

    private String checked(String option, String text, int longest) {
        if (text.length() > longest || text.chars().anyMatch(Character::isISOControl)) {
            throw new ParameterException(command.commandLine(), option + ": " + text.length()
                    + " characters (expected: one line of at most " + longest + ")");
        }
        return text;
    }

    private static String whoAmI(Map<String, String> environment) {
        String user = environment.getOrDefault("USER", "");
        return (user.isEmpty() ? System.getProperty("user.name", "unknown") : user) + "@" + host(environment);
    }

    private static String host(Map<String, String> environment) {
        String host = environment.getOrDefault("HOSTNAME", "");
        if (!host.isEmpty()) {
            return host;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // A machine whose own name does not resolve still has one operator before it.
            return "localhost";
        }
    }
}
