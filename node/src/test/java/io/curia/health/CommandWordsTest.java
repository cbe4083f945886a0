package io.curia.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandWordsTest {

    @Test
    void blanksSeparateWords() {
        assertThat(CommandWords.of("health command", "  curl\t-f  http://x/ ")).containsExactly("curl", "-f", "http://x/");
    }

    @Test
    void quotesKeepWordsTogether() {
        assertThat(CommandWords.of("health command", "sh -c 'test -e \"/a b\" && true' \"x 'y'\" ''"))
                .containsExactly("sh", "-c", "test -e \"/a b\" && true", "x 'y'", "");
    }

    @Test
    void aBackslashTakesTheNextCharacterAsItIs() {
        assertThat(CommandWords.of("health command", "a\\ b \"c\\\"d\" 'e\\f'")).containsExactly("a b", "c\"d", "e\\f");
    }

    @Test
    void nothingMeansAnythingElse() {
        assertThat(CommandWords.of("health command", "echo $HOME; *.txt | x")).containsExactly("echo", "$HOME;", "*.txt", "|", "x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "'open", "a \"b", "a\\", "''"})
    void whatCannotBeMeantIsRefused(String line) {
        assertThatIllegalArgumentException().isThrownBy(() -> CommandWords.of("health command", line));
    }
}
