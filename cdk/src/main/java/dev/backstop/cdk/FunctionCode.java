package dev.backstop.cdk;

import dev.backstop.core.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The zip files that the functions run.
 *
 * @param respond with every AWS client that remediations use
 * @param guard without the EC2 client, which is as large as all others together
 * @param slack with the client of Secrets Manager alone
 * @param securityHub with the client of Security Hub alone
 */
public record FunctionCode(Path respond, Path guard, Path slack, Path securityHub) {
    /**
     * The files as the build leaves them.
     *
     * @throws BadInputException when they have not been built
     */
    public static FunctionCode in(Path folder) {
        return new FunctionCode(
                built(folder.resolve("backstop-respond.zip")),
                built(folder.resolve("backstop-guard.zip")),
                built(folder.resolve("backstop-slack.zip")),
                built(folder.resolve("backstop-security-hub.zip")));
    }

    private static Path built(Path zip) {
        if (!Files.isRegularFile(zip)) {
            throw new BadInputException(
                    zip.toString(), "the functions' code", "is not built: mvn -DskipTests -pl functions -am package");
        }
        return zip;
    }
}
