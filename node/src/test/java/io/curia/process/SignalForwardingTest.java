package io.curia.process;

import static io.curia.singleton.ForwardedSignal.HUP;
import static io.curia.singleton.ForwardedSignal.USR1;
import static io.curia.singleton.ForwardedSignal.USR2;
import static io.curia.singleton.ForwardedSignal.WINCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.curia.cli.Terminals;
import io.curia.process.SignalForwarding.ChoiceConverter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

/** Which signals are passed on. */
class SignalForwardingTest {

    @Test
    void whatATerminalSendsIsForTheNode() {
        assertThat(SignalForwarding.usual(new Terminals(false, false, false)))
                .containsExactlyInAnyOrder(HUP, USR1, USR2, WINCH);
        assertThat(SignalForwarding.usual(new Terminals(false, true, false))).containsExactlyInAnyOrder(USR1, USR2);
    }

    @Test
    void signalsAreNamedAsTheUserLikes() {
        ChoiceConverter converter = new ChoiceConverter();

        assertThat(converter.convert("hup,SIGUSR1").signals()).containsExactlyInAnyOrder(HUP, USR1);
        assertThat(converter.convert("none").signals()).isEmpty();
        assertThatThrownBy(() -> converter.convert("HUP,KILL")).isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("'KILL' cannot be passed on");
    }

    @Test
    void aSignalThatJavaNeedsForItselfIsNamed() {
        assertThatThrownBy(() -> SignalEar.listen("QUIT", () -> { })).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SIGQUIT");
    }
}
