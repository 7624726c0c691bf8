package dev.backstop.core.memory;

import dev.backstop.core.Exemption;
import dev.backstop.core.Mode;
import dev.backstop.core.port.Controls;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The operators' switches in memory. */
public final class LocalControls implements Controls {
    private final Map<String, Mode> byRule = new HashMap<>();
    private final Map<String, Exemption> exemptions = new HashMap<>();
    private Mode all;

    public LocalControls(Mode all) {
        this.all = all;
    }

    @Override
    public synchronized Modes modes() {
        return new Modes(all, byRule);
    }

    @Override
    public synchronized void set(Mode mode) {
        all = mode;
    }

    @Override
    public synchronized void set(String ruleId, Mode mode) {
        byRule.put(ruleId, mode);
    }

    @Override
    public synchronized List<Exemption> exemptions() {
        return List.copyOf(exemptions.values());
    }

    @Override
    public synchronized void keep(Exemption exemption) {
        exemptions.put(exemption.id(), exemption);
    }
}
