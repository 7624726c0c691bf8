package dev.backstop.cdk;

import dev.backstop.core.AgentSelector;
import java.util.List;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CliCredentialsStackSynthesizer;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.iam.ArnPrincipal;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.constructs.Construct;

/** The code of docs/agent-roles.md, which a test holds to it. */
final class AgentRolesExample {
    private AgentRolesExample() {}

    /** The team's app: roles for agents, and for what agents build. */
    static final class TeamRoles extends Stack {
        TeamRoles(Construct scope, String id) {
            super(scope, id);
            var vending = new ArnPrincipal("arn:aws:iam::111122223333:role/vending");

            AgentRole.readOnly(
                    this, "Reader", AgentRoleOptions.assumedBy(vending).named("reader"));

            AgentRole.readWrite(
                    this,
                    "Deployer",
                    AgentRoleOptions.assumedBy(vending)
                            .named("deployer")
                            .onlyInRegions("eu-west-1")
                            .onlyInstanceTypes("t3.micro", "t4g.*")
                            .with(PolicyStatement.Builder.create()
                                    .effect(Effect.DENY)
                                    .actions(List.of("rds:Delete*"))
                                    .resources(List.of("*"))
                                    .build()));

            Role.Builder.create(this, "Web")
                    .path(AgentRole.PATH)
                    .roleName("web")
                    .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                    .permissionsBoundary(AgentBoundary.deployed(this, "Boundary"))
                    .build();
        }
    }

    /** What an agent deploys: under a name of its own, with its own credentials, and with a role that is there already. */
    static final class Web extends Stack {
        Web(Construct scope) {
            super(
                    scope,
                    "by-agent-web",
                    StackProps.builder()
                            .synthesizer(CliCredentialsStackSynthesizer.Builder.create()
                                    .qualifier("agents")
                                    .build())
                            .build());
            var role = Role.fromRoleName(this, "Role", "agents/web");
            Function.Builder.create(this, "Function")
                    .runtime(Runtime.NODEJS_22_X)
                    .handler("index.handler")
                    .code(Code.fromInline("exports.handler = async () => 'ok'"))
                    .role(role)
                    .build();
        }
    }

    static void main() {
        App app = new App();
        new TeamRoles(app, "TeamRoles");
        UnboundedRoles.in(app.synth(), AgentSelector.DEFAULT).forEach(System.err::println);
    }
}
