package dev.backstop.core.memory;

import dev.backstop.core.Detection;
import dev.backstop.core.port.Detections;
import java.util.ArrayList;
import java.util.List;

/** Keeps what was handed over. */
public final class LocalDetections implements Detections {
    private final List<Detection> handed = new ArrayList<>();

    @Override
    public synchronized void hand(Detection detection) {
        handed.add(detection);
    }

    /** What was handed over, in that order. */
    public synchronized List<Detection> handed() {
        return List.copyOf(handed);
    }
}
