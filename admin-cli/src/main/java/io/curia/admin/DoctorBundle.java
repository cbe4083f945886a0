package io.curia.admin;

import io.curia.admin.doctor.Evidence;
import io.curia.admin.doctor.Secrets;
import io.curia.cli.ExitCode;
import io.curia.cli.ProgramVersion;
import io.curia.zookeeper.ServerSight;
import io.curia.zookeeper.ZooKeeperSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Everything that a doctor found, in one file that may be handed on. */
final class DoctorBundle {

    private final DoctorReport report;
    private final Evidence evidence;
    private final ZooKeeperSettings settings;
    private final Surroundings surroundings;

    DoctorBundle(DoctorReport report, Evidence evidence, ZooKeeperSettings settings, Surroundings surroundings) {
        this.report = report;
        this.evidence = evidence;
        this.settings = settings;
        this.surroundings = surroundings;
    }

    /** Writes the new file {@code target}, readable by its owner alone where the system can; whole, or not at all. */
    void write(Path target) {
        Secrets secrets = Secrets.of(settings, surroundings.environment());
        try {
            Files.createFile(target, Secrets.ownerOnly(target));
            try (ZipOutputStream zip = new ZipOutputStream(
                    Files.newOutputStream(target, StandardOpenOption.WRITE), StandardCharsets.UTF_8)) {
                for (Map.Entry<String, String> text : texts().entrySet()) {
                    zip.putNextEntry(new ZipEntry(text.getKey()));
                    zip.write(secrets.removedFrom(text.getValue()).getBytes(StandardCharsets.UTF_8));
                    zip.closeEntry();
                }
            } catch (IOException e) {
                Files.deleteIfExists(target);
                throw e;
            }
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.UNEXPECTED, target + " cannot be written (" + e + ")", e);
        }
    }

    private Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("doctor.txt", report.headline() + "\n\n" + table() + "\n" + String.join("\n", report.words()) + "\n");
        texts.put("doctor.json", json(report));
        evidence.view().ifPresent(view -> {
            texts.put("members.json", json(new MembersReport(view, evidence.at())));
            texts.put("master.json", json(new MasterReport(view, evidence.at())));
            texts.put("evictions.json", json(new EvictionsReport(view, evidence.at())));
        });
        for (ServerSight server : evidence.servers()) {
            StringBuilder lines = new StringBuilder();
            new TreeMap<>(server.settings()).forEach((key, value) -> lines.append(key).append('=').append(value)
                    .append('\n'));
            texts.put("servers/" + server.address().replaceAll("[^A-Za-z0-9.-]", "_") + ".txt",
                    server.state() + " " + server.version().orElse("") + "\n" + lines);
        }
        texts.put("environment.txt", environment());
        return texts;
    }

    private String table() {
        StringBuilder text = new StringBuilder();
        new TableFormat(true, false, Optional.empty()).write(report, text);
        return text.toString();
    }

    private static String json(Report report) {
        StringBuilder text = new StringBuilder();
        new JsonFormat(false).write(report, text);
        return text.toString();
    }

    /** What the tool ran with. Of files that hold secrets, that they were named is all that is told. */
    private String environment() {
        return "admin-cli " + ProgramVersion.current() + "\njava " + Runtime.version() + "\nsystem "
                + System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch") + "\nzookeeper " + settings.connect() + "\nroot " + settings.root()
                + "\ncluster " + settings.cluster() + "\nauth file "
                + (settings.authFile().isPresent() ? "given" : "none")
                + "\nzookeeper config " + (settings.clientConfig().isPresent() ? "given" : "none") + "\n";
    }
}
