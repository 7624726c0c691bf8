package dev.backstop.core.port;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who may call Lambda functions, and which versions of them there are. */
public interface Functions {
    /** The statement of a resource policy that has this id, as JSON; empty when function or statement is not there. */
    Optional<String> statement(Place place, String statementId);

    /** Removes a statement of a resource policy. Fails when it is not there. */
    void removePermission(Place place, String statementId);

    /** Who may call the URL: {@code NONE} for everybody, or {@code AWS_IAM}; empty when there is no URL. */
    Optional<String> urlAuth(Place place);

    /** Changes who may call the URL. Fails when there is none. */
    void setUrlAuth(Place place, String authType);

    /** Removes the URL; none is success. */
    void deleteUrl(Place place);

    /** The versions of a function, {@code $LATEST} included; empty when the function is not there. */
    List<String> versions(String function);

    /**
     * What has a policy and a URL of its own.
     *
     * @param function its name or ARN
     * @param qualifier a version or an alias; null for the function itself
     */
    record Place(String function, @Nullable String qualifier) {
        /** {@code payment-webhook:live}. */
        public String words() {
            return qualifier == null ? function : function + ":" + qualifier;
        }
    }
}
