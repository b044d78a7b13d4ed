package org.lama.backtest.api;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.lama.backtest.strategies.Blueprint;
import org.lama.backtest.strategies.Strategies;
import org.lama.backtest.sweep.EngineTrials;
import org.lama.backtest.sweep.SweepResult;
import org.lama.backtest.sweep.SweepTrial;
import org.lama.backtest.sweep.TrialFinding;
import org.lama.backtest.sweep.TrialFunction;

/**
 * Runs a few trials again, each with the strategy's code loaded anew: a strategy that keeps something in a static field sees in
 * its second run what the first one saw later. Source files and jars get a new class loader for each trial; classes of this
 * process, which have only one, are run again as they are.
 */
final class SweepAgain {
    private static final int SAMPLED = 2;

    private final SweepRequest request;
    private final SweepResult result;

    SweepAgain(SweepRequest request, SweepResult result) {
        this.request = request;
        this.result = result;
    }

    /** Makes trials whose strategy has no past. */
    interface Afresh {
        EngineTrials trials() throws IOException;
    }

    /**
     * Refuses a sweep whose trials do not stand alone.
     *
     * @throws IllegalArgumentException if a trial has another result by itself, naming it
     */
    void requireSame(Afresh afresh) throws IOException {
        if (isOurs()) {
            return;
        }
        for (SweepTrial trial : chosen()) {
            EngineTrials fresh = afresh.trials();
            double value;
            TrialFinding.Figures figures;
            try {
                TrialFinding found = fresh.run(trial.parameters(), TrialFunction.ALL, false);
                value = found.value();
                figures = found.figures();
            } catch (CancellationException interrupted) {
                throw interrupted;
            } catch (RuntimeException failed) {
                value = Double.NaN;
                figures = TrialFinding.Figures.NONE;
            }
            if (Double.compare(value, trial.value()) != 0 || !figures.equals(trial.figures())) {
                throw new IllegalArgumentException(refusal(trial, value));
            }
        }
    }

    /** Built-in strategies keep nothing. */
    private boolean isOurs() throws IOException {
        Blueprint blueprint = request.blueprint();
        return Strategies.names().contains(blueprint.name())
                && Strategies.named(blueprint.name()).codeSha256().equals(blueprint.codeSha256());
    }

    /** The best one, the first one, which had least to remember, and some of the others. */
    private List<SweepTrial> chosen() throws IOException {
        List<SweepTrial> chosen = new ArrayList<>();
        result.best().ifPresent(chosen::add);
        List<SweepTrial> defined = new ArrayList<>();
        result.returns().sampled().stream()
                .filter(trial -> trial.state() == SweepTrial.State.DEFINED)
                .forEach(defined::add);
        for (int k = 0; k <= SAMPLED && !defined.isEmpty(); k++) {
            SweepTrial next = defined.get((int) ((long) (defined.size() - 1) * k / SAMPLED));
            if (chosen.stream().noneMatch(each -> each.number() == next.number())) {
                chosen.add(next);
            }
        }
        return chosen;
    }

    private String refusal(SweepTrial trial, double value) {
        return "the strategy remembers earlier runs, or draws random numbers without a seed: trial " + trial.number()
                + " ("
                + trial.parameters() + ") has " + request.metric() + " "
                + SweepJudgement.fixed(trial.value(), 6) + " in the sweep and " + SweepJudgement.fixed(value, 6)
                + " when it runs alone, so there is no verdict; keep state in fields of the object, not in static ones or"
                + " files, and see './lama check "
                + Objects.requireNonNullElse(request.backtest().strategy(), "STRATEGY") + "'";
    }
}
