package dev.backstop.core.port;

import dev.backstop.core.Detection;

/** Hands over what was detected elsewhere than on the bus, to be answered as everything that is detected on it. */
public interface Detections {
    /** Returns once the detection is certain to be answered; handing over the same one again changes nothing. */
    void hand(Detection detection);
}
