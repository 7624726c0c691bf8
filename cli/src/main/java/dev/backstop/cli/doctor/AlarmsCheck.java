package dev.backstop.cli.doctor;

import dev.backstop.cli.doctor.Watched.Alarm;
import dev.backstop.core.Runbook;
import java.util.ArrayList;
import java.util.List;

/** Whether the guard's alarms are there and can tell, and which of them are red. */
record AlarmsCheck(Watched watched) {
    private static final String NAME = "alarms";

    /** Red for some minutes after every deployment; another one tells when it lasts. */
    private static final String TELLS_NOBODY = "backstop-heartbeat-silent";

    List<Check> look() {
        List<Alarm> alarms = watched.alarms("backstop-").stream()
                .filter(alarm -> !alarm.name().equals(TELLS_NOBODY))
                .toList();
        if (alarms.isEmpty()) {
            return List.of(Check.problem(NAME, "there is none", Doctor.DEPLOY));
        }
        List<Check> checks = new ArrayList<>();
        for (Alarm alarm : alarms) {
            if (alarm.red()) {
                checks.add(Check.problem(
                        NAME, alarm.name() + " is in ALARM since " + alarm.since(), "see " + section(alarm)));
            }
            if (!alarm.canTell()) {
                checks.add(Check.problem(
                        NAME,
                        alarm.name() + " tells nobody: its actions are switched off",
                        "aws cloudwatch enable-alarm-actions --alarm-names " + alarm.name()));
            }
        }
        return checks.isEmpty() ? List.of(Check.ok(NAME, "none of the " + alarms.size() + " is in ALARM")) : checks;
    }

    /** The stack writes the section of the runbook at the end of a description. */
    private static String section(Alarm alarm) {
        String last = alarm.description().substring(alarm.description().lastIndexOf(' ') + 1);
        return last.contains("#") ? last : Runbook.PAGE;
    }
}
