package io.curia.process;

import io.curia.health.CommandCheck;
import io.curia.runtime.NodeConfig;
import io.curia.singleton.ProgramFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Files and programs that a node needs, beyond whether it can read its settings' files, which is known by now. */
final class FileCheck {

    private static final List<String> PROGRAMS = List.of("--health-command", "--on-master", "--on-standby",
            "--on-evicted", "--on-change", "--pre-master");

    private final NodeConfig config;
    private final List<GivenSettings.Given> given;
    private final Map<String, String> environment;

    FileCheck(NodeConfig config, List<GivenSettings.Given> given, Map<String, String> environment) {
        this.config = config;
        this.given = given;
        this.environment = environment;
    }

    List<Complaint> complaints() {
        List<Complaint> found = new ArrayList<>();
        config.dataDirectory().flatMap(FileCheck::unusable).ifPresent(found::add);
        for (String option : List.of("--auth-file", "--join-secret-file")) {
            value(option).map(Path::of).filter(FileCheck::othersMayRead).ifPresent(file -> found.add(Complaint.warning(
                    option + " " + file + " can be read by everybody on this machine; chmod 600 it")));
        }
        value("--log-levels-file").map(Path::of).filter(file -> Files.exists(file) && !Files.isReadable(file))
                .ifPresent(file -> found.add(Complaint.warning("--log-levels-file " + file
                        + " cannot be read by this user; chmod it, or its levels will not hold")));
        PROGRAMS.forEach(option -> value(option).flatMap(line -> missing(option, line)).ifPresent(found::add));
        return found;
    }

    private Optional<String> value(String option) {
        return given.stream().filter(each -> each.name().equals(option)).findFirst()
                .map(each -> each.values().get(each.values().size() - 1));
    }

    /** What is there of the directory must be writable; nothing is made, because nothing is started. */
    private static Optional<Complaint> unusable(Path directory) {
        Path there = directory.toAbsolutePath().normalize();
        while (there.getParent() != null && Files.notExists(there)) {
            there = there.getParent();
        }
        if (Files.isDirectory(there) && Files.isWritable(there) && Files.isExecutable(there)) {
            return Optional.empty();
        }
        return Optional.of(Complaint.error("data directory " + directory + ": " + there
                + (Files.isDirectory(there) ? " may not be written by this user" : " is no directory")
                + "; choose another with --data-dir, or give it to the user that runs the node"));
    }

    private static boolean othersMayRead(Path file) {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        try {
            return view != null && view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException e) {
            // It was read a moment ago; whoever took it away since has not made it less secret.
            return false;
        }
    }

    private Optional<Complaint> missing(String option, String line) {
        return ProgramFile.objection(CommandCheck.program(line), environment.getOrDefault("PATH", "/usr/bin:/bin"))
                .map(objection -> Complaint.error(option + ": " + objection + "; name it with its path, or see that "
                        + "it may be executed"));
    }
}
