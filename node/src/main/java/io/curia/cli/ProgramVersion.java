package io.curia.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The version of this build, as its jar's manifest has it. */
public final class ProgramVersion implements IVersionProvider {

    @Spec
    private CommandSpec command;

    /** Returns the version, {@code development} when the classes do not come from a jar. */
    public static String current() {
        return Optional.ofNullable(ProgramVersion.class.getPackage().getImplementationVersion()).orElse("development");
    }

    @Override
    public String[] getVersion() {
        return new String[] {command.qualifiedName() + " " + current() + " (Java ${java.version})"};
    }
}
