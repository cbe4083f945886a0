package io.curia.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher script, as a distribution and as a source tree have it. */
final class LauncherIT {

    private static final Path BUILT = Path.of("target/dist").toAbsolutePath();
    private static final String VERSION = "node \\S+ \\(Java \\S+\\)\\R";
    private static final String PREPARING = "preparing a class archive";

    @TempDir
    Path scratch;

    private Path cache;

    @BeforeEach
    void cacheOfItsOwn() {
        cache = scratch.resolve("cache");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void runsFromAPathWithSpacesAndThroughASymlink(String shell) throws Exception {
        Path home = distribution("with spaces/of node");
        Path link = Files.createSymbolicLink(scratch.resolve("a link"), home.resolve("bin/node"));
        Path linkToLink = Files.createSymbolicLink(scratch.resolve("another"), Path.of("a link"));

        Ran ran = run(Map.of("CURIA_CLASS_ARCHIVE", "off"), shell, linkToLink.toString(), "--version");

        assertThat(ran.out()).matches(VERSION);
        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
        assertThat(link).exists();
    }

    @Test
    void aClassArchiveIsMadeOnceAndOneThatDoesNotFitHarmsNothing() throws Exception {
        Path home = distribution("of node");
        String node = home.resolve("bin/node").toString();

        Ran first = run(Map.of(), node, "--version");
        assertThat(first.out()).matches(VERSION);
        assertThat(first.err()).contains(PREPARING);
        assertThat(files(home.resolve("archive"))).singleElement().asString().endsWith(".jsa");

        Ran second = run(Map.of(), node, "--version");
        assertThat(second.out()).matches(VERSION);
        assertThat(second.err()).isEmpty();

        Files.writeString(files(home.resolve("archive")).get(0), "no archive at all");
        Ran third = run(Map.of(), node, "--version");
        assertThat(third.out()).matches(VERSION);
        assertThat(third.err()).isEmpty();
    }

    @Test
    void aTrainingThatFailsIsNotFatalAndNotRepeatedUntilTheJarsChange() throws Exception {
        Path home = distributionThatCannotTrain();
        String node = home.resolve("bin/node").toString();

        assertThat(run(Map.of(), node, "--version").out()).matches(VERSION);
        Ran second = run(Map.of(), node, "--version");
        assertThat(second.out()).matches(VERSION);
        assertThat(second.err()).isEmpty();
        assertThat(failures(home.resolve("archive"))).hasSize(1);

        Files.setLastModifiedTime(home.resolve("lib/curia-node.jar"),
                FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
        Ran afterChange = run(Map.of(), node, "--version");
        assertThat(afterChange.out()).matches(VERSION);
        assertThat(afterChange.err()).contains(PREPARING);
        assertThat(failures(home.resolve("archive"))).hasSize(2);
    }

    @Test
    void whereTheDistributionCannotBeWrittenTheUsersCacheIsUsed() throws Exception {
        Path home = distributionThatCannotTrain();
        Files.createFile(home.resolve("archive")); // Not a directory: cannot be written into, not even by root.

        assertThat(run(Map.of(), home.resolve("bin/node").toString(), "--version").out()).matches(VERSION);

        assertThat(failures(cache.resolve("curia"))).hasSize(1);
    }

    @Test
    void noJavaOrAnOldOneIsSaidInOneSentence() throws Exception {
        Path home = distribution("of node");
        String node = home.resolve("bin/node").toString();
        Path old = script(scratch.resolve("jdk11/bin/java"), "echo 'openjdk version \"11.0.2\"' >&2");

        Ran none = run(Map.of("JAVA_HOME", scratch.resolve("nothing").toString()), node, "--version");
        Map<String, String> eleven = Map.of("JAVA_HOME", old.getParent().getParent().toString());
        Ran tooOld = run(eleven, node, "--version");
        Ran withoutArchive = run(with(eleven, "CURIA_CLASS_ARCHIVE", "off"), node, "--version");

        assertThat(none.code()).isEqualTo(1);
        assertThat(none.err()).contains("Java 17 or newer is needed").contains("JAVA_HOME");
        assertThat(List.of(tooOld, withoutArchive)).allSatisfy(ran -> {
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.err()).contains("Java 17 or newer is needed").contains("11.0.2");
        });
    }

    @Test
    void optionsFromTheEnvironmentWinAndAreNotGlobbed() throws Exception {
        Path home = distribution("of node");
        String node = home.resolve("bin/node").toString();
        Ran ran = run(Map.of("CURIA_CLASS_ARCHIVE", "off", "CURIA_JAVA_OPTS", "-Xmx99m -Dany=/* -XshowSettings:vm"),
                node, "--version");
        assertThat(ran.err()).contains("Max. Heap Size: 99.00M");
        assertThat(ran.out()).matches(VERSION);
    }

    @Test
    void aSourceTreeIsBuiltOnFirstUseAndWhenItsSourcesAreNewer() throws Exception {
        Path tree = scratch.resolve("source tree");
        Path source = tree.resolve("node/src/main/A.java");
        for (Path file : List.of(tree.resolve("pom.xml"), tree.resolve("node/pom.xml"), source)) {
            Files.createDirectories(file.getParent());
            Files.createFile(file);
        }
        copy(BUILT.resolve("bin"), tree.resolve("node/bin"));
        Path mvn = script(scratch.resolve("tools/mvn"), "echo \"$*\" >>'" + scratch + "/builds'",
                "cd '" + tree + "/node'", "rm -rf target/dist", "mkdir -p target/dist",
                "cp -r '" + BUILT + "/lib' target/dist/lib", "echo words of the build");
        Map<String, String> environment = Map.of("CURIA_CLASS_ARCHIVE", "off",
                "PATH", mvn.getParent() + ":" + System.getenv("PATH"));
        String node = tree.resolve("node/bin/node").toString();

        Ran unbuilt = run(with(environment, "CURIA_NO_BUILD", "1"), node, "--version");
        assertThat(unbuilt.code()).isEqualTo(1);
        assertThat(unbuilt.err()).contains("not built");

        Ran first = run(environment, node, "--version");
        assertThat(first.out()).matches(VERSION);
        assertThat(first.err()).contains("node: building").contains("words of the build");
        assertThat(run(environment, node, "--version").err()).isEmpty();
        assertThat(builds()).hasSize(1).allMatch(arguments -> arguments.contains("-DskipTests -pl node -am package"));

        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(run(with(environment, "CURIA_NO_BUILD", "1"), node, "--version").err()).isEmpty();
        assertThat(builds()).hasSize(1);
        assertThat(run(environment, node, "--version").out()).matches(VERSION);
        assertThat(builds()).hasSize(2);
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(scratch.resolve("builds"));
    }

    private Ran run(Map<String, String> variables, String... command) throws Exception {
        return Ran.command(scratch, with(variables, "XDG_CACHE_HOME", cache.toString()), List.of(command));
    }

    private static Map<String, String> with(Map<String, String> variables, String name, String value) {
        Map<String, String> all = new HashMap<>(variables);
        all.put(name, value);
        return all;
    }

    private Path distribution(String name) throws IOException {
        Path home = scratch.resolve(name);
        for (String part : List.of("bin", "lib", "conf")) {
            copy(BUILT.resolve(part), home.resolve(part));
        }
        return home;
    }

    private static void copy(Path from, Path to) throws IOException {
        CopyOption[] attributes = {StandardCopyOption.COPY_ATTRIBUTES};
        Files.createDirectories(to);
        for (Path file : files(from)) {
            Files.copy(file, to.resolve(file.getFileName()), attributes);
        }
    }

    /** What is done about an archive can be seen without the seconds that it takes to make one. */
    private Path distributionThatCannotTrain() throws IOException {
        Path home = distribution("of node");
        Path launcher = home.resolve("bin/node");
        Files.writeString(launcher, Files.readString(launcher).replaceFirst("training=\\S+", "training=no.Such"));
        return home;
    }

    private static List<Path> failures(Path directory) throws IOException {
        return files(directory).stream().filter(file -> file.toString().endsWith(".failed")).toList();
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private static Path script(Path file, String... lines) throws IOException {
        List<String> all = new ArrayList<>(List.of("#!/bin/sh"));
        all.addAll(List.of(lines));
        Files.createDirectories(file.getParent());
        Files.write(file, all);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }
}
