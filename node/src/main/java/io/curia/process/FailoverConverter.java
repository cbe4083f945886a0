package io.curia.process;

import io.curia.runtime.Failover;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how a cluster gets over the death of a member: {@code fast} or {@code session}. */
final class FailoverConverter implements ITypeConverter<Failover> {

    @Override
    public Failover convert(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "fast" -> Failover.FAST;
            case "session" -> Failover.SESSION;
            default -> throw new TypeConversionException("'" + text + "' is no way of failing over "
                    + "(expected: fast or session)");
        };
    }
}
