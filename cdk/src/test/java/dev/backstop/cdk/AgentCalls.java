package dev.backstop.cdk;

import java.util.List;

/** Calls that an agent makes within the boundary, and what each must come to. */
final class AgentCalls {
    /** What agents are there for. */
    static final String WORK = """
            allowed | s3:PutObject                   | builds/app.zip
            allowed | s3:DeleteBucket                | builds
            allowed | s3:PutObject                   | cdk-agents-assets-123456789012-us-east-1/a.zip
            allowed | ec2:RunInstances               | instance/*
            allowed | ec2:CreateTags                 | instance/i-1 | aws:TagKeys=Name,project
            allowed | ec2:AuthorizeSecurityGroupIngress | security-group/sg-1
            allowed | lambda:CreateFunction          | function:web
            allowed | lambda:UpdateFunctionCode      | function:web
            allowed | lambda:CreateEventSourceMapping | * | lambda:FunctionArn=arn:aws:lambda:us-east-1:123456789012:function:web
            allowed | iam:PassRole                   | role/agents/web | iam:PassedToService=lambda.amazonaws.com
            allowed | iam:GetRole                    | role/agents/web
            allowed | iam:ListRoles                  | *
            allowed | iam:SimulatePrincipalPolicy    | role/agents/web
            allowed | iam:CreateServiceLinkedRole    | role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling
            allowed | sts:AssumeRole                 | role/agents/reader
            allowed | sts:TagSession                 | role/agents/reader | aws:TagKeys=agent-session
            allowed | sts:SetSourceIdentity          | role/agents/reader
            allowed | sts:GetCallerIdentity          | *
            allowed | cloudformation:CreateChangeSet | stack/by-agent-web/1
            allowed | cloudformation:UpdateStack     | stack/by-agent-web/1
            allowed | cloudformation:DeleteStack     | stack/by-agent-web/1
            allowed | cloudformation:UpdateStack     | stack/web/1 | cloudformation:RoleArn=arn:aws:iam::123456789012:role/agents/cfn
            allowed | cloudformation:ExecuteChangeSet | stack/by-agent-web/1
            allowed | cloudformation:DescribeStacks  | stack/web/1
            allowed | dynamodb:PutItem               | table/orders
            allowed | logs:GetLogEvents              | log-group:/aws/lambda/web:log-stream:1
            allowed | events:PutRule                 | rule/web
            allowed | events:PutEvents               | event-bus/default | events:source=web
            allowed | sns:Publish                    | web
            allowed | sqs:PurgeQueue                 | web
            allowed | cloudwatch:PutMetricData       | * | cloudwatch:namespace=Web
            allowed | cloudwatch:PutMetricAlarm      | alarm:web
            allowed | secretsmanager:GetSecretValue  | secret:web-1
            allowed | ssm:PutParameter               | parameter/web
            allowed | cloudtrail:LookupEvents        | *
            allowed | config:GetResourceConfigHistory | *
            allowed | organizations:DescribeOrganization | *
            """;

    /** Its own deny, its boundary, and new identities. */
    static final String IDENTITIES = """
            denied      | iam:PutRolePolicy          | role/agents/deployer
            denied      | iam:DeleteRolePolicy       | role/agents/deployer
            denied      | iam:AttachRolePolicy       | role/agents/deployer
            denied      | iam:DetachRolePolicy       | role/agents/deployer
            denied      | iam:PutRolePermissionsBoundary | role/agents/deployer
            denied      | iam:DeleteRolePermissionsBoundary | role/agents/deployer
            denied      | iam:UpdateAssumeRolePolicy | role/agent-deploy-role
            denied      | iam:TagRole                | role/agent-deploy-role | aws:TagKeys=agent-session
            denied      | iam:UntagRole              | role/agents/deployer
            denied      | iam:UpdateRole             | role/agents/deployer
            denied      | iam:DeleteRole             | role/backstop-revoke
            denied      | iam:PutRolePolicy          | role/cdk-hnb659fds-cfn-exec-role-123456789012-us-east-1
            denied      | iam:CreatePolicyVersion    | policy/agents/backstop-boundary
            denied      | iam:SetDefaultPolicyVersion | policy/agents/backstop-boundary
            denied      | iam:DeletePolicy           | policy/BackstopOnCall
            denied      | iam:CreateRole             | role/agents/new | iam:PermissionsBoundary=arn:aws:iam::123456789012:policy/agents/backstop-boundary
            not allowed | iam:CreateRole             | role/new
            not allowed | iam:CreateRole             | role/new | iam:PermissionsBoundary=arn:aws:iam::123456789012:policy/agents/backstop-boundary
            not allowed | iam:PutRolePolicy          | role/production
            not allowed | iam:CreateUser             | user/new
            not allowed | iam:CreateAccessKey        | user/maria
            not allowed | iam:CreateLoginProfile     | user/maria
            not allowed | iam:AddUserToGroup         | group/admins
            not allowed | iam:CreateOpenIDConnectProvider | oidc-provider/example.com
            not allowed | iam:AddRoleToInstanceProfile | instance-profile/web
            not allowed | iam:DeleteServiceLinkedRole | role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig
            """;

    /** The guard: restoring oneself, changing its code, its rules, its alerts, what it remembers. */
    static final String GUARD = """
            denied | lambda:InvokeFunction           | function:backstop-restore:live
            denied | lambda:InvokeFunction           | function:backstop-respond:live
            denied | lambda:UpdateFunctionCode       | function:backstop-revoke
            denied | lambda:UpdateFunctionConfiguration | function:backstop-respond
            denied | lambda:UpdateAlias              | function:backstop-revoke:live
            denied | lambda:DeleteFunction           | function:backstop-drill
            denied | lambda:AddPermission            | function:backstop-restore
            denied | lambda:PutFunctionConcurrency   | function:backstop-revoke
            denied | lambda:DeleteFunctionEventInvokeConfig | function:backstop-respond
            denied | lambda:UpdateEventSourceMapping | event-source-mapping:1 | lambda:FunctionArn=arn:aws:lambda:us-east-1:123456789012:function:backstop-sessions:live
            denied | lambda:DeleteEventSourceMapping | event-source-mapping:1 | lambda:FunctionArn=arn:aws:lambda:us-east-1:123456789012:function:backstop-sessions
            denied | events:DisableRule              | rule/backstop-role-policy-changed
            denied | events:PutRule                  | rule/backstop-role-policy-changed
            denied | events:PutTargets               | rule/backstop-sessions
            denied | events:RemoveTargets            | rule/backstop-sessions
            denied | events:DeleteRule               | rule/backstop-forward-calls
            denied | events:PutPermission            | *
            denied | events:UpdateEventBus           | event-bus/default
            denied | events:PutEvents                | event-bus/default | events:source=backstop
            denied | events:PutEvents                | event-bus/default | events:source=web,backstop
            denied | sns:Publish                     | backstop-alerts
            denied | sns:Subscribe                   | backstop-alerts
            denied | sns:Unsubscribe                 | backstop-alerts
            denied | sns:SetTopicAttributes          | backstop-alerts
            denied | sns:DeleteTopic                 | backstop-alerts
            denied | sqs:PurgeQueue                  | backstop-activity
            denied | sqs:SendMessage                 | backstop-activity
            denied | sqs:ReceiveMessage              | backstop-undelivered
            denied | sqs:SetQueueAttributes          | backstop-undelivered
            denied | dynamodb:DeleteItem             | table/backstop
            denied | dynamodb:PartiQLUpdate          | table/backstop
            denied | dynamodb:UpdateTimeToLive       | table/backstop
            denied | dynamodb:DeleteBackup           | table/backstop/backup/1
            denied | logs:DeleteLogGroup             | log-group:/aws/lambda/backstop-revoke
            denied | logs:DeleteLogStream            | log-group:/aws/lambda/backstop-revoke:log-stream:1
            denied | logs:PutAccountPolicy           | *
            denied | cloudwatch:DeleteAlarms         | alarm:backstop-respond-errors
            denied | cloudwatch:DisableAlarmActions  | alarm:backstop-undelivered-not-empty
            denied | cloudwatch:SetAlarmState        | alarm:backstop-undelivered-not-empty
            denied | logs:DeleteMetricFilter         | log-group:/aws/lambda/backstop-revoke
            denied | cloudwatch:PutMetricData        | * | cloudwatch:namespace=Backstop
            denied | kms:DeleteAlias                 | alias/backstop-guard
            denied | kms:DisableKey                  | key/1 | kms:ResourceAliases=alias/backstop-guard
            denied | kms:ScheduleKeyDeletion         | key/1 | kms:ResourceAliases=alias/other,alias/backstop-guard
            denied | kms:PutKeyPolicy                | key/1 | kms:ResourceAliases=alias/backstop-guard
            denied | scheduler:DeleteSchedule        | schedule/default/backstop-drill
            denied | secretsmanager:PutSecretValue   | secret:backstop-slack-1
            denied | ssm:PutParameter                | parameter/backstop/mode
            denied | s3:DeleteObject                 | backstop-trail-123456789012-1/AWSLogs/1.json.gz
            denied | s3:PutBucketPolicy              | backstop-trail-123456789012-1
            denied | cloudformation:DeleteStack      | stack/BackstopStack/1 | cloudformation:RoleArn=arn:aws:iam::123456789012:role/agents/cfn
            denied | cloudformation:ExecuteChangeSet | stack/BackstopGlobal/1
            denied | cloudformation:SetStackPolicy   | stack/BackstopStack/1
            denied | iam:PassRole                    | role/backstop-revoke
            denied | sts:AssumeRole                  | role/backstop-revoke
            """;

    /** What the guard learns from. */
    static final String RECORDS = """
            denied | cloudtrail:StopLogging          | trail/management
            denied | cloudtrail:DeleteTrail          | trail/management
            denied | cloudtrail:UpdateTrail          | trail/management
            denied | cloudtrail:PutEventSelectors    | trail/management
            denied | cloudtrail:PutInsightSelectors  | trail/management
            denied | config:StopConfigurationRecorder | *
            denied | config:DeleteConfigurationRecorder | *
            denied | config:PutConfigurationRecorder | *
            denied | config:DisassociateResourceTypes | *
            denied | config:DeleteDeliveryChannel    | *
            denied | config:DeleteConfigRule         | config-rule/config-rule-1
            denied | config:PutEvaluations           | *
            """;

    /** Becoming somebody whom neither boundary nor selector follows. */
    static final String OTHERS = """
            denied      | sts:AssumeRole             | role/admin
            denied      | sts:AssumeRole             | role/agent-deploy-role
            denied      | sts:AssumeRole             | arn:aws:iam::999988887777:role/agents/reader
            denied      | sts:AssumeRole             | role/cdk-hnb659fds-deploy-role-123456789012-us-east-1
            denied      | sts:AssumeRole             | role/cdk-agents-deploy-role-123456789012-us-east-1
            denied      | iam:PassRole               | role/admin
            denied      | iam:PassRole               | role/cdk-hnb659fds-cfn-exec-role-123456789012-us-east-1
            not allowed | sts:GetWebIdentityToken    | *
            not allowed | sts:AssumeRoot             | arn:aws:iam::123456789012:root
            denied      | cloudformation:UpdateStack | stack/web/1
            denied      | cloudformation:UpdateStack | stack/web/1 | cloudformation:RoleArn=arn:aws:iam::123456789012:role/admin
            denied      | cloudformation:CreateStack | stack/web/1
            denied      | cloudformation:DeleteStack | stack/web/1
            denied      | cloudformation:CreateChangeSet | stack/web/1
            denied      | cloudformation:ContinueUpdateRollback | stack/web/1
            denied      | cloudformation:UpdateStackSet | stackset/web:1
            denied      | cloudformation:CreateStackInstances | stackset/web:1
            denied      | cloudformation:CreateChangeSet | stack/CDKToolkit/1 | cloudformation:RoleArn=arn:aws:iam::123456789012:role/agents/cfn
            denied      | s3:PutObject               | cdk-hnb659fds-assets-123456789012-us-east-1/guard.zip
            denied      | ecr:PutImage               | repository/cdk-hnb659fds-container-assets-123456789012-us-east-1
            denied      | ssm:PutParameter           | parameter/cdk-bootstrap/hnb659fds/version
            not allowed | organizations:LeaveOrganization | *
            not allowed | organizations:DetachPolicy | arn:aws:organizations::123456789012:policy/o-1/service_control_policy/p-1
            not allowed | account:CloseAccount       | arn:aws:account::123456789012:account
            not allowed | sso:CreateAccountAssignment | arn:aws:sso:::instance/ssoins-1
            """;

    /** What softens an alert. */
    static final String EXEMPTIONS = """
            denied | ec2:CreateTags       | instance/i-1        | aws:TagKeys=backstop:exempt
            denied | ec2:CreateTags       | instance/i-1        | aws:TagKeys=Name,backstop:exempt
            denied | ec2:DeleteTags       | instance/i-1        | aws:TagKeys=backstop:exempt
            denied | ec2:RunInstances     | instance/*          | aws:TagKeys=backstop:exempt
            denied | tag:TagResources     | *                   | aws:TagKeys=backstop:exempt
            denied | tag:UntagResources   | *                   | aws:TagKeys=backstop:exempt
            denied | lambda:TagResource   | function:web        | aws:TagKeys=backstop:exempt
            denied | lambda:CreateFunction | function:web       | aws:TagKeys=backstop:exempt
            denied | rds:AddTagsToResource | db:orders          | aws:TagKeys=backstop:exempt
            denied | s3:TagResource       | builds              | aws:TagKeys=backstop:exempt
            denied | dynamodb:TagResource | table/orders        | aws:TagKeys=backstop:exempt
            denied | cloudformation:CreateChangeSet | stack/by-agent-web/1 | aws:TagKeys=backstop:exempt
            denied | sts:TagSession       | role/agents/reader  | aws:TagKeys=backstop:exempt
            """;

    static final List<String> ALL = List.of(WORK, IDENTITIES, GUARD, RECORDS, OTHERS, EXEMPTIONS);

    private AgentCalls() {}
}
