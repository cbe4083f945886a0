package io.curia.process;

import io.curia.cli.Terminals;
import io.curia.singleton.ForwardedSignal;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Which signals to this process are meant for somebody else, and how he gets them. */
final class SignalForwarding {

    private static final String NONE = "none";
    private static final String PREFIX = "SIG";

    private SignalForwarding() {
    }

    /** What was asked for: names with commas between them, with or without SIG before them; or none. */
    record Choice(Set<ForwardedSignal> signals) {
    }

    /** By name, in any case. */
    static final class ChoiceConverter implements ITypeConverter<Choice> {
        @Override
        public Choice convert(String value) {
            Set<ForwardedSignal> signals = EnumSet.noneOf(ForwardedSignal.class);
            if (!value.equalsIgnoreCase(NONE)) {
                for (String word : value.toUpperCase(Locale.ROOT).split(",")) {
                    signals.add(named(word.startsWith(PREFIX) ? word.substring(PREFIX.length()) : word));
                }
            }
            return new Choice(signals);
        }

        private static ForwardedSignal named(String name) {
            try {
                return ForwardedSignal.valueOf(name);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("'" + name + "' cannot be passed on (expected: none, or some of "
                        + EnumSet.allOf(ForwardedSignal.class) + ")");
            }
        }
    }

    /** On a terminal these two come from it and say that it is gone, or has another size: that is for this process. */
    static Set<ForwardedSignal> usual(Terminals terminals) {
        Set<ForwardedSignal> usual = EnumSet.of(ForwardedSignal.USR1, ForwardedSignal.USR2);
        if (!terminals.in() && !terminals.out() && !terminals.err()) {
            usual.add(ForwardedSignal.HUP);
            usual.add(ForwardedSignal.WINCH);
        }
        return usual;
    }

    /**
     * Has {@code pass} told of each of these signals from now on, instead of what they did to this process.
     *
     * @param asked what the user named; empty: what is usual
     * @param say told of a signal that this Java does not let be caught
     */
    static void begin(Optional<Choice> asked, Consumer<ForwardedSignal> pass, Consumer<String> say) {
        for (ForwardedSignal signal : asked.map(Choice::signals).orElseGet(() -> usual(Terminals.ofThisProcess()))) {
            try {
                SignalEar.listen(signal.name(), () -> pass.accept(signal));
            } catch (IllegalArgumentException e) {
                say.accept("run: signal " + signal + " cannot be passed on: " + e.getMessage());
            }
        }
    }
}
