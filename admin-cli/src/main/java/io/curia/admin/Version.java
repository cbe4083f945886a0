package io.curia.admin;

import picocli.CommandLine.IVersionProvider;

/** The version of this program, as its jar's manifest has it. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"admin-cli " + (version == null ? "(not packaged)" : version)
                + " (Java " + Runtime.version().feature() + ")"};
    }
}
