package dev.backstop.cli.demo;

import dev.backstop.core.memory.SessionContext;
import dev.backstop.core.port.Aws;
import java.util.Set;

/** An AWS account that the day is played in: it holds what the script changes, and can be read back. */
interface World extends AutoCloseable {
    /** What a caller may do. */
    enum Access {
        ALLOWED,
        REFUSED,
        /** This world does not evaluate policies as IAM does, so nobody can tell. */
        NOT_CHECKABLE
    }

    /** How it is called on the screen: {@code the local AWS}. */
    String title();

    /** What Backstop reads and changes it through. */
    Aws aws();

    /** Makes a change as the caller of a record made it; names that the world gives out go into {@code names}. */
    void make(Change change, Names names);

    /** Whether IAM lets a session of a role make calls. */
    Access access(String roleName, SessionContext caller);

    /** The security groups there are. */
    Set<String> groups();

    /** The instances there are or were. */
    Set<String> instances();

    Set<String> roles();

    /** The databases there are or were, like the functions and buckets. */
    Set<String> databases();

    Set<String> functions();

    Set<String> buckets();

    /** Removes what it created. */
    @Override
    void close();
}
