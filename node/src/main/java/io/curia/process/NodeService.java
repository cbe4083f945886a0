package io.curia.process;

import io.curia.cli.ExitCode;
import io.curia.core.Farewell;
import io.curia.hooks.Hooks;
import io.curia.http.HttpSettings;
import io.curia.logging.LogSubject;
import io.curia.logging.ProgramLog;
import io.curia.port.BindFailedException;
import io.curia.runtime.ClusterNode;
import io.curia.runtime.NodeConfig;
import io.curia.runtime.NodeListener;
import io.curia.runtime.NodeState;
import io.curia.runtime.PromotionPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * A node as the main thing of a process, with what such a process has around it: its log, HTTP, hooks, signals.
 *
 * @param log what it logs
 * @param http whether and where it answers over HTTP
 * @param hooks what it runs when something happens
 * @param line the command line, to be blamed for what is wrong with these
 */
record NodeService(LogOptions log, HttpOptions http, HookOptions hooks, CommandLine line) {

    /**
     * Runs the node to its end and returns the exit code for it.
     *
     * @param listeners told besides the console, and before it
     * @param begins told of the node before it begins
     */
    int serve(NodeConfig config, ConsoleReport console, List<NodeListener> listeners, Consumer<ClusterNode> begins) {
        ProgramLog.begin(log.settings());
        if (!http.wanted()) {
            return run(config, console, listeners, begins);
        }
        try (HttpFront front = HttpFront.open(httpSettings())) {
            return run(config.tagged(front.announcedIn(config.tags())), console, listeners, node -> {
                front.serve(node);
                console.say(front.line(config.id()));
                begins.accept(node);
            });
        } catch (BindFailedException e) {
            console.say("ended FAILED: http: " + e.getMessage());
            return ExitCode.UNEXPECTED.code();
        }
    }

    /** Returns where it is to answer over HTTP, or throws {@link ParameterException}. */
    HttpSettings httpSettings() {
        try {
            return http.settings();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(line, e.getMessage(), e);
        }
    }

    /** Returns what is to be run at what, if anything, or throws {@link ParameterException}; runs nothing. */
    Optional<Hooks> hooksOf(NodeConfig config) {
        try {
            return hooks.of(config);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(line, e.getMessage(), e);
        }
    }

    private int run(NodeConfig config, ConsoleReport console, List<NodeListener> listeners,
            Consumer<ClusterNode> begins) {
        List<NodeListener> all = new ArrayList<>(listeners);
        all.add(console);
        Optional<Hooks> told = hooksOf(config);
        told.ifPresent(all::add);
        ClusterNode node = ClusterNode.of(told.filter(found -> hooks.veto())
                .map(found -> config.promotedBy(new PromotionPlan(found, hooks.patience()))).orElse(config), all);
        ProgramLog.isOf(() -> subject(node));
        AddressWarning.of(config).ifPresent(console::say);
        begins.accept(node);
        Termination.onSignal(() -> codeAfter(node.stop(), console));
        node.start().thenAccept(console::ready);
        int code = codeAfter(node.ended(), console);
        told.ifPresent(Hooks::close);
        return code;
    }

    private static int codeAfter(CompletableFuture<Farewell> end, ConsoleReport console) {
        Farewell farewell = end.join();
        console.awaitEnd(farewell);
        return codeOf(farewell).code();
    }

    private static Optional<LogSubject> subject(ClusterNode node) {
        NodeState now = node.state();
        return Optional.of(new LogSubject(now.id().value(), node.cluster(), now.role().name(), now.epoch().number()));
    }

    private static ExitCode codeOf(Farewell farewell) {
        return switch (farewell.kind()) {
            case LEFT -> ExitCode.OK;
            case REFUSED -> ExitCode.JOIN_REFUSED;
            case EVICTED -> ExitCode.EVICTED;
            case NO_PEER -> ExitCode.NO_PEER;
            case UNREACHABLE -> ExitCode.ZOOKEEPER_UNREACHABLE;
            case DENIED -> ExitCode.NOT_PERMITTED;
            case FAILED -> ExitCode.UNEXPECTED;
        };
    }
}
