package org.lama.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Arrays;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/**
 * Our side of a comparison with another program: {@code PeerTask [--cold] FILE REPETITIONS BUDGET_SECONDS TASK...} prints
 * one line of JSON for each task, with the names that the peers' scripts use. {@code cpu_min} and {@code cpu_med} are the CPU
 * seconds of one call on the calling thread, which does all the work (of the whole process for work on several threads); {@code cpu_process_mean} divides the CPU time of
 * the whole process, with compiler and garbage collector, by the calls (its clock ticks in steps of 10 ms).
 *
 * <p>Each task is first repeated for half of the budget (CPU seconds) and then measured until the repetitions or the budget are used
 * up, at least once. With {@code --cold} there is no such warm-up and no budget: exactly the repetitions are run. Exit code 0, or 2 with a message for a wrong argument or an unreadable file.
 *
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
public final class PeerTask {
    private static final double NANO = 1e-9;
    private static final int FIXED_ARGUMENTS = 3;

    private final PeerWork work;
    private final int repetitions;
    private final double budgetSeconds;
    private final boolean cold;

    private PeerTask(PeerWork work, int repetitions, double budgetSeconds, boolean cold) {
        this.work = work;
        this.repetitions = Check.atLeast(repetitions, 1, "repetitions");
        this.budgetSeconds = Check.notNegative(budgetSeconds, "budget");
        this.cold = cold;
    }

    /**
     * Runs the tasks.
     *
     * @param args perhaps {@code --cold}, then file, repetitions, seconds, tasks
     */
    public static void main(String[] args) {
        int code = run(args, System.out, System.err);
        if (code != 0) {
            System.exit(code);
        }
    }

    static int run(String[] given, PrintStream out, PrintStream err) {
        boolean cold = given.length > 0 && given[0].equals("--cold");
        String[] args = cold ? Arrays.copyOfRange(given, 1, given.length) : given;
        if (args.length <= FIXED_ARGUMENTS) {
            err.println("usage: PeerTask [--cold] FILE REPETITIONS BUDGET_SECONDS TASK...");
            return 2;
        }
        try {
            int repetitions = Integer.parseInt(args[1]);
            double budget = Double.parseDouble(args[2]);
            for (int k = FIXED_ARGUMENTS; k < args.length; k++) {
                PeerWork work = PeerWork.named(args[k], Path.of(args[0]));
                out.println(Documents.compactJson(new PeerTask(work, repetitions, budget, cold).measure(args[k])));
                out.flush();
            }
            return 0;
        } catch (IllegalArgumentException | IOException failure) {
            err.println("PeerTask: " + failure);
            return 2;
        }
    }

    /** Clocks of one moment: wall, calling thread, whole process. */
    private record Moment(long wall, long thread, long process) {
        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
        private static final OperatingSystemMXBean SYSTEM =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

        static Moment now() {
            return new Moment(System.nanoTime(), THREADS.getCurrentThreadCpuTime(), SYSTEM.getProcessCpuTime());
        }

        double wallSince(Moment start) {
            return (wall - start.wall) * NANO;
        }

        double threadSince(Moment start) {
            return (thread - start.thread) * NANO;
        }

        double processSince(Moment start) {
            return (process - start.process) * NANO;
        }
    }

    private Node measure(String task) {
        int warm = cold ? 0 : warmUp();
        double[] wall = new double[repetitions];
        double[] cpu = new double[wall.length];
        int calls = 0;
        Node.Fields shown = Node.object();
        Moment start = Moment.now();
        Moment end = start;
        while (calls == 0 || (calls < wall.length && (cold || end.wallSince(start) < budgetSeconds))) {
            Node.Fields result = Node.object();
            Moment before = Moment.now();
            work.run(result);
            end = Moment.now();
            wall[calls] = end.wallSince(before);
            cpu[calls++] = work.threads() == 1 ? end.threadSince(before) : end.processSince(before);
            shown = result;
        }
        double process = end.processSince(start);
        Node.Fields line = Node.object()
                .put("lib", "lama")
                .put("task", task)
                .put("n", work.size())
                .put("threads", work.threads())
                .put("reps", calls)
                .put("warm_reps", warm)
                .put("wall_min", least(wall, calls))
                .put("wall_med", median(wall, calls))
                .put("cpu_min", least(cpu, calls))
                .put("cpu_med", median(cpu, calls))
                .put("cpu_process_mean", process / calls);
        Node result = shown.build();
        for (String name : result.names()) {
            line.put(name, result.get(name));
        }
        if (result.has("windows")) {
            double whole = result.get("windows").asDouble() / work.units();
            line.put("cpu_total_extrapolated", process / calls * whole);
        }
        return line.build();
    }

    /** The same call for half of the budget in CPU seconds, so that a busy machine does not cut the warm-up short. */
    private int warmUp() {
        int calls = 0;
        Moment start = Moment.now();
        do {
            work.run(Node.object());
            calls++;
        } while (spent(start) < budgetSeconds / 2);
        return calls;
    }

    private double spent(Moment start) {
        Moment now = Moment.now();
        return work.threads() == 1 ? now.threadSince(start) : now.processSince(start);
    }

    private static double least(double[] values, int count) {
        return Arrays.stream(values, 0, count).min().orElseThrow();
    }

    private static double median(double[] values, int count) {
        double[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return 0.5 * (sorted[(count - 1) / 2] + sorted[count / 2]);
    }
}
