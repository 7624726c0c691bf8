package dev.backstop.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says: the version in the jar's manifest, and the Java it runs on. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        String backstop = version == null ? "(not packaged)" : version;
        return new String[] {"backstop " + backstop + ", Java " + Runtime.version()};
    }
}
