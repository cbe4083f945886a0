package io.curia.singleton;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
    private static final int TRIAL_SECONDS = 10;

    private final List<String> words;
    private final String mark;
    private final boolean piped;

    /**
     * Makes a gate to this command.
     *
     * @param mark the variable, {@code NAME=VALUE}, by which all that the command starts is found
     * @param piped whether this process reads what the command writes
     */
    Gate(List<String> command, String mark, boolean piped) throws IOException {
        this.words = new ArrayList<>(binding());
        this.words.addAll(List.of("sh", "-c", WAIT, "sh"));
        this.words.addAll(command);
        this.mark = mark;
        this.piped = piped;
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
    Process raise() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words);
        if (!piped) {
            builder.redirectOutput(Redirect.INHERIT).redirectError(Redirect.INHERIT);
        }
        int named = mark.indexOf('=');
        builder.environment().put(mark.substring(0, named), mark.substring(named + 1));
        return builder.start();
    }

    /** Lets {@code waiting} become the command, with these variables besides those that it has. */
    static void open(Process waiting, Map<String, String> variables) throws IOException {
        StringBuilder lines = new StringBuilder();
        new TreeMap<>(variables).forEach((name, value) -> lines.append(name).append('=').append(value).append('\n'));
        try (OutputStream input = waiting.getOutputStream()) {
            input.write(lines.append('\n').toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Returns whether this system has what is needed. */
    static boolean isPossible() {
        return new File("/proc/self/stat").canRead() && File.separatorChar == '/';
    }
}
