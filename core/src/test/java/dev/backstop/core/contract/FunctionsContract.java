package dev.backstop.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.backstop.core.Json;
import dev.backstop.core.port.Functions;
import dev.backstop.core.port.Functions.Place;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Functions} does. */
public abstract class FunctionsContract {
    private static final Place FUNCTION = new Place("payment-webhook", null);
    private static final Place NOBODYS = new Place("nobodys", null);

    protected abstract Functions functions();

    /** Creates a function that nobody else may call. */
    protected abstract void create(String function);

    /** Lets everybody call the function. */
    protected abstract void permit(String function, String statementId);

    /** Makes a URL of the function that everybody may call. */
    protected abstract void createUrl(String function);

    @Test
    protected void removesOnePermissionAndLeavesTheOthers() {
        create(FUNCTION.function());
        permit(FUNCTION.function(), "agents");
        permit(FUNCTION.function(), "humans");
        assertEquals(
                "lambda:InvokeFunction",
                functions()
                        .statement(FUNCTION, "agents")
                        .map(statement -> Json.read(statement).path("Action").asText())
                        .orElseThrow());

        functions().removePermission(FUNCTION, "agents");

        assertEquals(Optional.empty(), functions().statement(FUNCTION, "agents"));
        assertEquals(true, functions().statement(FUNCTION, "humans").isPresent());
        assertThrows(RuntimeException.class, () -> functions().removePermission(FUNCTION, "agents"));
    }

    @Test
    protected void changesAndRemovesAUrl() {
        create(FUNCTION.function());
        assertEquals(Optional.empty(), functions().urlAuth(FUNCTION));
        createUrl(FUNCTION.function());
        assertEquals(Optional.of("NONE"), functions().urlAuth(FUNCTION));

        functions().setUrlAuth(FUNCTION, "AWS_IAM");
        assertEquals(Optional.of("AWS_IAM"), functions().urlAuth(FUNCTION));

        functions().deleteUrl(FUNCTION);
        functions().deleteUrl(FUNCTION);
        assertEquals(Optional.empty(), functions().urlAuth(FUNCTION));
    }

    @Test
    protected void listsVersions() {
        create(FUNCTION.function());

        assertEquals(List.of("$LATEST"), functions().versions(FUNCTION.function()));
    }

    @Test
    protected void ofAFunctionThatIsNotThereEverythingIsEmpty() {
        assertEquals(Optional.empty(), functions().statement(NOBODYS, "agents"));
        assertEquals(Optional.empty(), functions().urlAuth(NOBODYS));
        assertEquals(List.of(), functions().versions(NOBODYS.function()));
        assertThrows(RuntimeException.class, () -> functions().setUrlAuth(NOBODYS, "AWS_IAM"));
    }
}
