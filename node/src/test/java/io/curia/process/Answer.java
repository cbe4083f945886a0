package io.curia.process;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;

/** What the program {@code node} answers when it is asked about its settings. */
record Answer(int code, String out, String err) {

    /** Runs {@code node ARGUMENTS} in this process, with these variables and no others. */
    static Answer of(Map<String, String> environment, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = NodeMain.commandLine(new NodeCommand(environment), environment, "node")
                .setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)).execute(arguments);
        return new Answer(code, out.toString(), err.toString());
    }

    /** Returns the lines that are no comment: what a reader of the file of arguments would take. */
    List<String> arguments() {
        return out.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    }

    List<String> errors() {
        return out.lines().filter(line -> line.startsWith("error: ")).toList();
    }

    List<String> warnings() {
        return out.lines().filter(line -> line.startsWith("warning: ")).toList();
    }
}
