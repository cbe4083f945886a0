package io.curia.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What can be told of the page without a browser: that it is one file, and cannot be made to run what members say. */
class PageTest {

    private static final Answer ANSWER = new Page().answer(Question.of("/")).toCompletableFuture().join();
    private static final String HTML = new String(ANSWER.body(), StandardCharsets.UTF_8);

    @Test
    void itNeedsNothingButItselfAndThisNode() {
        Matcher addresses = Pattern.compile("(?i)(?:src|href)\\s*=\\s*\"([^\"]*)\"|url\\(([^)]*)\\)").matcher(HTML);
        while (addresses.find()) {
            assertThat(String.valueOf(addresses.group(1))).matches("data:.*|#main|cluster|history|events|metrics");
        }
        assertThat(HTML).doesNotContain("@import", "<iframe", "<link rel=\"stylesheet\"");
        assertThat(ANSWER.headers().get("Content-Security-Policy"))
                .contains("default-src 'none'", "connect-src 'self'").doesNotContain("unsafe");
        assertThat(ANSWER.type()).isEqualTo("text/html; charset=utf-8");
    }

    @Test
    void whatMembersSayNeverBecomesMarkup() {
        assertThat(HTML).doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(",
                "new Function", "javascript:", "DOMParser", "createContextualFragment");
        assertThat(HTML).as("attributes that a policy would refuse").doesNotContainPattern("<[^>]+ (on\\w+|style)=");
    }

    @Test
    void itHasTheStructureThatAScreenReaderReads() {
        assertThat(HTML).contains("<html lang=\"en\">", "<main", "<header", "<footer", "aria-live=\"polite\"",
                "scope=\"col\"", "scope: \"row\"", "prefers-color-scheme: dark", "prefers-reduced-motion: reduce",
                "name=\"viewport\"", "class=\"skip\"");
    }

    @Test
    void itIsSmall() {
        assertThat(ANSWER.body()).hasSizeLessThan(48 * 1024);
    }
}
