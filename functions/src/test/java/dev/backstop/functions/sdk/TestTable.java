package dev.backstop.functions.sdk;

import dev.backstop.functions.MotoServer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The table as the stack makes it, on a local AWS. */
public final class TestTable {
    private TestTable() {}

    public static BackstopTable create() {
        return create(MotoServer.fresh().clients());
    }

    /**
     * For several threads: DynamoDB checks an item's condition and writes it in one go, moto now and then lets another call
     * in between, so each call waits for the one before.
     */
    public static BackstopTable atomic() {
        BackstopTable table = create();
        DynamoDbClient inTurn = (DynamoDbClient) Proxy.newProxyInstance(
                TestTable.class.getClassLoader(), new Class<?>[] {DynamoDbClient.class}, (proxy, method, arguments) -> {
                    synchronized (proxy) {
                        return answer(table.client(), method, arguments);
                    }
                });
        return new BackstopTable(inTurn, table.name());
    }

    private static @Nullable Object answer(DynamoDbClient client, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(client, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    public static BackstopTable create(SdkClients clients) {
        DynamoDbClient client = clients.dynamoDb();
        client.createTable(request -> request.tableName("backstop")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(string(BackstopTable.PK), string(BackstopTable.SK))
                .keySchema(key(BackstopTable.PK, KeyType.HASH), key(BackstopTable.SK, KeyType.RANGE)));
        return new BackstopTable(client, "backstop");
    }

    private static AttributeDefinition string(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }
}
