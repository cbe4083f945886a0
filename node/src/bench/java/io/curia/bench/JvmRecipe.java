package io.curia.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How to start other JVMs like a node's: read off a running node, so that both sides of a comparison have the same
 * java, the same options and the same class archive, whatever the launcher does.
 *
 * @param java the java program
 * @param options its options, without the class path and without what is only for the node
 * @param classpath the node's class path
 */
record JvmRecipe(String java, List<String> options, String classpath) {

    JvmRecipe {
        options = List.copyOf(options);
    }

    static JvmRecipe of(long pid) throws IOException {
        List<String> words = ProcFs.commandLine(pid);
        int classpath = words.indexOf("-cp");
        if (classpath < 1) {
            throw new IOException("process " + pid + " is no JVM with -cp: " + words);
        }
        List<String> options = words.subList(1, classpath).stream()
                .filter(option -> !option.startsWith("-Dcuria.")).toList();
        return new JvmRecipe(words.get(0), options, words.get(classpath + 1));
    }

    /** Returns the command that runs one of the benchmark's own programs; {@code more} options win. */
    List<String> command(Path benchClasses, List<String> more, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(java);
        command.addAll(options);
        command.addAll(more);
        // Without a configuration Logback says everything; a node has one of its own, these programs have none.
        command.add("-Dlogback.configurationFile=io/curia/zookeeper/server/logback.xml");
        // Appended: a class archive fits every class path that begins like its own.
        command.addAll(List.of("-cp", classpath + ":" + benchClasses, main.getName()));
        command.addAll(arguments);
        return command;
    }
}
