package dev.backstop.functions.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstop.core.Mode;
import dev.backstop.core.contract.ControlsContract;
import dev.backstop.core.contract.TestClock;
import dev.backstop.core.port.Controls;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The operators' switches in DynamoDB. */
class DynamoControlsTest extends ControlsContract {
    private final BackstopTable table = TestTable.create();
    private final TestClock clock = new TestClock();
    private final Controls controls = new DynamoControls(table, clock);

    @Override
    protected Controls controls() {
        return controls;
    }

    @Test
    void seesWhatAnotherProcessSwitchedWithinTenSeconds() {
        Controls other = new DynamoControls(table, clock);
        assertEquals(Mode.OBSERVE, controls.modes().all());
        other.set(Mode.ENFORCE);

        clock.pass(Duration.ofMillis(9_999));
        assertEquals(Mode.OBSERVE, controls.modes().all());
        clock.pass(Duration.ofMillis(1));
        assertEquals(Mode.ENFORCE, controls.modes().all());
    }
}
