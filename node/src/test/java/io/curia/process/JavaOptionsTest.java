package io.curia.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class JavaOptionsTest {

    @Test
    void whatShapesTheJvmIsInheritedAndWhatOnlyOneCanHaveIsNot() {
        assertThat(JavaOptions.inheritable(List.of("-Xmx64m", "-XX:+UseSerialGC", "-Dany=thing", "-Dcuria.terminals=in",
                "-agentlib:jdwp=transport=dt_socket,address=5005", "-javaagent:a.jar",
                "-XX:DumpLoadedClassList=classes", "-XX:SharedArchiveFile=/a b/c.jsa")))
                .containsExactly("-Xmx64m", "-XX:+UseSerialGC", "-Dany=thing", "-XX:SharedArchiveFile=/a b/c.jsa");
    }

    @Test
    void moreOptionsComeLastAndWin() {
        assertThat(JavaOptions.inherited("-Xmx1m")).endsWith("-Xmx1m");
    }
}
