package io.curia.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A promise that names the test which shows it is worth as much as that name. */
class DocumentsTest {

    /** {@code `GuardTest`} or {@code `GuardTest.rule`}. */
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*[a-z](?:Test|IT|Contract))(?:\\.(\\w+))?`");
    private static final Path REACTOR = Path.of("").toAbsolutePath().getParent();

    private static List<Path> files(String module, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(REACTOR.resolve(module))) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    @Test
    void everyTestThatADocumentNamesExists() throws IOException {
        List<Path> tests = Stream.of(files("node/src/test", ".java"), files("admin-cli/src/test", ".java"))
                .flatMap(List::stream).toList();
        Set<String> names = tests.stream().map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        StringBuilder sources = new StringBuilder();
        for (Path test : tests) {
            sources.append(Files.readString(test));
        }
        for (Path document : Stream.of(files("node/docs", ".md"), files("admin-cli/docs", ".md"))
                .flatMap(List::stream).toList()) {
            List<MatchResult> named = NAMED.matcher(Files.readString(document)).results().toList();

            assertThat(named).as(document.toString()).allSatisfy(name -> {
                assertThat(names).contains(name.group(1) + ".java");
                assertThat(sources.indexOf("void " + name.group(2) + "(") >= 0 || name.group(2) == null)
                        .as(name.group()).isTrue();
            });
        }
    }
}
