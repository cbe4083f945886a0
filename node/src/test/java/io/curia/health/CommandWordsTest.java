package io.curia.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandWordsTest {

    private static List<String> words(String line) {
        return CommandWords.of("health command", line);
    }

    @Test
    void blanksSeparateWords() {
        assertThat(words("  curl\t-f  http://x/ ")).containsExactly("curl", "-f", "http://x/");
    }

    @Test
    void quotesKeepWordsTogether() {
        assertThat(words("sh -c 'test -e \"/a b\" && true' \"x 'y'\" ''"))
                .containsExactly("sh", "-c", "test -e \"/a b\" && true", "x 'y'", "");
    }

    @Test
    void aBackslashTakesTheNextCharacterAsItIs() {
        assertThat(words("a\\ b \"c\\\"d\" 'e\\f'")).containsExactly("a b", "c\"d", "e\\f");
    }

    @Test
    void nothingMeansAnythingElse() {
        assertThat(words("echo $HOME; *.txt | x")).containsExactly("echo", "$HOME;", "*.txt", "|", "x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "'open", "a \"b", "a\\", "''"})
    void whatCannotBeMeantIsRefused(String line) {
        assertThatIllegalArgumentException().isThrownBy(() -> words(line));
    }
}
