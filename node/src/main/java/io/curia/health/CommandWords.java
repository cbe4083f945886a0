package io.curia.health;

import java.util.ArrayList;
import java.util.List;

/** A command line taken apart into words without a shell: blanks separate, quotes and backslashes keep together. */
final class CommandWords {

    private final String what;
    private final String line;
    private final List<String> words = new ArrayList<>();
    private StringBuilder word;
    private char quote;
    private boolean escaped;

    private CommandWords(String what, String line) {
        this.what = what;
        this.line = line;
    }

    /**
     * Returns the words of {@code line}, or throws {@link IllegalArgumentException} if it has none or is cut off.
     *
     * @param what the command is, for whoever reads that
     */
    static List<String> of(String what, String line) {
        return new CommandWords(what, line).split();
    }

    private List<String> split() {
        line.chars().forEach(each -> take((char) each));
        if (quote != 0 || escaped) {
            throw new IllegalArgumentException(what + ": " + line + " (expected: every quote closed)");
        }
        endWord();
        if (words.isEmpty() || words.get(0).isEmpty()) {
            throw new IllegalArgumentException(what + ": empty (expected: a program and its arguments)");
        }
        return List.copyOf(words);
    }

    private void take(char next) {
        boolean inWord = quote != 0 || escaped || !Character.isWhitespace(next);
        if (!inWord) {
            endWord();
            return;
        }
        if (word == null) {
            word = new StringBuilder();
        }
        if (escaped) {
            escaped = false;
            word.append(next);
        } else if (next == '\\' && quote != '\'') {
            escaped = true;
        } else if (next == quote) {
            quote = 0;
        } else if (quote == 0 && (next == '\'' || next == '"')) {
            quote = next;
        } else {
            word.append(next);
        }
    }

    private void endWord() {
        if (word != null) {
            words.add(word.toString());
            word = null;
        }
    }
}
