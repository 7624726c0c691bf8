package dev.backstop.functions.sdk;

import dev.backstop.core.contract.TablesContract;
import dev.backstop.core.port.Tables;
import dev.backstop.functions.MotoServer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Tables over the SDK. */
class SdkTablesTest extends TablesContract {
    private final DynamoDbClient dynamoDb = MotoServer.fresh().clients().dynamoDb();

    @Override
    protected Tables tables() {
        return new SdkTables(dynamoDb);
    }

    @Override
    protected void create(String table) {
        KeySchemaElement key = KeySchemaElement.builder()
                .attributeName("id")
                .keyType(KeyType.HASH)
                .build();
        AttributeDefinition id = AttributeDefinition.builder()
                .attributeName("id")
                .attributeType(ScalarAttributeType.S)
                .build();
        dynamoDb.createTable(request -> request.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(key)
                .attributeDefinitions(id));
    }

    @Override
    protected String backUp(String table, String name) {
        return dynamoDb.createBackup(request -> request.tableName(table).backupName(name))
                .backupDetails()
                .backupArn();
    }

    @Override
    protected void delete(String table) {
        dynamoDb.deleteTable(request -> request.tableName(table));
    }
}
