package io.curia.proof;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Which processes belong to runs of the command of the proof, found without the help of what is tested. */
final class RunProcesses {

    private RunProcesses() {
    }

    /** Returns a sentence for each process that belongs to a run that writes to {@code log}, and not to this one. */
    static List<String> orphans(Path log, RunLine present) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path process : processes.filter(path -> path.getFileName().toString().matches("\\d+")).toList()) {
                String environment = read(process.resolve("environ"));
                String stat = read(process.resolve("stat"));
                boolean ours = environment.contains("PROOF_LOG=" + log + "\0")
                        && environment.contains("\0CURIA_EPOCH=");
                if (ours && !isDead(stat) && !isOf(present, environment, stat)) {
                    found.add(process.getFileName() + ": " + stat.strip());
                }
            }
        }
        return found;
    }

    private static boolean isOf(RunLine present, String environment, String stat) {
        String epoch = "\0CURIA_EPOCH=" + present.epoch() + "\0";
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        boolean inSession = Long.parseLong(fields[3]) == present.run();
        boolean ofRun = environment.contains("\0RUN=" + present.run() + "\0");
        return (environment + "\0").contains(epoch) && (inSession || ofRun);
    }

    private static boolean isDead(String stat) {
        return stat.isEmpty() || stat.substring(stat.lastIndexOf(')') + 2).startsWith("Z");
    }

    private static String read(Path file) {
        try {
            return "\0" + new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            // It has ended meanwhile, or belongs to another user.
            return "";
        }
    }
}
