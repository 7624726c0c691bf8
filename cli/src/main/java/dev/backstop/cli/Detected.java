package dev.backstop.cli;

import dev.backstop.core.Detection;
import java.util.List;
import java.util.Optional;

/**
 * What came of one event.
 *
 * @param detections one a rule that matches, in the order of the rules' ids
 * @param counted the call, where it counts in some rule's window
 */
record Detected(List<Detection> detections, Optional<SessionWindows.Call> counted) {}
