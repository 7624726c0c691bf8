package dev.backstop.cdk;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Json;
import dev.backstop.remediations.Remediations;
import dev.backstop.rules.Configuration;
import dev.backstop.rules.RuleBook;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.App;
import software.amazon.awscdk.DefaultStackSynthesizer;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.StackProps;

/** The CDK app that cdk.json runs; started in the folder of that file. */
public final class BackstopApp {
    private static final String FILE = "cdk.json";
    private static final String REGIONS = "context.regions";

    private BackstopApp() {}

    /** Ends with status 2, and one line that says what to mend, when the context or a rule is wrong. */
    public static void main(String[] arguments) {
        try {
            App app = new App();
            Home home = new Home(System.getenv("CDK_DEFAULT_ACCOUNT"), System.getenv("CDK_DEFAULT_REGION"));
            build(app, home, FunctionCode.in(Path.of("functions", "target")));
            UnboundedRoles.in(app.synth(), configuration(app).agents()).forEach(System.err::println);
        } catch (BadInputException e) {
            System.err.println("backstop: " + e.getMessage());
            System.exit(2);
        }
    }

    /** Adds the stacks to an app, as its context says. */
    static BackstopStack build(App app, Home home, FunctionCode code) {
        Configuration configuration = configuration(app);
        RuleBook book = RuleBook.catalogue(configuration, Remediations.ids());
        BackstopStack stack =
                new BackstopStack(app, "BackstopStack", home.props(home.region()), configuration, book, code);
        for (String region : outposts(configuration, home.region())) {
            String name = region.equals(OutpostStack.GLOBAL) ? "BackstopGlobal" : "Backstop-" + region;
            stack.addStackDependency(
                    new OutpostStack(app, name, home.props(region), configuration, String.valueOf(home.region())));
        }
        return stack;
    }

    /** The Regions that report to the home Region: where global services do, and the further ones that are watched. */
    private static Set<String> outposts(Configuration configuration, @Nullable String home) {
        List<String> further = configuration.deployment().regions();
        if (home == null) {
            if (!further.isEmpty()) {
                throw new BadInputException(
                        FILE, REGIONS, "need a home Region that is known, to report to it: set AWS_REGION");
            }
            return Set.of();
        }
        if (further.contains(home)) {
            throw new BadInputException(
                    FILE, REGIONS, "names " + home + ", the home Region, which is watched in any case: leave it out");
        }
        Set<String> outposts = new LinkedHashSet<>();
        if (!home.equals(OutpostStack.GLOBAL)) {
            outposts.add(OutpostStack.GLOBAL);
        }
        outposts.addAll(further);
        return outposts;
    }

    private static Configuration configuration(App app) {
        JsonNode context = Json.MAPPER.valueToTree(app.getNode().getAllContext());
        return Configuration.of(context, FILE);
    }

    /** The account and the Region that are deployed to, as far as the CDK command knows them. */
    record Home(@Nullable String account, @Nullable String region) {
        StackProps props(@Nullable String region) {
            return StackProps.builder()
                    .env(Environment.builder().account(account).region(region).build())
                    // The CDK command checks the bootstrap's version by itself; moto cannot update a stack with the
                    // parameter.
                    .synthesizer(DefaultStackSynthesizer.Builder.create()
                            .generateBootstrapVersionRule(false)
                            .build())
                    // CloudFormation takes 1 MB, and of a template this wide two fifths would be spaces.
                    .suppressTemplateIndentation(true)
                    .description("Backstop: sees and undoes what AI coding agents do wrong in this account")
                    .build();
        }
    }
}
