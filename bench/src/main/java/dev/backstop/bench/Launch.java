package dev.backstop.bench;

/** Prints how the JVM that Maven chose is started, so that {@code bench/run} can start it again without Maven. */
final class Launch {
    private Launch() {}

    public static void main(String[] arguments) {
        System.out.println(System.getProperty("java.home") + "/bin/java");
        System.out.println(System.getProperty("java.class.path"));
    }
}
