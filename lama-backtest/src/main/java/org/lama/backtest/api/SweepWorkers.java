package org.lama.backtest.api;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.lama.backtest.sweep.SweepIdentity;
import org.lama.backtest.sweep.SweepMonitor;
import org.lama.backtest.walkforward.StudyMonitor;
import org.lama.core.search.TaskExecutor;

/** Where trials, and what follows them, are computed; the latter cannot travel. */
record SweepWorkers(TaskExecutor trials, TaskExecutor threads, StudyMonitor monitor) {
    boolean isFar() {
        return !trials.equals(threads);
    }

    /** The threads, reporting a stage; Ctrl-C ends it. */
    TaskExecutor stage(String name) {
        return new TaskExecutor() {
            @Override
            public <T> List<T> map(int count, Task<T> task, Progress progress) {
                return threads.map(count, task, (done, total) -> {
                    monitor.progress(name, done, total);
                    progress.finished(done, total);
                    if (monitor.cancelled()) {
                        throw new CancellationException("interrupted in " + name);
                    }
                });
            }
        };
    }

    /** Reports the trials, and counts each batch in the ledger before it is evaluated. */
    SweepMonitor ofTrials(SweepLedger ledger, SweepLedger.Window window, int batch) {
        return new SweepMonitor() {
            @Override
            public void begins(SweepIdentity identity, long upTo, long planned) throws IOException {
                ledger.begins(identity, batch, upTo, planned, window);
            }

            @Override
            public void progress(long done, long planned) {
                monitor.progress("trials", (int) done, (int) planned);
            }

            @Override
            public boolean cancelled() {
                return monitor.cancelled();
            }
        };
    }
}
