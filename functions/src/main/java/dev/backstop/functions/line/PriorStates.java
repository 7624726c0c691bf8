package dev.backstop.functions.line;

import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.PriorState;
import dev.backstop.core.Resource;
import dev.backstop.core.baseline.Baseline;
import dev.backstop.core.baseline.Watched;
import dev.backstop.core.port.Baselines;
import dev.backstop.core.port.History;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What resources looked like, from the baselines that Backstop keeps, and from AWS Config where those say nothing; what the
 * baselines know of changes holds for what Config has captured, too.
 */
public final class PriorStates implements History {
    /**
     * How long after a call everything that was done before it is taken to be known. Records come in no order, and nobody
     * promises when; the few of them that matter here, changes of one resource just before an agent's, come in seconds.
     */
    public static final Duration TOLD_WITHIN = Duration.ofSeconds(10);

    private final Baselines baselines;
    private final History config;
    private final InstantSource clock;
    private final Pause pause;

    public PriorStates(Baselines baselines, History config, InstantSource clock, Pause pause) {
        this.baselines = baselines;
        this.config = config;
        this.clock = clock;
        this.pause = pause;
    }

    @Override
    public Optional<PriorState> before(Resource resource, Instant instant) {
        return before(resource, instant, null);
    }

    @Override
    public Optional<PriorState> before(Resource resource, CloudTrailRecord call) {
        return before(resource, call.eventTime(), call.eventId());
    }

    private Optional<PriorState> before(Resource resource, Instant call, @Nullable String eventId) {
        if (!Watched.isMarked(resource.type())) {
            return config.before(resource, call);
        }
        Duration left = Duration.between(clock.instant(), call.plus(TOLD_WITHIN));
        if (left.isPositive()) {
            pause.of(left);
        }
        Baseline baseline = baselines.of(resource, call.plus(Baseline.AROUND));
        return baseline.before(call, eventId).or(() -> baseline.wantedUntil(call, eventId)
                .flatMap(until -> config.before(resource, until))
                .filter(item -> baseline.trusts(item.capturedAt(), call, eventId)));
    }
}
