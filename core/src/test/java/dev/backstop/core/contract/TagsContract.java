package dev.backstop.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstop.core.Resource;
import dev.backstop.core.port.Tags;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every implementation of {@link Tags} does. */
public abstract class TagsContract {
    protected static final String REGION = "us-east-1";
    protected static final String ACCOUNT = "123456789012";
    private static final Map<String, String> EXEMPT = Map.of("backstop:exempt", "2026-12-01T10:00Z", "team", "web");

    protected abstract Tags tags();

    /** Makes something of a type with these tags as its owner would, and returns its id or name. */
    protected abstract String make(String type, Map<String, String> tags);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AWS::EC2::SecurityGroup",
                "AWS::EC2::Instance",
                "AWS::S3::Bucket",
                "AWS::RDS::DBInstance",
                "AWS::Lambda::Function"
            })
    protected void tellsAllTagsOfWhatHasSome(String type) {
        assertEquals(EXEMPT, tags().of(resource(type, make(type, EXEMPT))));
        assertEquals(Map.of(), tags().of(resource(type, make(type, Map.of()))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AWS::EC2::SecurityGroup",
                "AWS::S3::Bucket",
                "AWS::RDS::DBInstance",
                "AWS::Lambda::Function",
                "AWS::IAM::Role"
            })
    protected void tellsNoneOfWhatIsGoneOrNotAskedFor(String type) {
        assertEquals(Map.of(), tags().of(resource(type, "gone-0123456789")));
    }

    private static Resource resource(String type, String id) {
        return new Resource(type, id, REGION, ACCOUNT);
    }
}
