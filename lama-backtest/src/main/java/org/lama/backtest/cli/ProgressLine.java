package org.lama.backtest.cli;

import java.io.Console;
import java.io.PrintStream;
import java.io.PrintWriter;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.walkforward.StudyMonitor;

/** Progress on standard error: a bar with the remaining time on a terminal, a line for every tenth elsewhere. */
final class ProgressLine implements StudyMonitor, AutoCloseable {
    /** That of the process as it was at the start: later what strategies print may be kept off it. */
    private final PrintStream screen = System.err;

    private final PrintWriter err;
    private final boolean terminal;
    private @Nullable ProgressBar bar;
    private String stage = "";
    private int tenth;

    ProgressLine(PrintWriter err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    static boolean onTerminal() {
        return isTerminal(System.console());
    }

    /** From JDK 22 on there is a console also where there is no terminal, and a method that tells. */
    private static boolean isTerminal(@Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException older) {
            return true;
        }
    }

    @Override
    public synchronized void progress(String name, int done, int total) {
        if (!name.equals(stage)) {
            endStage();
            stage = name;
            tenth = 0;
            if (terminal) {
                bar = new ProgressBarBuilder()
                        .setTaskName(name)
                        .setInitialMax(total)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUpdateIntervalMillis(200)
                        .setConsumer(new ConsoleProgressBarConsumer(screen))
                        .build();
            }
        }
        if (bar != null) {
            bar.stepTo(done);
        } else if (total > 0 && (long) done * 10 / total > tenth) {
            tenth = (int) ((long) done * 10 / total);
            err.println(name + ": " + done + " of " + total);
        }
    }

    @Override
    public boolean cancelled() {
        return Interrupt.isRaised();
    }

    /** Takes the bar of the stage in hand off the terminal, so that what follows starts on a line of its own. */
    synchronized void endStage() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }

    @Override
    public void close() {
        endStage();
    }
}
