package dev.backstop.cli.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What one pass over a record's tokens tells, without making a tree of it: enough to know that nothing would come of it.
 * Whatever has a shape that a record seldom has is {@link #isPlain not plain}, and to be looked at in full.
 */
public final class Glance {
    private final Callers agents;
    private final Fields outer = new Fields();
    private final Fields inner = new Fields();
    private Fields call = outer;
    private boolean plain;

    Glance(Callers agents) {
        this.agents = agents;
    }

    /** Whether this is a record, or an event with one in it, whose fields can be relied on; nothing else counts if not. */
    public boolean isPlain() {
        return plain;
    }

    /** Whether the caller may be an agent. */
    public boolean byAgent() {
        return call.agent;
    }

    public String source() {
        return String.valueOf(call.source);
    }

    public String name() {
        return String.valueOf(call.name);
    }

    public boolean failed() {
        return call.failed;
    }

    /** When the call was made, in seconds since 1970. */
    public long second() {
        return call.second;
    }

    /** Reads the object whose first bracket is the parser's current token, to its last bracket. */
    void read(JsonParser parser) throws IOException {
        outer.clear();
        inner.clear();
        plain = true;
        fields(parser, outer, true);
        call = outer.envelope == Fields.WHOLE_ENVELOPE ? inner : outer;
        boolean bare = outer.envelope == 0;
        plain &= (bare || call == inner) && call.isRecord();
    }

    private void fields(JsonParser parser, Fields fields, boolean top) throws IOException {
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            switch (key) {
                case "eventName" -> fields.name = text(parser, value);
                case "eventSource" -> fields.source = text(parser, value);
                case "eventTime" -> fields.second = Seconds.of(parser, value);
                case "eventID" -> fields.id = hasText(parser, value);
                case "awsRegion" -> fields.region = hasText(parser, value);
                case "errorCode" -> {
                    plain &= value.isScalarValue();
                    fields.failed |= value != JsonToken.VALUE_NULL;
                }
                case "userIdentity" -> {
                    fields.identity = value == JsonToken.START_OBJECT;
                    if (fields.identity) {
                        identity(parser, fields);
                    }
                }
                case "detail-type" -> {
                    fields.envelope |= top ? Fields.TYPE : 0;
                    String type = text(parser, value);
                    plain &= !top || (type != null && type.endsWith(" via CloudTrail"));
                }
                case "source" -> fields.envelope |= top ? Fields.SOURCE : 0;
                case "detail" -> {
                    fields.envelope |= top ? Fields.DETAIL : 0;
                    if (top && value == JsonToken.START_OBJECT) {
                        fields(parser, inner, false);
                    }
                }
                // What wraps an event; see Event.
                case "event", "requestPayload" -> plain &= !top;
                default -> {}
            }
            parser.skipChildren();
        }
    }

    private void identity(JsonParser parser, Fields fields) throws IOException {
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (key.equals("arn")) {
                fields.agent |= agents.bySession(scalar(parser, value));
            } else if (key.equals("sessionContext")) {
                if (value == JsonToken.START_OBJECT) {
                    context(parser, fields);
                } else {
                    plain &= value.isScalarValue();
                }
            }
            parser.skipChildren();
        }
    }

    private void context(JsonParser parser, Fields fields) throws IOException {
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (key.equals("sourceIdentity")) {
                fields.agent |= agents.bySourceIdentity(scalar(parser, value));
            } else if (key.equals("sessionIssuer")) {
                if (value == JsonToken.START_OBJECT) {
                    issuer(parser, fields);
                } else {
                    plain &= value.isScalarValue();
                }
            }
            parser.skipChildren();
        }
    }

    private void issuer(JsonParser parser, Fields fields) throws IOException {
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (key.equals("arn")) {
                fields.agent |= agents.byRole(scalar(parser, value));
            }
            parser.skipChildren();
        }
    }

    /** A pattern enters lists, so a list where a name should be may match: it is not for here. */
    private @Nullable String scalar(JsonParser parser, JsonToken value) throws IOException {
        plain &= value.isScalarValue();
        return text(parser, value);
    }

    private static @Nullable String text(JsonParser parser, JsonToken value) throws IOException {
        return value == JsonToken.VALUE_STRING ? parser.getText() : null;
    }

    private static boolean hasText(JsonParser parser, JsonToken value) throws IOException {
        return value == JsonToken.VALUE_STRING && parser.getTextLength() > 0;
    }

    /** Of one object: of the outer one, or of the record that it wraps. */
    private static final class Fields {
        static final int TYPE = 1;
        static final int SOURCE = 2;
        static final int DETAIL = 4;
        static final int WHOLE_ENVELOPE = TYPE | SOURCE | DETAIL;

        @Nullable
        String name;

        @Nullable
        String source;

        long second;
        boolean id;
        boolean region;
        boolean identity;
        boolean failed;
        boolean agent;
        int envelope;

        void clear() {
            name = null;
            source = null;
            second = Seconds.NONE;
            id = false;
            region = false;
            identity = false;
            failed = false;
            agent = false;
            envelope = 0;
        }

        boolean isRecord() {
            return id
                    && region
                    && identity
                    && second != Seconds.NONE
                    && name != null
                    && !name.isEmpty()
                    && source != null
                    && !source.isEmpty();
        }
    }
}
