package io.curia.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PagePolicyTest {

    private static String policyOf(String html) {
        return PagePolicy.of(html.getBytes(StandardCharsets.UTF_8));
    }

    /** The standard's own example. */
    @Test
    void aScriptIsAllowedByTheHashOfItsText() {
        assertThat(policyOf("<script>alert('Hello, world.');</script>"))
                .contains("script-src 'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='");
    }

    @Test
    void aPageWithoutAnyIsAllowedNone() {
        assertThat(policyOf("<p>")).contains("script-src 'none'", "style-src 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
    }

    @Test
    void everyElementHasAHashOfItsOwn() {
        assertThat(policyOf("<style>a{}</style><script>1</script><STYLE media=print>b{}</STYLE>").split("'sha256-"))
                .hasSize(4);
    }
}
