package dev.backstop.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.ConstantPoolSharingOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * A jar with its class files in the format of today. The startup cache refuses those of Java 5, which picocli's are, and
 * they would be parsed and verified on every start: a quarter of the time.
 */
public final class RenewedJar {
    private RenewedJar() {}

    /** Takes the jar to read, and the jar to write. */
    public static void main(String[] arguments) throws IOException {
        Path source = Path.of(arguments[0]);
        URL[] classes = {source.toUri().toURL()};
        try (JarFile jar = new JarFile(source.toFile());
                URLClassLoader loader = new URLClassLoader(classes, null);
                OutputStream file = Files.newOutputStream(Path.of(arguments[1]));
                JarOutputStream renewed = new JarOutputStream(file)) {
            ClassFile format = ClassFile.of(
                    ConstantPoolSharingOption.NEW_POOL,
                    StackMapsOption.GENERATE_STACK_MAPS,
                    ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)
                            .orElse(ClassHierarchyResolver.defaultResolver())));
            List<JarEntry> entries =
                    jar.stream().filter(entry -> !entry.isDirectory()).toList();
            for (JarEntry entry : entries) {
                byte[] content = jar.getInputStream(entry).readAllBytes();
                renewed.putNextEntry(new JarEntry(entry.getName()));
                renewed.write(entry.getName().endsWith(".class") ? renewed(content, format) : content);
                renewed.closeEntry();
            }
        }
    }

    private static byte[] renewed(byte[] content, ClassFile format) {
        var parsed = format.parse(content);
        if (parsed.majorVersion() >= ClassFile.JAVA_6_VERSION) {
            return content;
        }
        return format.transformClass(parsed, (builder, element) -> {
            if (element instanceof ClassFileVersion) {
                builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
            } else {
                builder.with(element);
            }
        });
    }
}
