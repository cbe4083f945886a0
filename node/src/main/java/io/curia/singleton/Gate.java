package io.curia.singleton;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts the command in two steps. First a process that waits, in a session of its own and bound to this one's life;
 * then, by a few lines, it becomes the command. So a change of master costs a line, not a fork; and a keeper that is
 * killed between the two leaves nobody behind, because the end of its lines ends who waits for them.
 */
final class Gate {

    /** Lines that name variables, up to an empty one; without that, nothing is run. The dot: a command has no input. */
    private static final String WAIT = "while IFS= read -r line; do "
            + "if [ -z \"$line\" ]; then exec \"$@\" </dev/null; fi; export \"$line\"; done; exit 125";
    /** The same where standard input is the command's, and the lines come from the file that is the first word. */
    private static final String WAIT_ASIDE = "gate=$1; shift; while IFS= read -r line; do "
            + "if [ -z \"$line\" ]; then exec \"$@\" <&3 3<&-; fi; export \"$line\"; done 3<&0 <\"$gate\"; exit 125";
    private static final int TRIAL_SECONDS = 10;

    private final KeeperPlan plan;
    private final List<String> binding;
    private final List<String> command;
    private final String mark;
    private SidePipe pipe;

    private Gate(KeeperPlan plan, List<String> binding, List<String> command, String mark) {
        this.plan = plan;
        this.binding = binding;
        this.command = command;
        this.mark = mark;
    }

    /**
     * Returns a gate to the command of {@code plan}.
     *
     * @param mark the variable, {@code NAME=VALUE}, by which all that the command starts is found
     */
    static Gate to(KeeperPlan plan, String mark) throws IOException {
        return new Gate(plan, binding(), plan.command(), mark);
    }

    /** Returns a gate to another command, which is the same in all else. */
    Gate to(List<String> other) {
        return new Gate(plan, binding, other, mark);
    }

    /**
     * The kernel kills whoever has asked for it when the <em>thread</em> that started it ends. Where the tool that asks
     * for it is missing, the node does it when it sees that its keeper is gone.
     */
    private static List<String> binding() throws IOException {
        List<String> bound = List.of("setsid", "setpriv", "--pdeathsig", "KILL");
        List<String> trial = new ArrayList<>(bound);
        trial.add("true");
        try {
            Process tried = new ProcessBuilder(trial).redirectErrorStream(true).redirectOutput(Redirect.DISCARD)
                    .start();
            if (tried.waitFor(TRIAL_SECONDS, TimeUnit.SECONDS) && tried.exitValue() == 0) {
                return bound;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return List.of("setsid");
    }

    /** Starts a process that waits. To be called on a thread that lives as long as this process. */
    Waiting raise() throws IOException {
        List<String> words = new ArrayList<>(binding);
        words.addAll(List.of("sh", "-c", plan.input() == InputStyle.PASS ? WAIT_ASIDE : WAIT, "sh"));
        return plan.input() == InputStyle.PASS ? raiseAside(words) : Waiting.forItsInput(start(words));
    }

    private Waiting raiseAside(List<String> words) throws IOException {
        if (pipe != null) {
            pipe.close();
        }
        pipe = SidePipe.make(plan.directory());
        words.add(pipe.file().toString());
        return Waiting.forPipe(start(words), pipe);
    }

    private Process start(List<String> words) throws IOException {
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words);
        if (plan.input() == InputStyle.PASS) {
            builder.redirectInput(Redirect.INHERIT);
        }
        if (plan.output() == OutputStyle.INHERIT) {
            builder.redirectOutput(Redirect.INHERIT).redirectError(Redirect.INHERIT);
        }
        int named = mark.indexOf('=');
        builder.environment().put(mark.substring(0, named), mark.substring(named + 1));
        return builder.start();
    }

    /** Returns whether this system has what is needed. */
    static boolean isPossible() {
        return new File("/proc/self/stat").canRead() && File.separatorChar == '/';
    }
}
