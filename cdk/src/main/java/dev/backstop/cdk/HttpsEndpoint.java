package dev.backstop.cdk;

import dev.backstop.core.Urgency;
import dev.backstop.rules.Channels.Endpoint;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.constructs.Construct;

/** Any address that takes alerts as they are on the bus: the whole event, as docs/events.md tells. */
public final class HttpsEndpoint extends Construct {
    public HttpsEndpoint(Construct scope, String id, Endpoint endpoint, Set<Urgency> heard, GuardQueue undelivered) {
        super(scope, id);
        Destination destination = new Destination(
                this,
                "Destination",
                "https",
                endpoint.address(),
                endpoint.header(),
                endpoint.secret(),
                null,
                undelivered);
        destination.post("Rule", "", Map.of("urgency", words(heard)), null);
    }

    static List<String> words(Set<Urgency> heard) {
        return heard.stream().map(Urgency::word).sorted().toList();
    }
}
