package dev.backstop.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a call certainly created, and what the later call that does away with it names it. */
class ThingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ec2 | RunInstances | {} | {'instancesSet':{'items':[{'instanceId':'i-1'},{'instanceId':'i-2'}]}}"
                        + " | TerminateInstances | {'instancesSet':{'items':[{'instanceId':'i-2'}]}} | {}",
                "ec2 | CreateVolume | {} | {'volumeId':'vol-1'} | DeleteVolume | {'volumeId':'vol-1'} | {}",
                "ec2 | CreateNatGateway | {} | {'CreateNatGatewayResponse':{'natGateway':{'natGatewayId':'nat-1'}}}"
                        + " | DeleteNatGateway | {'DeleteNatGatewayRequest':{'NatGatewayId':'nat-1'}} | {}",
                "s3 | CreateBucket | {'bucketName':'b'} | null | DeleteBucket | {'bucketName':'b'} | null",
                "rds | CreateDBInstance | {} | {'dbiResourceId':'db-A'} | DeleteDBInstance | {} | {'dbiResourceId':'db-A'}",
                "rds | CreateDBSnapshot | {'dBSnapshotIdentifier':'Before'} | {} | DeleteDBSnapshot"
                        + " | {'dBSnapshotIdentifier':'before'} | {}",
                "ecs | CreateService | {'cluster':'arn:aws:ecs:eu-west-1:111122223333:cluster/c','serviceName':'s'} | {}"
                        + " | DeleteService | {'cluster':'c','service':'s'} | {}",
                "lambda | CreateFunction20150331 | {'functionName':'f'} | {'functionArn':'arn:f'}"
                        + " | DeleteFunction20150331 | {'functionName':'arn:f'} | null",
                "secretsmanager | CreateSecret | {'name':'s'} | null | DeleteSecret | {'secretId':'arn:s-1'} | {'name':'s'}",
                "ssm | PutParameter | {'name':'/a','overwrite':true} | {'version':1} | DeleteParameters"
                        + " | {'names':['/a']} | {}",
                "ecs | CreateCluster | {} | {'cluster':{'clusterName':'c','activeServicesCount':0,'runningTasksCount':0}}"
                        + " | DeleteCluster | {'cluster':'arn:aws:ecs:eu-west-1:1:cluster/c'} | {}",
                "cloudformation | CreateChangeSet | {'stackName':'s','changeSetType':'CREATE'} | {'stackId':'arn:s'}"
                        + " | DeleteStack | {'stackName':'arn:s'} | null",
                "ecs | RegisterTaskDefinition | {} | {'taskDefinition':{'taskDefinitionArn':'arn:x:task-definition/t:7'}}"
                        + " | DeregisterTaskDefinition | {'taskDefinition':'t:7'} | {}",
                "elasticloadbalancing | CreateTargetGroup | {} | {'targetGroups':[{'targetGroupArn':'a','loadBalancerArns':[]}]}"
                        + " | DeleteTargetGroup | {'targetGroupArn':'a'} | null",
                "elasticloadbalancing | CreateLoadBalancer | {}"
                        + " | {'loadBalancers':[{'loadBalancerArn':'arn:loadbalancer/app/n/i','createdTime':'Nov 20, 2026, 9:59:59 AM'}]}"
                        + " | DeleteListener | {'listenerArn':'arn:listener/app/n/i/l'} | null",
                "route53 | CreateHostedZone | {} | {'hostedZone':{'id':'/hostedzone/Z1'}} | DeleteHostedZone"
                        + " | {'id':'Z1'} | {}",
                "elasticloadbalancing | CreateLoadBalancer | {}"
                        + " | {'loadBalancers':[{'loadBalancerArn':'arn:l','createdTime':'Nov 20, 2026, 9:59:59 AM'}]}"
                        + " | DeleteLoadBalancer | {'loadBalancerArn':'arn:l'} | null"
            })
    void whatACallCreatedTheLaterCallRemoves(
            String service, String create, String request, String response, String remove, String its, String answer) {
        Set<Thing> created = Thing.createdBy(record(service, create, "eu-west-1", request, response, null));
        List<Set<Thing>> removed = Thing.removedBy(record(service, remove, "eu-west-1", its, answer, null));

        assertTrue(!removed.isEmpty() && removed.stream().anyMatch(created::containsAll), created + " " + removed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sqs | CreateQueue | {'queueName':'jobs'} | {'queueUrl':'https://q/jobs'}",
                "sns | CreateTopic | {'name':'t'} | {'topicArn':'arn:t'}",
                "ecs | CreateCluster | {} | {'cluster':{'clusterName':'c','activeServicesCount':3,'runningTasksCount':9}}",
                "cloudformation | CreateChangeSet | {'stackName':'s','changeSetType':'UPDATE'} | {'stackId':'arn:s'}",
                "elasticloadbalancing | CreateTargetGroup | {}"
                        + " | {'targetGroups':[{'targetGroupArn':'a','loadBalancerArns':['arn:l']}]}",
                "s3 | PutBucketPolicy | {'bucketName':'b'} | null",
                "ssm | PutParameter | {'name':'/a','overwrite':true} | {'version':7}",
                "ec2 | CreateSnapshot | {'volumeId':'vol-production'} | {}",
                "elasticloadbalancing | CreateLoadBalancer | {}"
                        + " | {'loadBalancers':[{'loadBalancerArn':'arn:l','createdTime':'Nov 2, 2024, 9:59:59 AM'}]}",
                "states | CreateStateMachine | {} | {'stateMachineArn':'arn:m','creationDate':'a long time ago'}"
            })
    void whatMayHaveBeenThereBeforeProvesNothing(String service, String call, String request, String response) {
        assertEquals(Set.of(), Thing.createdBy(record(service, call, "eu-west-1", request, response, null)));
    }

    /** Where CreateBucket answers 200 for a bucket that one has. */
    @Test
    void aBucketOfTheOldestRegionProvesNothing() {
        assertEquals(
                Set.of(),
                Thing.createdBy(record("s3", "CreateBucket", "us-east-1", "{'bucketName':'backups'}", "null", null)));
    }

    @Test
    void aFailedCallCreatesNothing() {
        assertEquals(
                Set.of(),
                Thing.createdBy(record("ec2", "CreateVolume", "eu-west-1", "{}", "{'volumeId':'v'}", "AccessDenied")));
    }

    @Test
    void anotherKindOrPlaceIsAnotherThing() {
        String name = "{'logGroupName':'orders'}";
        Set<Thing> group = Thing.createdBy(record("logs", "CreateLogGroup", "eu-west-1", name, "null", null));

        assertEquals(
                List.of(group), Thing.removedBy(record("logs", "DeleteLogGroup", "eu-west-1", name, "null", null)));
        assertTrue(Thing.removedBy(record("logs", "DeleteLogGroup", "eu-west-2", name, "null", null)).stream()
                .noneMatch(group::containsAll));
        assertTrue(
                Thing.removedBy(record("kinesis", "DeleteStream", "eu-west-1", "{'streamName':'orders'}", "null", null))
                        .stream()
                        .noneMatch(group::containsAll));
    }

    private static CloudTrailRecord record(
            String service, String call, String region, String request, String response, String error) {
        String json = """
                {"eventID":"e-1","eventTime":"2026-11-20T10:00:00Z","eventSource":"%s.amazonaws.com","eventName":"%s",
                 "awsRegion":"%s","recipientAccountId":"111122223333","userIdentity":{"type":"AssumedRole"},
                 "requestParameters":%s,"responseElements":%s%s}
                """.formatted(
                        service,
                        call,
                        region,
                        request.replace('\'', '"'),
                        response.replace('\'', '"'),
                        error == null ? "" : ",\"errorCode\":\"" + error + "\"");
        return CloudTrailRecord.of(Json.read(json), "test");
    }
}
