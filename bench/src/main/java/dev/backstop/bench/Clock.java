package dev.backstop.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Three clocks, read together: the wall's, this thread's CPU time, and the whole process's, compilers included. */
record Clock(long wall, long thread, long process) {
    static Clock start() {
        return new Clock(
                System.nanoTime(),
                ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime(),
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime());
    }

    /** Prints how far the clocks have gone since. */
    void print(String what) {
        Clock now = start();
        System.out.println(
                what + " " + (now.wall - wall) + " " + (now.thread - thread) + " " + (now.process - process));
    }

    /** Reads what {@link #print} wrote behind its first word. */
    static Clock of(String line) {
        String[] parts = line.split(" ", -1);
        return new Clock(Long.parseLong(parts[1]), Long.parseLong(parts[2]), Long.parseLong(parts[3]));
    }
}
