package dev.backstop.bench;

/** List prices in US dollars of us-east-1, as of November 2026, beyond any free tier. */
final class Prices {
    private static final double MILLION = 1e6;

    /** Arm, first tier; SnapStart costs nothing on Java. https://aws.amazon.com/lambda/pricing/ */
    static final double GB_SECOND = 0.0000133334;

    /** https://aws.amazon.com/lambda/pricing/ */
    static final double INVOCATION = 0.20 / MILLION;

    /** One KB, on demand. https://aws.amazon.com/dynamodb/pricing/on-demand/ */
    static final double WRITE = 0.625 / MILLION;

    /** 4 KB, consistent, on demand. https://aws.amazon.com/dynamodb/pricing/on-demand/ */
    static final double READ = 0.125 / MILLION;

    /** 64 KB; events of AWS services cost nothing. https://aws.amazon.com/eventbridge/pricing/ */
    static final double CUSTOM_EVENT = 1.00 / MILLION;

    /** 64 KB. https://aws.amazon.com/sns/pricing/ */
    static final double PUBLISH = 0.50 / MILLION;

    /** One delivery. https://aws.amazon.com/sns/pricing/ */
    static final double EMAIL = 2.00 / 100_000;

    /** A standard queue. https://aws.amazon.com/sqs/pricing/ */
    static final double QUEUE_CALL = 0.40 / MILLION;

    /** Ingestion. https://aws.amazon.com/cloudwatch/pricing/ */
    static final double LOG_BYTE = 0.50 / 1e9;

    /** A standard alarm for a month. https://aws.amazon.com/cloudwatch/pricing/ */
    static final double ALARM = 0.10;

    /** An alarm on other alarms for a month. https://aws.amazon.com/cloudwatch/pricing/ */
    static final double COMPOSITE_ALARM = 0.50;

    /**
     * A dashboard for a month; an account's first three, with up to 50 metrics each, are free.
     * https://aws.amazon.com/cloudwatch/pricing/
     */
    static final double DASHBOARD = 3.00;

    /** A customer-managed key for a month, before rotations. https://aws.amazon.com/kms/pricing/ */
    static final double KEY = 1.00;

    /** A custom metric that has a value in every hour of a month. https://aws.amazon.com/cloudwatch/pricing/ */
    static final double METRIC = 0.30;

    /** Recorded continuously. https://aws.amazon.com/config/pricing/ */
    static final double CONFIG_ITEM = 0.003;

    /** Of one resource by one rule, first tier. https://aws.amazon.com/config/pricing/ */
    static final double CONFIG_EVALUATION = 0.001;

    private Prices() {}
}
