package dev.backstop.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.Json;
import dev.backstop.core.port.Users;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Users} does. */
public abstract class UsersContract {
    private static final String USER = "eve";
    private static final String POLICY = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
            """;

    protected abstract Users users();

    /** Creates a user that can do nothing, and returns its unique id. */
    protected abstract String create(String userName);

    /** Sets a password for the console. */
    protected abstract void setPassword(String userName);

    /** Sets an inline policy. */
    protected abstract void putPolicy(String userName, String policyName, String document);

    /** Puts the user into a new group. */
    protected abstract void join(String userName, String groupName);

    @Test
    protected void tellsWhoTheUserIs() {
        String id = create(USER);

        assertEquals(Optional.of(id), users().id(USER));
    }

    @Test
    protected void takesThePasswordAway() {
        create(USER);
        assertEquals(Optional.empty(), users().passwordSince(USER));
        setPassword(USER);
        assertTrue(users().passwordSince(USER).isPresent());

        users().deletePassword(USER);
        users().deletePassword(USER);
        assertEquals(Optional.empty(), users().passwordSince(USER));
    }

    @Test
    protected void removesOneInlinePolicy() {
        create(USER);
        putPolicy(USER, "agents", POLICY);
        putPolicy(USER, "humans", POLICY);
        assertEquals(
                Optional.of(Json.read(POLICY)), users().policy(USER, "agents").map(Json::read));

        users().deletePolicy(USER, "agents");
        users().deletePolicy(USER, "agents");
        assertEquals(Set.of("humans"), users().policies(USER));
        assertEquals(Optional.empty(), users().policy(USER, "agents"));
    }

    @Test
    protected void leavesOneGroup() {
        create(USER);
        join(USER, "admins");
        join(USER, "readers");

        users().leave(USER, "admins");
        users().leave(USER, "admins");
        assertEquals(Set.of("readers"), users().groups(USER));
    }

    @Test
    protected void ofAUserThatIsNotThereEverythingIsEmpty() {
        assertEquals(Optional.empty(), users().id("nobody"));
        assertEquals(Optional.empty(), users().passwordSince("nobody"));
        assertEquals(Set.of(), users().policies("nobody"));
        assertEquals(Optional.empty(), users().policy("nobody", "agents"));
        assertEquals(Set.of(), users().groups("nobody"));
        users().deletePassword("nobody");
        users().deletePolicy("nobody", "agents");
        users().leave("nobody", "admins");
    }
}
