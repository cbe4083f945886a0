package io.curia.admin.context;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * The user's contexts and which of them is in use: a value, read from a file and written to one. The file is a Java
 * properties file, {@code NAME.zookeeper=…} a line, so that it can also be edited by hand.
 *
 * @param current the one in use; empty if none is
 * @param all every context, by name
 */
public record Contexts(Optional<String> current, Map<String, Context> all) {

    private static final String CURRENT = "current";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_ONLY_DIRECTORY = PosixFilePermissions.fromString("rwx------");
    /** A file of contexts is some hundred bytes a context; more than this is something else. */
    private static final long MAX_BYTES = 1 << 20;

    public Contexts {
        Objects.requireNonNull(current, "current");
        all = Map.copyOf(all);
    }

    /** Returns where the contexts of the user of this environment are kept. */
    public static Path file(Map<String, String> environment) {
        String config = environment.getOrDefault("XDG_CONFIG_HOME", "");
        Path home = Path.of(environment.getOrDefault("HOME", "/nonexistent"));
        return (config.isEmpty() ? home.resolve(".config") : Path.of(config)).resolve("curia")
                .resolve("contexts.properties");
    }

    /**
     * Returns the contexts in {@code file}; none if there is no such file.
     *
     * @throws IllegalArgumentException if it cannot be read or understood; the message says where
     */
    public static Contexts read(Path file) {
        Properties lines = new Properties();
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IllegalArgumentException(file + " is larger than " + MAX_BYTES + " bytes");
            }
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                lines.load(reader);
            }
        } catch (NoSuchFileException e) {
            return new Contexts(Optional.empty(), Map.of());
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read (" + e + ")", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
        return of(lines, file);
    }

    private static Contexts of(Properties lines, Path file) {
        Map<String, EnumMap<Context.Key, String>> said = new TreeMap<>();
        for (String line : lines.stringPropertyNames()) {
            if (!line.equals(CURRENT)) {
                int dot = line.indexOf('.');
                Context.Key key = dot < 0 ? null : keyOf(line.substring(dot + 1));
                if (key == null) {
                    throw new IllegalArgumentException(file + ": '" + line + "' (expected: NAME.zookeeper, "
                            + "NAME.cluster, NAME.root, NAME.auth-file, NAME.zookeeper-config, NAME.via or current)");
                }
                said.computeIfAbsent(line.substring(0, dot), name -> new EnumMap<>(Context.Key.class))
                        .put(key, lines.getProperty(line).strip());
            }
        }
        Map<String, Context> all = new TreeMap<>();
        said.forEach((name, says) -> all.put(name, new Context(name, says)));
        return new Contexts(Optional.ofNullable(lines.getProperty(CURRENT)).map(String::strip)
                .filter(name -> !name.isEmpty()), all);
    }

    private static Context.Key keyOf(String property) {
        for (Context.Key key : Context.Key.values()) {
            if (key.property().equals(property)) {
                return key;
            }
        }
        return null;
    }

    /** Returns the context of this name. */
    public Optional<Context> get(String name) {
        return Optional.ofNullable(all.get(name));
    }

    /** Returns these and {@code context}, instead of one of the same name. */
    public Contexts with(Context context) {
        Map<String, Context> more = new TreeMap<>(all);
        more.put(context.name(), context);
        return new Contexts(current, more);
    }

    /** Returns these without the one of this name, which is not in use any more then either. */
    public Contexts without(String name) {
        Map<String, Context> fewer = new TreeMap<>(all);
        fewer.remove(name);
        return new Contexts(current.filter(used -> !used.equals(name)), fewer);
    }

    /** Returns these with the one of this name in use. */
    public Contexts using(String name) {
        return new Contexts(Optional.of(name), all);
    }

    /** Writes {@code file}, whole or not at all, readable by its owner alone; makes its directory if need be. */
    public void write(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (posix) {
            Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY_DIRECTORY));
        } else {
            Files.createDirectories(directory);
        }
        Path whole = posix ? Files.createTempFile(directory, "contexts", ".new",
                PosixFilePermissions.asFileAttribute(OWNER_ONLY)) : Files.createTempFile(directory, "contexts", ".new");
        try {
            try (Writer writer = Files.newBufferedWriter(whole, StandardCharsets.UTF_8)) {
                lines().store(writer, " Clusters that admin-cli knows by name; see 'admin-cli context --help'");
            }
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    private Properties lines() {
        Properties lines = new Properties();
        current.ifPresent(name -> lines.setProperty(CURRENT, name));
        all.values().forEach(context -> context.says().forEach(
                (key, value) -> lines.setProperty(context.name() + "." + key.property(), value)));
        return lines;
    }
}
