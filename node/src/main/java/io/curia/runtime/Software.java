package io.curia.runtime;

/** This software's own version. */
public final class Software {

    private Software() {
    }

    /** Returns the version in the jar's manifest; {@code dev} when run from classes. */
    public static String version() {
        String version = Software.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
