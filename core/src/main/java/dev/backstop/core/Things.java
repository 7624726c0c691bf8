package dev.backstop.core;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which calls create things, where their records name them, and which calls do away with things of the same kind. A call
 * that may meet what is there already ({@code CreateQueue}, {@code CreateTopic}, {@code PutBucketPolicy}…) is not here,
 * or only with a proof that it did not.
 */
final class Things {
    /** What shows that a call created something and did not meet it. */
    enum Proof {
        /** That it succeeded: it fails where there is one. */
        CALL,
        /** That it was made elsewhere. */
        NOT_IN_US_EAST_1,
        /** That what it wrote is the first version. */
        FIRST_VERSION,
        /** That the response says so, by a time. */
        JUST_CREATED,
        /** That it asks for a stack that is not there yet, and fails where there is one. */
        NEW_STACK,
        /** That nothing is in it or uses it: then it does not matter which of the two it was. */
        EMPTY
    }

    /**
     * One way in which a call names a thing.
     *
     * @param path into the record; several joined by {@code +} where only all of them together are a name
     * @param evidence the path of what proves it; the name's own where the call does
     */
    record Way(String kind, String path, Proof proof, String evidence) {}

    /**
     * Kind, {@code +} or {@code -} and the calls, the paths of its names (q: request, r: response), a proof. Where a call
     * has several lines, each is another name of the same thing.
     */
    private static final String TABLE = """
            instance            + ec2:RunInstances r.instancesSet.items.instanceId
            instance            - ec2:TerminateInstances,ec2:StopInstances q.instancesSet.items.instanceId
            instance            - ec2:ModifyInstanceAttribute q.instanceId
            volume              + ec2:CreateVolume r.volumeId
            volume              - ec2:DeleteVolume q.volumeId
            snapshot            + ec2:CreateSnapshot,ec2:CopySnapshot r.snapshotId
            snapshot            - ec2:DeleteSnapshot q.snapshotId
            image               + ec2:CreateImage,ec2:CopyImage,ec2:RegisterImage r.imageId
            image               - ec2:DeregisterImage q.imageId
            vpc                 + ec2:CreateVpc r.vpc.vpcId
            vpc                 - ec2:DeleteVpc q.vpcId
            subnet              + ec2:CreateSubnet r.subnet.subnetId
            subnet              - ec2:DeleteSubnet q.subnetId
            route-table         + ec2:CreateRouteTable r.routeTable.routeTableId
            route-table         - ec2:DeleteRouteTable q.routeTableId
            gateway             + ec2:CreateInternetGateway r.internetGateway.internetGatewayId
            gateway             - ec2:DeleteInternetGateway q.internetGatewayId
            nat                 + ec2:CreateNatGateway r.CreateNatGatewayResponse.natGateway.natGatewayId
            nat                 - ec2:DeleteNatGateway q.DeleteNatGatewayRequest.NatGatewayId
            endpoint            + ec2:CreateVpcEndpoint r.CreateVpcEndpointResponse.vpcEndpoint.vpcEndpointId
            endpoint            - ec2:DeleteVpcEndpoints q.DeleteVpcEndpointsRequest.VpcEndpointId.content
            endpoint            - ec2:DeleteVpcEndpoints q.DeleteVpcEndpointsRequest.VpcEndpointId
            address             + ec2:AllocateAddress r.allocationId
            address             - ec2:ReleaseAddress q.allocationId
            peering             + ec2:CreateVpcPeeringConnection r.vpcPeeringConnection.vpcPeeringConnectionId
            peering             - ec2:DeleteVpcPeeringConnection q.vpcPeeringConnectionId
            vpn                 + ec2:CreateVpnConnection r.vpnConnection.vpnConnectionId
            vpn                 - ec2:DeleteVpnConnection q.vpnConnectionId
            bucket              + s3:CreateBucket q.bucketName NOT_IN_US_EAST_1
            bucket              - s3:DeleteBucket,s3:PutBucketLifecycle,s3:PutBucketVersioning q.bucketName
            table               + dynamodb:CreateTable,dynamodb:RestoreTableFromBackup r.tableDescription.tableId
            table               + dynamodb:RestoreTableToPointInTime r.tableDescription.tableId
            table               - dynamodb:DeleteTable,dynamodb:UpdateTable r.tableDescription.tableId
            table-name          + dynamodb:CreateTable q.tableName
            table-name          - dynamodb:UpdateContinuousBackups,dynamodb:UpdateTimeToLive q.tableName
            table-backup        + dynamodb:CreateBackup r.backupDetails.backupArn
            table-backup        - dynamodb:DeleteBackup q.backupArn
            db-instance         + rds:CreateDBInstance,rds:CreateDBInstanceReadReplica r.dbiResourceId
            db-instance         + rds:RestoreDBInstanceFromDBSnapshot,rds:RestoreDBInstanceToPointInTime r.dbiResourceId
            db-instance         - rds:DeleteDBInstance,rds:StopDBInstance,rds:ModifyDBInstance r.dbiResourceId
            db-cluster          + rds:CreateDBCluster,rds:RestoreDBClusterFromSnapshot r.dbClusterResourceId
            db-cluster          + rds:RestoreDBClusterToPointInTime r.dbClusterResourceId
            db-cluster          - rds:DeleteDBCluster,rds:StopDBCluster,rds:ModifyDBCluster r.dbClusterResourceId
            db-snapshot         + rds:CreateDBSnapshot q.dBSnapshotIdentifier
            db-snapshot         + rds:CopyDBSnapshot q.targetDBSnapshotIdentifier
            db-snapshot         - rds:DeleteDBSnapshot q.dBSnapshotIdentifier
            db-cluster-snapshot + rds:CreateDBClusterSnapshot q.dBClusterSnapshotIdentifier
            db-cluster-snapshot + rds:CopyDBClusterSnapshot q.targetDBClusterSnapshotIdentifier
            db-cluster-snapshot - rds:DeleteDBClusterSnapshot q.dBClusterSnapshotIdentifier
            warehouse           + redshift:CreateCluster,redshift:RestoreFromClusterSnapshot q.clusterIdentifier
            warehouse           - redshift:DeleteCluster q.clusterIdentifier
            cache-group         + elasticache:CreateReplicationGroup q.replicationGroupId
            cache-group         - elasticache:DeleteReplicationGroup q.replicationGroupId
            cache               + elasticache:CreateCacheCluster q.cacheClusterId
            cache               - elasticache:DeleteCacheCluster q.cacheClusterId
            serverless-cache    + elasticache:CreateServerlessCache q.serverlessCacheName
            serverless-cache    - elasticache:DeleteServerlessCache q.serverlessCacheName
            kubernetes          + eks:CreateCluster q.name
            kubernetes          - eks:DeleteCluster q.name
            kubernetes          - eks:DeleteNodegroup,eks:DeleteFargateProfile,eks:UpdateNodegroupConfig q.name
            kubernetes          - eks:DeleteNodegroup,eks:DeleteFargateProfile,eks:UpdateNodegroupConfig q.clusterName
            node-group          + eks:CreateNodegroup q.name+q.nodegroupName
            node-group          + eks:CreateNodegroup q.clusterName+q.nodegroupName
            node-group          - eks:DeleteNodegroup,eks:UpdateNodegroupConfig q.name+q.nodegroupName
            node-group          - eks:DeleteNodegroup,eks:UpdateNodegroupConfig q.clusterName+q.nodegroupName
            service             + ecs:CreateService q.cluster+q.serviceName
            service             - ecs:DeleteService,ecs:UpdateService q.cluster+q.service
            load-balancer       + elasticloadbalancing:CreateLoadBalancer r.loadBalancers.loadBalancerArn JUST_CREATED r.loadBalancers.createdTime
            load-balancer       - elasticloadbalancing:DeleteLoadBalancer q.loadBalancerArn
            function            + lambda:CreateFunction20150331 q.functionName
            function            + lambda:CreateFunction20150331 r.functionArn
            function            - lambda:DeleteFunction20150331,lambda:PutFunctionConcurrency20171031 q.functionName
            event-source        + lambda:CreateEventSourceMapping20150331 r.uUID
            event-source        - lambda:DeleteEventSourceMapping20150331,lambda:UpdateEventSourceMapping20150331 q.uUID
            alias               + lambda:CreateAlias20150331 q.functionName+q.name
            alias               - lambda:DeleteAlias20150331 q.functionName+q.name
            log-group           + logs:CreateLogGroup q.logGroupName
            log-group           - logs:DeleteLogGroup q.logGroupName
            secret              + secretsmanager:CreateSecret q.name
            secret              - secretsmanager:DeleteSecret q.secretId
            secret              - secretsmanager:DeleteSecret r.name
            key                 + kms:CreateKey r.keyMetadata.keyId
            key                 + kms:CreateKey r.keyMetadata.arn
            key                 - kms:ScheduleKeyDeletion,kms:DisableKey q.keyId
            parameter           + ssm:PutParameter q.name FIRST_VERSION r.version
            parameter           - ssm:DeleteParameter q.name
            parameter           - ssm:DeleteParameters q.names
            zone                + route53:CreateHostedZone r.hostedZone.id
            zone                - route53:DeleteHostedZone q.id
            zone                - route53:ChangeResourceRecordSets q.hostedZoneId
            stack               + cloudformation:CreateStack q.stackName
            stack               + cloudformation:CreateStack r.stackId
            stack               - cloudformation:DeleteStack,cloudformation:UpdateTerminationProtection q.stackName
            machine             + states:CreateStateMachine r.stateMachineArn JUST_CREATED r.creationDate
            machine             - states:DeleteStateMachine q.stateMachineArn
            file-system         + elasticfilesystem:CreateFileSystem r.fileSystemId
            file-system         - elasticfilesystem:DeleteFileSystem q.fileSystemId
            repository          + ecr:CreateRepository q.repositoryName
            repository          - ecr:DeleteRepository,ecr:BatchDeleteImage q.repositoryName
            stream              + kinesis:CreateStream q.streamName
            stream              - kinesis:DeleteStream q.streamName
            user-pool           + cognito-idp:CreateUserPool r.userPool.id
            user-pool           - cognito-idp:DeleteUserPool q.userPoolId
            rest-api            + apigateway:CreateRestApi,apigateway:ImportRestApi r.id
            rest-api            - apigateway:DeleteRestApi,apigateway:DeleteStage q.restApiId
            http-api            + apigateway:CreateApi,apigateway:ImportApi r.apiId
            http-api            - apigateway:DeleteApi,apigateway:DeleteStage q.apiId
            search-domain       + es:CreateDomain q.domainName
            search-domain       - es:DeleteDomain q.domainName
            scaling-group       + autoscaling:CreateAutoScalingGroup q.autoScalingGroupName
            scaling-group       - autoscaling:DeleteAutoScalingGroup,autoscaling:UpdateAutoScalingGroup q.autoScalingGroupName
            scaling-group       - autoscaling:SetDesiredCapacity q.autoScalingGroupName
            distribution        + cloudfront:CreateDistribution r.distribution.id
            distribution        - cloudfront:DeleteDistribution,cloudfront:UpdateDistribution q.id
            stack               + cloudformation:CreateChangeSet q.stackName NEW_STACK q.changeSetType
            stack               + cloudformation:CreateChangeSet r.stackId NEW_STACK q.changeSetType
            load-balancer       - elasticloadbalancing:DeleteListener q.listenerArn
            target-group        + elasticloadbalancing:CreateTargetGroup r.targetGroups.targetGroupArn EMPTY r.targetGroups.loadBalancerArns
            target-group        - elasticloadbalancing:DeleteTargetGroup q.targetGroupArn
            cluster             + ecs:CreateCluster r.cluster.clusterName EMPTY r.cluster.activeServicesCount+r.cluster.runningTasksCount+r.cluster.registeredContainerInstancesCount
            cluster             - ecs:DeleteCluster q.cluster
            task-definition     + ecs:RegisterTaskDefinition r.taskDefinition.taskDefinitionArn
            task-definition     - ecs:DeregisterTaskDefinition q.taskDefinition
            route-table         - ec2:DeleteRoute q.routeTableId
            key-alias           + kms:CreateAlias q.aliasName
            key-alias           - kms:DeleteAlias q.aliasName
            log-group           - logs:DeleteRetentionPolicy,logs:DeleteLogStream q.logGroupName
            security-group      + ec2:CreateSecurityGroup r.groupId
            security-group      - ec2:DeleteSecurityGroup q.groupId
            interface           + ec2:CreateNetworkInterface r.networkInterface.networkInterfaceId
            interface           - ec2:DeleteNetworkInterface q.networkInterfaceId
            launch-template     + ec2:CreateLaunchTemplate r.CreateLaunchTemplateResponse.launchTemplate.launchTemplateId
            launch-template     - ec2:DeleteLaunchTemplate q.DeleteLaunchTemplateRequest.LaunchTemplateId
            key-pair            + ec2:CreateKeyPair,ec2:ImportKeyPair r.keyPairId
            key-pair            + ec2:CreateKeyPair,ec2:ImportKeyPair q.keyName
            key-pair            - ec2:DeleteKeyPair q.keyPairId
            key-pair            - ec2:DeleteKeyPair q.keyName
            db-subnet-group     + rds:CreateDBSubnetGroup q.dBSubnetGroupName
            db-subnet-group     - rds:DeleteDBSubnetGroup q.dBSubnetGroupName
            db-parameter-group  + rds:CreateDBParameterGroup q.dBParameterGroupName
            db-parameter-group  - rds:DeleteDBParameterGroup q.dBParameterGroupName
            role                + iam:CreateRole q.roleName
            role                - iam:DeleteRole,iam:DeleteRolePolicy,iam:DetachRolePolicy q.roleName
            policy              + iam:CreatePolicy r.policy.arn
            policy              - iam:DeletePolicy,iam:DeletePolicyVersion q.policyArn
            instance-profile    + iam:CreateInstanceProfile q.instanceProfileName
            instance-profile    - iam:DeleteInstanceProfile,iam:RemoveRoleFromInstanceProfile q.instanceProfileName
            bucket              - s3:DeleteBucketPolicy,s3:DeleteBucketEncryption,s3:DeleteBucketTagging q.bucketName
            function            - lambda:RemovePermission20150331v2,lambda:DeleteFunctionUrlConfig q.functionName
            service-discovery   + servicediscovery:CreateService r.service.id
            service-discovery   - servicediscovery:DeleteService q.id
            """;

    private static final Map<String, List<Way>> CREATED = ways("+");
    private static final Map<String, List<Way>> REMOVED = ways("-");

    private Things() {}

    static List<Way> created(String call) {
        return CREATED.getOrDefault(call, List.of());
    }

    static List<Way> removed(String call) {
        return REMOVED.getOrDefault(call, List.of());
    }

    private static Map<String, List<Way>> ways(String sign) {
        record Entry(String call, Way way) {}
        return TABLE.lines()
                .map(line -> line.split(" +"))
                .filter(row -> row[1].equals(sign))
                .flatMap(row -> List.of(row[2].split(",")).stream().map(call -> new Entry(call, way(row))))
                .collect(Collectors.groupingBy(
                        Entry::call, Collectors.mapping(Entry::way, Collectors.toUnmodifiableList())));
    }

    private static Way way(String[] row) {
        String path = whole(row[3]);
        return new Way(
                row[0],
                path,
                row.length > 4 ? Proof.valueOf(row[4]) : Proof.CALL,
                row.length > 5 ? whole(row[5]) : path);
    }

    private static String whole(String path) {
        return path.replaceAll("\\bq\\.", "requestParameters.").replaceAll("\\br\\.", "responseElements.");
    }
}
