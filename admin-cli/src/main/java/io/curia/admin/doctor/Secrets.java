package io.curia.admin.doctor;

import io.curia.zookeeper.ZooKeeperSettings;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * What must not leave this machine: the contents of the files that hold credentials, as far as this run knows of them.
 * Nothing writes them anywhere; this is for what others may have written, into a reason or a tag.
 */
public final class Secrets {

    static final String REMOVED = "(removed)";
    private static final long MAX_BYTES = 64 * 1024;
    /** Shorter ones would hit words that are none; no password of that length keeps anything secret. */
    private static final int SHORTEST = 4;

    private final List<String> values;

    private Secrets(Set<String> values) {
        this.values = values.stream().filter(value -> value.length() >= SHORTEST)
                .sorted(Comparator.comparing(String::length).reversed()).toList();
    }

    /** Returns the secrets in the files that these settings and these variables name. */
    public static Secrets of(ZooKeeperSettings settings, Map<String, String> environment) {
        Set<String> values = new LinkedHashSet<>();
        settings.authFile().flatMap(Secrets::text).ifPresent(line -> {
            values.add(line.strip());
            values.add(line.strip().substring(line.strip().indexOf(':') + 1));
        });
        Optional.ofNullable(environment.get("CURIA_JOIN_SECRET_FILE")).filter(name -> !name.isEmpty()).map(Path::of)
                .flatMap(Secrets::text).map(String::strip).ifPresent(values::add);
        settings.clientConfig().ifPresent(file -> values.addAll(passwordsIn(file)));
        return new Secrets(values);
    }

    private static List<String> passwordsIn(Path file) {
        Properties lines = new Properties();
        List<String> passwords = new ArrayList<>();
        text(file).ifPresent(text -> {
            try {
                lines.load(new StringReader(text));
            } catch (IOException | IllegalArgumentException e) {
                // A file that is no configuration: all of it is kept back.
                passwords.add(text);
            }
        });
        lines.stringPropertyNames().stream().filter(name -> name.toLowerCase(Locale.ROOT).contains("passw")
                || name.toLowerCase(Locale.ROOT).contains("secret")).map(lines::getProperty).forEach(passwords::add);
        return passwords;
    }

    private static Optional<String> text(Path file) {
        try {
            return Files.size(file) > MAX_BYTES ? Optional.empty()
                    : Optional.of(Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            // What this run could not read, it cannot have told anybody.
            return Optional.empty();
        }
    }

    /** Returns {@code text} without any of them. */
    public String removedFrom(String text) {
        String clean = text;
        for (String value : values) {
            clean = clean.replace(value, REMOVED);
        }
        return clean;
    }

    /** Returns the attributes of a file that its owner alone may read, where the file system of {@code target} can. */
    public static FileAttribute<?>[] ownerOnly(Path target) {
        return target.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(
                        PosixFilePermissions.fromString("rw-------"))}
                : new FileAttribute<?>[0];
    }
}
