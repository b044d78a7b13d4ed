package org.lama.backtest.cli;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C: raises a flag that long work polls, and holds the process until the work has written what it has, at most
 * {@value #GRACE_SECONDS} seconds.
 */
final class Interrupt {
    private static final int GRACE_SECONDS = 60;
    private static final AtomicBoolean RAISED = new AtomicBoolean();
    private static final CountDownLatch FINISHED = new CountDownLatch(1);

    private Interrupt() {}

    /** From now on Ctrl-C asks the work to stop instead of ending the process at once. */
    static Thread arm(PrintWriter err) {
        Thread hook = new Thread(() -> raise(err), "lama-interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
        return hook;
    }

    /** Ctrl-C ends the process again. */
    static void disarm(Thread hook) {
        if (!RAISED.get()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException shuttingDown) {
                RAISED.set(true);
            }
        }
    }

    private static void raise(PrintWriter err) {
        RAISED.set(true);
        err.println("Interrupted: what is finished is kept; this can take a few seconds.");
        try {
            boolean done = FINISHED.await(GRACE_SECONDS, TimeUnit.SECONDS);
            if (!done) {
                Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
            }
        } catch (InterruptedException again) {
            Thread.currentThread().interrupt();
        }
    }

    static boolean isRaised() {
        return RAISED.get();
    }

    static void finished() {
        FINISHED.countDown();
    }
}
