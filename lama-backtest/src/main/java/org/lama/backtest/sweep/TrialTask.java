package org.lama.backtest.sweep;

import java.util.concurrent.CancellationException;
import java.util.function.IntFunction;
import org.lama.core.search.PortableTask;
import org.lama.core.search.TaskExecutor;

/** The evaluations of a batch: a task that travels if its function does. */
final class TrialTask implements TaskExecutor.Task<TrialFinding> {
    private final TrialFunction function;
    private final IntFunction<TrialCase> cases;

    private TrialTask(TrialFunction function, IntFunction<TrialCase> cases) {
        this.function = function;
        this.cases = cases;
    }

    static TaskExecutor.Task<TrialFinding> of(TrialFunction function, IntFunction<TrialCase> cases) {
        TrialTask here = new TrialTask(function, cases);
        return function.portable()
                .<TaskExecutor.Task<TrialFinding>>map(parts -> new Travelling(here, parts))
                .orElse(here);
    }

    @Override
    public TrialFinding run(int index) {
        return evaluate(function, cases.apply(index));
    }

    /** Whatever a strategy throws is the outcome of this trial, not the end of the sweep. */
    static TrialFinding evaluate(TrialFunction function, TrialCase wanted) {
        try {
            return function.attempt(wanted.parameters(), wanted.step(), wanted.wantsReturns());
        } catch (CancellationException interrupted) {
            throw interrupted;
        } catch (RuntimeException | StackOverflowError failed) {
            return TrialFinding.failed(failed, SweepTrial.FAILED);
        }
    }

    private record Travelling(TrialTask here, TrialFunction.Portable parts) implements PortableTask<TrialFinding> {
        @Override
        public TrialFinding run(int index) {
            return here.run(index);
        }

        @Override
        public String worker() {
            return parts.worker();
        }

        @Override
        public byte[] shared() {
            return parts.shared().get();
        }

        @Override
        public byte[] input(int index) {
            return TrialBytes.ofCase(here.cases.apply(index));
        }

        @Override
        public TrialFinding result(int index, byte[] output) {
            return TrialBytes.finding(output);
        }
    }
}
