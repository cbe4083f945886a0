package io.curia.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Limits on what a reader must take in at once, over the sources of both modules. They only ever go down. */
class TidyTest {

    private static final int MAX_LINES = 300;
    /** Whoever plays the other side may take a little more to tell. */
    private static final int MAX_TEST_LINES = 350;
    private static final int MAX_COLUMNS = 120;
    private static final Pattern SLEEP = Pattern.compile("Thread\\.sleep|TimeUnit\\.[A-Z]+\\.sleep");
    private static final Pattern LOOSE_END = Pattern.compile("\\b(TODO|FIXME|XXX)\\b|@Disabled|printStackTrace");
    private static final Pattern VAGUE_NAME =
            Pattern.compile(".*(Util|Utils|Helper|Manager|Impl|Common|Misc)\\.java");

    private static List<Path> sources() {
        Path reactor = Path.of("").toAbsolutePath().getParent();
        return Stream.of("node", "admin-cli").map(reactor::resolve).map(module -> module.resolve("src"))
                .filter(Files::isDirectory).flatMap(TidyTest::javaFiles)
                .filter(file -> !file.endsWith("TidyTest.java")).toList();
    }

    private static Stream<Path> javaFiles(Path below) {
        try (Stream<Path> files = Files.walk(below)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> linesOf(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> offences(Predicate<String> offends) {
        return offences(sources(), offends);
    }

    private static List<String> offences(List<Path> files, Predicate<String> offends) {
        return files.stream().flatMap(file -> linesOf(file).stream().filter(offends)
                .map(line -> file.getFileName() + ": " + line.strip())).toList();
    }

    @Test
    void noFileIsLongerThanAFewScreens() {
        assertThat(sources()).isNotEmpty().allSatisfy(file -> assertThat(linesOf(file)).as(file.toString())
                .hasSizeLessThanOrEqualTo(file.toString().contains("/src/main/") ? MAX_LINES : MAX_TEST_LINES));
    }

    @Test
    void noLineIsWiderThanAPage() {
        assertThat(offences(line -> line.length() > MAX_COLUMNS)).isEmpty();
    }

    /** The benchmark measures time, and lets it pass in one place. */
    @Test
    void nothingSleeps() {
        assertThat(offences(SLEEP.asPredicate()).stream().filter(found -> !found.startsWith("Pause.java: "))).isEmpty();
    }

    @Test
    void nothingIsLeftForLater() {
        assertThat(offences(LOOSE_END.asPredicate())).isEmpty();
    }

    @Test
    void everyFileIsNamedAfterWhatItIs() {
        assertThat(sources()).noneMatch(file -> VAGUE_NAME.matcher(file.getFileName().toString()).matches());
    }
}
