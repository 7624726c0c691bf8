package dev.backstop.remediations;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.backstop.core.Json;
import dev.backstop.core.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Steps as the journal keeps them from when a change is undone until a person wants it made again: each by its kind and its
 * fields, which hold what its plan holds and nothing else of the request.
 */
public final class KeptSteps {
    /** The kinds of steps that make something again, see {@link Step#again}. */
    static final Map<String, Class<? extends Step<?>>> KINDS = Stream.<Class<? extends Step<?>>>of(
                    RevokeGroupRules.class,
                    PutBackRules.class,
                    RestoreRuleValues.class,
                    RedescribeRules.class,
                    SetInstanceAttribute.class,
                    SetMetadataOptions.class,
                    SetInterfaceGroups.class,
                    SetInterfaceCheck.class,
                    SetInstanceProfile.class,
                    StopInstance.class,
                    StartInstance.class,
                    ChangeInstanceType.class,
                    RestoreBucketPolicy.class,
                    RestoreBucketAcl.class,
                    SetBucketBlock.class,
                    RestoreDatabaseSetting.class,
                    SwitchAccessKey.class,
                    ChangeAttachment.class,
                    RestoreInlinePolicy.class)
            .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, Function.identity()));

    private static final ObjectMapper MAPPER = Json.MAPPER
            .copy()
            .setVisibility(PropertyAccessor.ALL, Visibility.NONE)
            .setVisibility(PropertyAccessor.FIELD, Visibility.ANY)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .registerModule(new SimpleModule()
                    .addSerializer(new WritePolicy())
                    .addDeserializer(Optional.class, new ReadPolicy()));

    private KeptSteps() {}

    /** Steps as text. */
    public static String write(List<Step<?>> steps) {
        ArrayNode list = Json.MAPPER.createArrayNode();
        for (Step<?> step : steps) {
            String kind = step.getClass().getSimpleName();
            if (!KINDS.containsKey(kind)) {
                throw new IllegalArgumentException(kind + " is no kind of step that is kept: add it to KeptSteps");
            }
            list.addObject().put("kind", kind).set("fields", MAPPER.valueToTree(step));
        }
        return Json.write(list);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException when another version of Backstop wrote it, in which steps were something else
     */
    public static List<Step<?>> read(String text) {
        List<Step<?>> steps = new ArrayList<>();
        for (JsonNode item : Json.read(text)) {
            Class<? extends Step<?>> kind = KINDS.get(item.path("kind").asText());
            if (kind == null) {
                throw new IllegalArgumentException("this version of Backstop has no step " + item.path("kind"));
            }
            try {
                steps.add(MAPPER.treeToValue(item.required("fields"), kind));
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("this version of Backstop has another step " + item.path("kind"), e);
            }
        }
        return List.copyOf(steps);
    }

    /** The only thing that is optional in a step is a policy. */
    private static final class WritePolicy extends StdSerializer<Optional<?>> {
        private static final long serialVersionUID = 1L;

        WritePolicy() {
            super(Optional.class, false);
        }

        @Override
        public void serialize(Optional<?> value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeObject(value.orElse(null));
        }
    }

    /** Null is none. */
    private static final class ReadPolicy extends StdDeserializer<Optional<PolicyDocument>> {
        private static final long serialVersionUID = 1L;

        ReadPolicy() {
            super(Optional.class);
        }

        @Override
        public Optional<PolicyDocument> deserialize(JsonParser json, DeserializationContext context)
                throws IOException {
            return Optional.of(json.readValueAs(PolicyDocument.class));
        }

        @Override
        public Optional<PolicyDocument> getNullValue(DeserializationContext context) {
            return Optional.empty();
        }
    }
}
