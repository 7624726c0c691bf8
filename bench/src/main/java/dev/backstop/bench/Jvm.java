package dev.backstop.bench;

import java.io.File;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How a JVM is started, of the same JDK as this one: its flags, class path, and what it finds in its environment. */
record Jvm(List<String> flags, List<Path> classpath, Map<String, String> environment) {
    Jvm {
        flags = List.copyOf(flags);
        classpath = List.copyOf(classpath);
        environment = Map.copyOf(environment);
    }

    /** The class path of this JVM. */
    static List<Path> own() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .toList();
    }

    /** Ready to start a main class; what it prints is for the caller, its errors are shown. */
    ProcessBuilder running(String main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.add("-cp");
        command.add(classpath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        command.add(main);
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.INHERIT);
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("JAVA_TOOL"));
        builder.environment().putAll(environment);
        return builder;
    }
}
