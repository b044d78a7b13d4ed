package org.lama.backtest.walkforward;

import java.util.ArrayList;
import java.util.List;
import org.lama.core.market.Columns;
import org.lama.core.market.Instrument;
import org.lama.core.series.Frame;
import org.lama.core.series.Series;
import org.lama.core.signal.FitContext;
import org.lama.core.signal.FitStatus;
import org.lama.core.signal.ModelSummary;
import org.lama.core.signal.Scorer;
import org.lama.core.signal.Signal;
import org.lama.core.signal.SignalModel;
import org.lama.core.split.Fold;

/** All members fitted on one window of one listing, and their signals on the rows that follow. */
final class FoldFit {
    final int listing;
    final int retrain;
    final Fold fold;
    final double[][] training;
    final FitStatus.Outcome[] outcomes;
    final String[] titles;

    /** What each member fitted; empty unless this is the last fold of its listing, because they hold whole columns. */
    final List<ModelSummary> summaries;

    private final boolean[] directional;
    private final boolean[] riskOnly;

    private FoldFit(int listing, int retrain, Fold fold, int members) {
        summaries = new ArrayList<>();
        this.listing = listing;
        this.retrain = retrain;
        this.fold = fold;
        training = new double[members][];
        outcomes = new FitStatus.Outcome[members];
        titles = new String[members];
        directional = new boolean[members];
        riskOnly = new boolean[members];
    }

    /** What a fold works on. */
    @SuppressWarnings("ArrayRecordComponent") // package-private, handed over once, never compared
    record Job(int listing, int retrain, Fold fold, Frame bars, SignalPanel[] panels, long seed, boolean last) {}

    /** Fits and scores; each decision row is scored on a view that ends there. */
    static FoldFit run(Job job, List<SignalModel> models) {
        Fold fold = job.fold();
        FoldFit fit = new FoldFit(job.listing(), job.retrain(), fold, models.size());
        Frame train = job.bars().slice(fold.trainFrom(), fold.trainTo());
        Scorer[] scorers = new Scorer[models.size()];
        for (int m = 0; m < scorers.length; m++) {
            scorers[m] = models.get(m).fit(train, FitContext.backtest(job.seed()));
            fit.training[m] = scorers[m].trainingSignal();
            fit.outcomes[m] = scorers[m].status().outcome();
            ModelSummary summary = scorers[m].summary();
            fit.titles[m] = summary.title();
            if (job.last()) {
                fit.summaries.add(summary);
            }
        }
        for (int row = fold.testFrom(); row < fold.testTo(); row++) {
            Frame past = job.bars().head(row + 1);
            for (int m = 0; m < scorers.length; m++) {
                Signal signal = scorers[m].score(past);
                job.panels()[m].set(row, signal);
                fit.note(m, signal);
            }
        }
        return fit;
    }

    /** The same fits for another place in the list and some of the members; the arrays are shared. */
    FoldFit restricted(int otherListing, int[] members) {
        FoldFit less = new FoldFit(otherListing, retrain, fold, members.length);
        for (int m = 0; m < members.length; m++) {
            less.training[m] = training[members[m]];
            less.outcomes[m] = outcomes[members[m]];
            less.titles[m] = titles[members[m]];
        }
        return less;
    }

    /**
     * The cheat that the honesty waterfall measures: every member is fitted once on all rows, those it decides on among
     * them. A scorer that does not speak before the end of its own window speaks by its in-sample signal.
     *
     * @param from where the decided rows are marked
     */
    static FoldFit onAllRows(Job job, List<SignalModel> models, SignalPanel[] from) {
        Frame bars = job.bars();
        int rows = bars.size();
        FoldFit fit =
                new FoldFit(job.listing(), job.retrain(), new Fold(0, rows, rows, rows + 1, false), models.size());
        for (int m = 0; m < models.size(); m++) {
            Scorer scorer = models.get(m).fit(bars, FitContext.backtest(job.seed()));
            fit.training[m] = scorer.trainingSignal();
            fit.outcomes[m] = scorer.status().outcome();
            fit.titles[m] = "";
            Signal last = scorer.score(bars);
            for (int row = 0; row < rows; row++) {
                if (from[m].isSet(row)) {
                    Signal signal = scorer.score(bars.head(row + 1));
                    double inSample = fit.training[m][row];
                    long close = bars.availableAt(row);
                    job.panels()[m].set(
                            row,
                            signal.valid() || Double.isNaN(inSample) || last.role() != Signal.Role.DIRECTIONAL
                                    ? signal
                                    : Signal.directional(inSample, last.confidence(), Double.NaN, close, close));
                }
            }
        }
        return fit;
    }

    private void note(int member, Signal signal) {
        if (signal.valid() && signal.role() == Signal.Role.DIRECTIONAL && signal.value() * signal.confidence() != 0) {
            directional[member] = true;
        } else if (signal.valid() && signal.role() == Signal.Role.RISK) {
            riskOnly[member] = true;
        }
    }

    boolean wasDirectional(int member) {
        return directional[member];
    }

    boolean wasRiskOnly(int member) {
        return riskOnly[member] && !directional[member];
    }

    /** Annualised gross Sharpe ratio of holding the mean member signal over the next bar, on the training rows. */
    double inSample(Frame bars, Instrument.Kind kind) {
        int rows = fold.trainTo() - fold.trainFrom();
        double[] held = new double[rows];
        for (int i = 0; i < rows; i++) {
            double sum = 0;
            int count = 0;
            for (double[] member : training) {
                if (!Double.isNaN(member[i])) {
                    sum += member[i];
                    count++;
                }
            }
            held[i] = position(sum, count, kind);
        }
        return sharpe(held, bars, fold.trainFrom(), fold.trainTo());
    }

    /** The same on the decision rows. */
    double outOfSample(Frame bars, SignalPanel[] panels, Instrument.Kind kind) {
        int rows = fold.testTo() - fold.testFrom();
        double[] held = new double[rows];
        for (int i = 0; i < rows; i++) {
            double sum = 0;
            int count = 0;
            for (SignalPanel panel : panels) {
                if (panel.isDirectional(fold.testFrom() + i)) {
                    sum += panel.value(fold.testFrom() + i);
                    count++;
                }
            }
            held[i] = position(sum, count, kind);
        }
        return sharpe(held, bars, fold.testFrom(), fold.testTo());
    }

    private static double position(double sum, int count, Instrument.Kind kind) {
        if (count == 0) {
            return Double.NaN;
        }
        double mean = sum / count;
        return kind == Instrument.Kind.SPOT ? Math.max(0, mean) : mean;
    }

    private static double sharpe(double[] held, Frame bars, int from, int to) {
        Series close = bars.column(Columns.CLOSE);
        double mean = 0;
        double squares = 0;
        int n = 0;
        for (int row = from; row + 1 < to; row++) {
            double gain = held[row - from] * Math.log(close.get(row + 1) / close.get(row));
            if (!Double.isNaN(gain)) {
                n++;
                double delta = gain - mean;
                mean += delta / n;
                squares += delta * (gain - mean);
            }
        }
        double deviation = n > 1 ? Math.sqrt(squares / (n - 1)) : 0;
        double barsPerYear = 365.0 * 86_400e9 / bars.barNanos();
        return deviation > 0 ? mean / deviation * Math.sqrt(barsPerYear) : Double.NaN;
    }
}
