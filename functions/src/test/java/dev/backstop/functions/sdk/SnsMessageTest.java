package dev.backstop.functions.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.Alert;
import dev.backstop.core.Json;
import dev.backstop.core.Outcome;
import dev.backstop.core.contract.Samples;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent always fits, and loses nothing while it does. */
class SnsMessageTest {
    private static final Outcome OUTCOME = Samples.outcome(Outcome.Status.FAILED, "“x”\n".repeat(2_000));

    @Test
    void saysAllToPeopleAndMachines() {
        Alert alert = Samples.alert(Samples.outcome(Outcome.Status.APPLIED, "gone"));

        JsonNode body = Json.read(SnsMessage.of(alert, "subject", "line\nline").body());

        assertEquals("line\nline", body.path("email").asText());
        assertEquals("subject", body.path("sms").asText());
        assertEquals(Json.write(alert.toJson()), body.path("default").asText(), "queues, functions, HTTPS and others");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "é", "\"", "\n", "\u0001", "😀"})
    void cutsALongText(String character) {
        SnsMessage message = SnsMessage.of(Samples.alert(), "subject", character.repeat(300_000));

        String text = Json.read(message.body()).path("email").asText();
        int bytes = bytes(message);
        assertTrue(bytes <= SnsMessage.MOST, () -> bytes + " bytes");
        assertTrue(bytes > SnsMessage.MOST * 9 / 10, () -> "cut too much: " + bytes + " bytes are left");
        assertTrue(text.endsWith(character + "..."), () -> "ends in " + text.substring(text.length() - 8));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 1_000})
    void leavesOutWhatDoesNotFitOfManyOutcomes(int count) {
        Alert alert = Samples.alert(Collections.nCopies(count, OUTCOME).toArray(Outcome[]::new));

        SnsMessage message = SnsMessage.of(alert, "subject", "text".repeat(100_000));

        JsonNode machine = Json.read(Json.read(message.body()).path("default").asText());
        assertTrue(bytes(message) <= SnsMessage.MOST, () -> bytes(message) + " bytes");
        assertEquals(
                count,
                machine.path("outcomes").size()
                        + machine.path("outcomesLeftOut").asInt());
        assertTrue(!machine.path("outcomes").isEmpty(), "the first outcomes stay");
        assertEquals(Alert.SCHEMA, machine.path("schema").asText());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CRITICAL: opened | CRITICAL: opened",
                "'  two\r\n\tlines ' | two lines",
                "Überweisung → x | ?berweisung ? x",
                "'' | Backstop"
            })
    void makesASubjectThatSnsTakes(String given, String sent) {
        assertEquals(sent, SnsMessage.of(Samples.alert(), given, "text").subject());
    }

    @Test
    void cutsALongSubject() {
        String subject = SnsMessage.of(Samples.alert(), "x".repeat(100), "text").subject();

        assertEquals("x".repeat(96) + "...", subject);
    }

    private static int bytes(SnsMessage message) {
        return message.body().getBytes(StandardCharsets.UTF_8).length;
    }
}
