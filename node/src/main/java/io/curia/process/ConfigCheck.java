package io.curia.process;

import io.curia.runtime.NodeConfig;
import io.curia.zookeeper.EnsembleInspection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Finds everything that is wrong with a node's settings, where starting it would say only the first thing.
 *
 * <p>A node reads its settings all or nothing. So when they are refused, they are tried again without each of them in
 * turn: the one without which the refusal is another, or none, is to blame, and goes; what is left is tried again,
 * until nothing is refused. This holds for every option there is, and whoever adds one need not think of it.
 */
final class ConfigCheck {

    private static final String ID = "--id";
    private static final String STAND_IN = "--id=node";

    private final NodeCommand like;
    private final GivenSettings given;
    private final Map<String, String> environment;
    private final Map<String, String> withoutSettings = new HashMap<>();
    private final Set<String> blamed = new HashSet<>();

    /** Prepares to check what was given to {@code like}. */
    ConfigCheck(NodeCommand like, GivenSettings given, Map<String, String> environment) {
        this.like = like;
        this.given = given;
        this.environment = environment;
        environment.forEach((name, value) -> {
            if (!name.startsWith("CURIA_")) {
                withoutSettings.put(name, value);
            }
        });
    }

    /** Returns what is wrong, errors first; takes as long as name services, and servers if asked, take to answer. */
    List<Complaint> complaints(ConfigQuestion.Scope scope) {
        List<Complaint> found = new ArrayList<>();
        given.strangers().forEach(stranger -> found.add(Complaint.error(explainStranger(stranger))));
        List<GivenSettings.Given> usable = blameAndRemove(found);
        found.addAll(new VariableSpelling(given.options()).complaints(environment));
        command(usable).ifPresent(command -> {
            NodeConfig config = command.config();
            found.addAll(new DurationCheck(config).complaints());
            found.addAll(new FileCheck(config, usable, environment).complaints());
            found.addAll(new AddressCheck(config, command.httpBind(), blamed).complaints());
            found.addAll(EnsembleCheck.names(EnsembleInspection.servers(config.zooKeeper())));
            if (scope == ConfigQuestion.Scope.ONLINE) {
                found.addAll(EnsembleCheck.ask(config));
            }
        });
        List<Complaint> sorted = new ArrayList<>(found.stream().filter(Complaint::isError).toList());
        sorted.addAll(found.stream().filter(complaint -> !complaint.isError()).toList());
        return sorted;
    }

    private static String explainStranger(String stranger) {
        return stranger.startsWith("@")
                ? stranger + ": there is no such file, or it cannot be read; name one that can, or leave it out"
                : stranger + ": no option of node; see 'node --help'";
    }

    private List<GivenSettings.Given> blameAndRemove(List<Complaint> found) {
        List<GivenSettings.Given> left = new ArrayList<>(given.all());
        Optional<String> refusal = refusal(left);
        while (refusal.isPresent()) {
            String words = refusal.get();
            Optional<GivenSettings.Given> culprit =
                    left.stream().filter(each -> !refusal(without(left, each)).equals(Optional.of(words))).findFirst();
            found.add(Complaint.error(culprit.map(each -> each.name() + " (" + each.source() + "): ").orElse("")
                    + words + culprit.map(ConfigCheck::hint).orElse("")));
            if (culprit.isEmpty()) {
                return List.of();
            }
            blamed.add(culprit.get().name());
            left.remove(culprit.get());
            refusal = refusal(left);
        }
        return left;
    }

    private static String hint(GivenSettings.Given culprit) {
        boolean ofServiceLink = culprit.name().equals("--port")
                && culprit.values().stream().anyMatch(value -> value.startsWith("tcp://"));
        return ofServiceLink ? "; Kubernetes sets this for a Service that is called curia: have the pod's spec say "
                + "enableServiceLinks: false" : "";
    }

    private static List<GivenSettings.Given> without(List<GivenSettings.Given> all, GivenSettings.Given one) {
        return all.stream().filter(each -> !each.equals(one)).toList();
    }

    private Optional<String> refusal(List<GivenSettings.Given> settings) {
        try {
            parse(settings);
            return Optional.empty();
        } catch (ParameterException e) {
            return Optional.of(e.getMessage());
        }
    }

    private Optional<NodeCommand> command(List<GivenSettings.Given> settings) {
        try {
            return Optional.of(parse(settings));
        } catch (ParameterException e) {
            // Reported already, and nobody is to blame for it alone.
            return Optional.empty();
        }
    }

    /** Without an id of its own a node may be refused for other things, which would not be their fault. */
    private NodeCommand parse(List<GivenSettings.Given> settings) {
        List<String> arguments = new ArrayList<>();
        settings.forEach(each -> arguments.addAll(each.arguments()));
        if (blamed.contains(ID) || given.all().stream().anyMatch(each -> each.name().equals(ID))
                && settings.stream().noneMatch(each -> each.name().equals(ID))) {
            arguments.add(STAND_IN);
        }
        NodeCommand command = like.twin(withoutSettings);
        CommandLine line = NodeMain.commandLine(command, withoutSettings, "node").setExpandAtFiles(false);
        line.parseArgs(arguments.toArray(String[]::new));
        command.config();
        return command;
    }
}
