package io.curia.singleton;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A process that waits for a few lines to become the command. */
final class Waiting {

    private final Process process;
    private final OutputStream lines;

    private Waiting(Process process, OutputStream lines) {
        this.process = process;
        this.lines = lines;
    }

    /** It reads the lines from its standard input. */
    static Waiting forItsInput(Process process) {
        return new Waiting(process, process.getOutputStream());
    }

    /** It reads the lines from {@code pipe}. */
    static Waiting forPipe(Process process, SidePipe pipe) {
        return new Waiting(process, pipe.input());
    }

    Process process() {
        return process;
    }

    /** Lets it become the command, with these variables, each {@code NAME=VALUE}, besides those that it has. */
    void become(List<String> variables) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String variable : variables) {
            text.append(variable).append('\n');
        }
        lines.write(text.append('\n').toString().getBytes(StandardCharsets.UTF_8));
        lines.close();
    }
}
