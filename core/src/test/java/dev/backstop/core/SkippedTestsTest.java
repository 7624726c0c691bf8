package dev.backstop.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class SkippedTestsTest {
    @Test
    void saysWhichWereNotRunAndWhy() {
        List<String> lines = new ArrayList<>();
        LauncherConfig alone = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .build();
        LauncherFactory.create(alone)
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(Examples.class))
                                .build(),
                        new SkippedTests(lines::add));
        assertEquals(
                List.of(
                        "Not run: SkippedTestsTest$Examples (2): nothing to ask here",
                        "Not run: SkippedTestsTest$Examples (1): the server cannot show it"),
                lines);
    }

    /** Not found by its name, only run by the test above. */
    static class Examples {
        @Test
        void runs() {}

        @Test
        void one() {
            Assumptions.assumeTrue(false, "skipped: nothing to ask here");
        }

        @Test
        void another() {
            Assumptions.assumeTrue(false, "nothing to ask here");
        }

        @Test
        @Disabled("the server cannot show it")
        void switchedOff() {}
    }
}
