package io.curia.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandWordsTest {

    @Test
    void blanksSeparateWords() {
        assertThat(CommandWords.of("  curl\t-f  http://x/ ")).containsExactly("curl", "-f", "http://x/");
    }

    @Test
    void quotesKeepWordsTogether() {
        assertThat(CommandWords.of("sh -c 'test -e \"/a b\" && true' \"x 'y'\" ''"))
                .containsExactly("sh", "-c", "test -e \"/a b\" && true", "x 'y'", "");
    }

    @Test
    void aBackslashTakesTheNextCharacterAsItIs() {
        assertThat(CommandWords.of("a\\ b \"c\\\"d\" 'e\\f'")).containsExactly("a b", "c\"d", "e\\f");
    }

    @Test
    void nothingMeansAnythingElse() {
        assertThat(CommandWords.of("echo $HOME; *.txt | x")).containsExactly("echo", "$HOME;", "*.txt", "|", "x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "'open", "a \"b", "a\\", "''"})
    void whatCannotBeMeantIsRefused(String line) {
        assertThatIllegalArgumentException().isThrownBy(() -> CommandWords.of(line));
    }
}
