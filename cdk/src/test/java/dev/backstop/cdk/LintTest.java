package dev.backstop.cdk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstop.cdk.BackstopApp.Home;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;

class LintTest {
    @Test
    void cfnLintFindsNothing(@TempDir Path assembly) throws IOException, InterruptedException {
        Tool lint = new Tool("cfn-lint").orSkip("pip install cfn-lint");
        App app = new App(AppProps.builder()
                .outdir(assembly.toString())
                .context(Synthesized.everything())
                .build());
        BackstopApp.build(app, new Home(Synthesized.ACCOUNT.id(), "eu-west-1"), Synthesized.CODE);
        new AgentRolesExample.TeamRoles(app, "TeamRoles");
        app.synth();
        // W3005: CDK names a dependency on a whole construct, some of whose resources are referred to as well.
        Tool.Result result = lint.run(
                assembly,
                Map.of(),
                "--ignore-checks",
                "W3005",
                "--",
                "BackstopStack.template.json",
                "BackstopGlobal.template.json",
                "Backstop-ap-southeast-2.template.json",
                "TeamRoles.template.json");
        assertEquals(0, result.status(), result.output());
    }
}
