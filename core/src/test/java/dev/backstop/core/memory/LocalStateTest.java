package dev.backstop.core.memory;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.Json;
import dev.backstop.core.Mode;
import dev.backstop.core.contract.AlertChannelContract;
import dev.backstop.core.contract.ApprovalsContract;
import dev.backstop.core.contract.BaselinesContract;
import dev.backstop.core.contract.BreakerContract;
import dev.backstop.core.contract.ControlsContract;
import dev.backstop.core.contract.EventBusContract;
import dev.backstop.core.contract.ForgedTagsContract;
import dev.backstop.core.contract.IncidentsContract;
import dev.backstop.core.contract.JournalContract;
import dev.backstop.core.contract.RevocationsContract;
import dev.backstop.core.contract.SessionRegistryContract;
import dev.backstop.core.contract.TimelineContract;
import dev.backstop.core.port.AlertChannel;
import dev.backstop.core.port.Approvals;
import dev.backstop.core.port.Baselines;
import dev.backstop.core.port.Breaker;
import dev.backstop.core.port.Controls;
import dev.backstop.core.port.EventBus;
import dev.backstop.core.port.ForgedTags;
import dev.backstop.core.port.Incidents;
import dev.backstop.core.port.Journal;
import dev.backstop.core.port.Revocations;
import dev.backstop.core.port.SessionRegistry;
import dev.backstop.core.port.Timeline;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;

/** What the guard keeps in memory, and says there, is as the ports promise. */
class LocalStateTest {
    @Nested
    class JournalInMemory extends JournalContract {
        private @Nullable LocalJournal journal;

        @Override
        protected Journal journal(InstantSource clock) {
            if (journal == null) {
                journal = new LocalJournal(clock);
            }
            return journal;
        }

        @Override
        protected JsonNode entry(Journal held, String key) {
            return ((LocalJournal) held).entry(key).orElseThrow();
        }
    }

    @Nested
    class IncidentsInMemory extends IncidentsContract {
        private @Nullable LocalIncidents incidents;

        @Override
        protected synchronized Incidents incidents(InstantSource clock) {
            if (incidents == null) {
                incidents = new LocalIncidents(clock);
            }
            return incidents;
        }
    }

    @Nested
    class SessionRegistryInMemory extends SessionRegistryContract {
        private final LocalSessionRegistry registry = new LocalSessionRegistry();

        @Override
        protected SessionRegistry registry() {
            return registry;
        }
    }

    @Nested
    class TimelineInMemory extends TimelineContract {
        private final LocalTimeline timeline = new LocalTimeline();

        @Override
        protected Timeline timeline() {
            return timeline;
        }
    }

    @Nested
    class RevocationsInMemory extends RevocationsContract {
        private final LocalRevocations revocations = new LocalRevocations();

        @Override
        protected Revocations revocations() {
            return revocations;
        }
    }

    @Nested
    class ControlsInMemory extends ControlsContract {
        private final LocalControls controls = new LocalControls(Mode.OBSERVE);

        @Override
        protected Controls controls() {
            return controls;
        }
    }

    @Nested
    class AlertChannelInMemory extends AlertChannelContract {
        private final Outbox outbox = new Outbox();

        @Override
        protected AlertChannel channel() {
            return outbox;
        }

        @Override
        protected Set<JsonNode> received(int expected) {
            return outbox.alerts().stream()
                    .map(alert -> Json.read(Json.write(alert.toJson())))
                    .collect(Collectors.toSet());
        }
    }

    @Nested
    class EventBusInMemory extends EventBusContract {
        private final Outbox outbox = new Outbox();

        @Override
        protected EventBus bus() {
            return outbox;
        }

        @Override
        protected Set<EventBus.Event> received(int expected) {
            return Set.copyOf(outbox.events());
        }
    }

    @Nested
    class BaselinesInMemory extends BaselinesContract {
        private final LocalBaselines baselines = new LocalBaselines();

        @Override
        protected Baselines baselines() {
            return baselines;
        }
    }

    @Nested
    class BreakerInMemory extends BreakerContract {
        private final LocalBreaker breaker = new LocalBreaker();

        @Override
        protected Breaker breaker() {
            return breaker;
        }
    }

    @Nested
    class ForgedTagsInMemory extends ForgedTagsContract {
        private final LocalForgedTags forgedTags = new LocalForgedTags();

        @Override
        protected ForgedTags forgedTags() {
            return forgedTags;
        }
    }

    @Nested
    class ApprovalsInMemory extends ApprovalsContract {
        private final LocalApprovals approvals = new LocalApprovals();

        @Override
        protected Approvals approvals() {
            return approvals;
        }
    }
}
