package dev.backstop.functions.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.Alert;
import dev.backstop.core.Json;
import dev.backstop.core.Outcome;
import dev.backstop.core.contract.Samples;
import dev.backstop.functions.message.AlertText;
import dev.backstop.functions.message.Letterhead;
import dev.backstop.functions.message.Message;
import dev.backstop.functions.message.Schemas;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sent always fits, and loses nothing while it does. */
class SnsMessageTest {
    @Test
    void saysAllToPeopleAndMachines() {
        Message message = told(Samples.outcome(Outcome.Status.APPLIED, "gone"));

        JsonNode body = Json.read(SnsMessage.of(message).body());

        assertEquals(AlertText.body(message), body.path("email").asText());
        assertEquals(message.subject(), body.path("sms").asText());
        assertEquals(Json.write(message.json()), body.path("default").asText(), "queues, functions and others");
        assertEquals(
                "custom", Json.read(body.path("https").asText()).path("source").asText(), "Amazon Q Developer");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"1 | x", "10 | é", "1000 | \"", "1000 | '\t'", "1000 | 😀", "40 | “x”"})
    void leavesOutWhatDoesNotFitOfManyOutcomes(int count, String character) {
        Outcome outcome = Samples.outcome(Outcome.Status.FAILED, character.repeat(7_000));

        SnsMessage message =
                SnsMessage.of(told(Collections.nCopies(count, outcome).toArray(Outcome[]::new)));

        JsonNode body = Json.read(message.body());
        JsonNode machine = Json.read(body.path("default").asText());
        int bytes = message.body().getBytes(StandardCharsets.UTF_8).length;
        assertTrue(bytes <= SnsMessage.MOST, () -> bytes + " bytes");
        int leftOut = machine.path("outcomesLeftOut").asInt();
        assertEquals(count, machine.path("outcomes").size() + leftOut);
        assertTrue(!machine.path("outcomes").isEmpty(), "the first outcomes stay");
        assertEquals(List.of(), Schemas.mistakes("alert-2", machine));
        assertTrue(
                leftOut == 0 || body.path("email").asText().contains("* and " + leftOut + " more, which did not fit"));
        assertTrue(body.path("email").asText().contains("\nevent: "), "the end of the text stays too");
    }

    private static Message told(Outcome... outcomes) {
        Alert alert = Samples.alert(outcomes);
        return Message.of(alert, Letterhead.PLAIN);
    }
}
