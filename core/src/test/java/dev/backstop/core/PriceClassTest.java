package dev.backstop.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prices by size and family, beside what AWS's price list says for on-demand Linux in us-east-1. */
class PriceClassTest {
    @ParameterizedTest
    @CsvSource({
        "t3.micro, 0.0104",
        "t3.medium, 0.0416",
        "m7i.large, 0.1008",
        "c7i.4xlarge, 0.714",
        "r7i.8xlarge, 2.117",
        "m7i.metal-48xl, 9.677",
        "i4i.4xlarge, 1.373",
        "g5.xlarge, 1.006",
        "p4d.24xlarge, 32.77",
        "p5.48xlarge, 98.32",
        "x2idn.16xlarge, 6.669"
    })
    void isRightWithinAFactorOfThree(String type, double listPrice) {
        double price = PriceClass.of(type);

        assertTrue(listPrice / 3 < price && price < listPrice * 3, type + ": " + price + ", list price " + listPrice);
    }

    @ParameterizedTest
    @CsvSource({"t3", "''", "db", "m7i.huge"})
    void whatIsNoTypeCostsNothing(String type) {
        assertEquals(0, PriceClass.of(type));
    }

    @Test
    void countsEveryInstanceAndEveryZone() {
        double one = PriceClass.of("m7i.large");
        String two = "{'instancesSet':{'items':[{'instanceType':'m7i.large'},{'instanceType':'m7i.large'}]}}";

        assertEquals(2 * one, PriceClass.dollarsAnHour(call("ec2", "RunInstances", "{}", two)), 1e-9);
        String zones = "{'dBInstanceClass':'db.m7i.large','multiAZ':true}";
        String zone = "{'dBInstanceClass':'db.m7i.large'}";
        assertEquals(
                2 * PriceClass.dollarsAnHour(call("rds", "CreateDBInstance", zone, "{}")),
                PriceClass.dollarsAnHour(call("rds", "CreateDBInstance", zones, "{}")),
                1e-9);
        assertEquals(0, PriceClass.dollarsAnHour(call("s3", "CreateBucket", "{}", "{}")));
    }

    private static CloudTrailRecord call(String service, String name, String request, String response) {
        return Records.call(service, name, request.replace('\'', '"'), response.replace('\'', '"'));
    }
}
