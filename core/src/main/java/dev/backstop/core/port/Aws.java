package dev.backstop.core.port;

/** What steps may read and change in one Region of one account. */
public interface Aws {
    SecurityGroups securityGroups();

    Instances instances();

    RolePolicies rolePolicies();

    AccessKeys accessKeys();
}
