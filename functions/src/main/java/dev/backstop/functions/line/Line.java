package dev.backstop.functions.line;

import dev.backstop.core.port.AlertChannel;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.Controls;
import dev.backstop.core.port.EventBus;
import dev.backstop.core.port.History;
import dev.backstop.core.port.IamReverts;
import dev.backstop.core.port.Journal;
import dev.backstop.core.port.KillSwitch;
import dev.backstop.core.port.SessionRegistry;
import dev.backstop.core.port.Timeline;
import java.util.function.Function;

/**
 * Everything the responder reaches the world through.
 *
 * @param regions the AWS of a Region, by its name
 */
public record Line(
        Function<String, Aws> regions,
        SessionRegistry sessions,
        Timeline timeline,
        Journal journal,
        Controls controls,
        History history,
        KillSwitch killSwitch,
        IamReverts iamReverts,
        Restraints restraints,
        AlertChannel alerts,
        EventBus bus) {}
