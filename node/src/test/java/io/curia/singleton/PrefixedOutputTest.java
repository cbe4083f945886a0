package io.curia.singleton;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PrefixedOutputTest {

    private static String copied(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrefixedOutput.copy(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), new PrintStream(out),
                "n1/7| ");
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void eachLineSaysWhoseItIs() throws IOException {
        assertThat(copied("one\n\ntwö")).isEqualTo("n1/7| one\nn1/7| \nn1/7| twö\n");
    }

    @Test
    void aLineWithoutEndIsToldInParts() throws IOException {
        assertThat(copied("x".repeat(20_000)).lines()).hasSize(3);
    }
}
