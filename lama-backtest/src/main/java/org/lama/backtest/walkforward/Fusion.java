package org.lama.backtest.walkforward;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.lama.core.features.Returns;
import org.lama.core.features.Volatility;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.signal.Combiner;
import org.lama.core.signal.Composite;
import org.lama.core.signal.MarketState;
import org.lama.core.signal.RegimeDetector;
import org.lama.core.signal.RegimeLabel;
import org.lama.core.signal.Signal;

/**
 * One pass over time that turns the members' signals into the strength of each position, for all combiners at once. A
 * step sees the rows of its own close and before; combiners learn at retrain dates from training rows and after each
 * close from the outcome of the bar that just ended.
 */
final class Fusion {
    /** Members whose level and alarm describe the market's liquidity and its anomalies. */
    private static final String LIQUIDITY = "liquidity";

    private static final String ANOMALY = "anomaly";

    /** RiskMetrics' daily decay of 0.94 as a half-life, so that the memory is the same for any bar length. */
    private static final double VOLATILITY_HALF_LIFE_DAYS = Math.log(0.5) / Math.log(0.94);

    private final Inputs in;
    private final int members;
    private final Combiner.Session[] sessions;
    private final RegimeDetector.Session regimeSession;
    private final MarketIndex index;
    private final double[][] logReturn;
    private final double[][] volatility;
    private final double[][] thinness;
    private final Map<String, Integer> vetoes = new TreeMap<>();
    private final double[] weightSum;
    private final double[] contributionSum;
    private final CombinerTracker tracker;
    private int decisions;

    /** [listing][row] strength of the combiner that the tracking had chosen at that close. */
    final double[][] switched;

    /** [combiner][listing][row] signal times confidence times size multiplier, in [-1, 1]; 0 where nothing is wanted. */
    final double[][][] strength;

    /** [listing][row] volatility a year known at the close. */
    final double[][] volatilityAnnual;

    /** [step] regime that holds from the close on. */
    final RegimeLabel[] regimes;

    /**
     * What the pass works on.
     *
     * @param listings the lives of all assets
     * @param grid common times
     * @param panels [listing][member] signals out of sample
     * @param fits [retrain] all fits of that date
     * @param retrainTimes decision times at which new fits take over
     * @param names names of the members
     * @param combiners methods to track
     * @param regime regime detector
     * @param longOnly whether what is below 0 is not traded
     */
    @SuppressWarnings("ArrayRecordComponent") // package-private, handed over once, never compared
    record Inputs(
            List<Listing> listings,
            TimeGrid grid,
            SignalPanel[][] panels,
            List<List<FoldFit>> fits,
            long[] retrainTimes,
            List<String> names,
            List<Combiner> combiners,
            RegimeDetector regime,
            boolean longOnly) {}

    Fusion(Inputs in) {
        this.in = in;
        members = in.names.size();
        weightSum = new double[members];
        contributionSum = new double[members];
        double barsPerDay = in.grid.barsPerDay();
        sessions = in.combiners.stream()
                .map(combiner -> combiner.open(in.names, barsPerDay))
                .toArray(Combiner.Session[]::new);
        regimeSession = in.regime.open(barsPerDay);
        index = new MarketIndex(in.listings, in.grid);
        int count = in.listings.size();
        logReturn = new double[count][];
        volatility = new double[count][];
        volatilityAnnual = new double[count][];
        strength = new double[sessions.length][count][];
        switched = new double[count][];
        tracker = new CombinerTracker(in.combiners.stream().map(Combiner::name).toList());
        thinness = new double[count][];
        int liquidity = in.names.indexOf(LIQUIDITY);
        regimes = new RegimeLabel[in.grid.size()];
        for (int l = 0; l < count; l++) {
            Frame bars = in.listings.get(l).bars();
            logReturn[l] = new double[bars.size()];
            Returns.log(bars.column(Columns.CLOSE).toArray(), logReturn[l]);
            volatility[l] = new double[bars.size()];
            Volatility.ewma(logReturn[l], VOLATILITY_HALF_LIFE_DAYS * barsPerDay, volatility[l]);
            double scale = Math.sqrt(365 * barsPerDay);
            volatilityAnnual[l] =
                    Arrays.stream(volatility[l]).map(v -> v * scale).toArray();
            thinness[l] = liquidity < 0
                    ? ones(bars.size())
                    : LowLiquidity.factors(in.panels[l][liquidity], bars.size(), bars.barNanos());
            for (double[][] combiner : strength) {
                combiner[l] = new double[bars.size()];
            }
            switched[l] = new double[bars.size()];
        }
    }

    private static double[] ones(int rows) {
        double[] ones = new double[rows];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** Runs over the whole grid. */
    Fusion run() {
        int retrain = 0;
        for (int step = 0; step < in.grid.size(); step++) {
            long close = in.grid.close(step);
            while (retrain < in.retrainTimes.length && in.retrainTimes[retrain] < close) {
                train(retrain++);
            }
            observe(step);
            score(step);
            regimes[step] = regimeSession.next(state(step));
            combine(step);
        }
        return this;
    }

    /** How often each veto was given, by its text. */
    Map<String, Integer> vetoes() {
        return vetoes;
    }

    private void train(int retrain) {
        if (retrain >= in.fits.size() || in.fits.get(retrain).isEmpty()) {
            return;
        }
        int rows = 0;
        for (FoldFit fit : in.fits.get(retrain)) {
            rows += fit.fold.trainTo() - fit.fold.trainFrom() - 1;
        }
        double[][] signals = new double[members][rows];
        double[] next = new double[rows];
        int at = 0;
        for (FoldFit fit : in.fits.get(retrain)) {
            int length = fit.fold.trainTo() - fit.fold.trainFrom() - 1;
            for (int m = 0; m < members; m++) {
                System.arraycopy(fit.training[m], 0, signals[m], at, length);
            }
            System.arraycopy(logReturn[fit.listing], fit.fold.trainFrom() + 1, next, at, length);
            at += length;
        }
        Combiner.TrainingRows training = new Combiner.TrainingRows(signals, next);
        for (Combiner.Session session : sessions) {
            session.train(training);
        }
    }

    private void observe(int step) {
        double[] outcome = new double[members];
        int[] count = new int[members];
        for (int l = 0; l < in.listings.size(); l++) {
            int row = in.grid.row(l, step);
            if (row < 1 || Double.isNaN(logReturn[l][row]) || !(volatility[l][row - 1] > 0)) {
                continue;
            }
            for (int m = 0; m < members; m++) {
                if (in.panels[l][m].isDirectional(row - 1)) {
                    outcome[m] += in.panels[l][m].value(row - 1) * logReturn[l][row] / volatility[l][row - 1];
                    count[m]++;
                }
            }
        }
        for (int m = 0; m < members; m++) {
            outcome[m] = count[m] > 0 ? outcome[m] / count[m] : Double.NaN;
        }
        for (Combiner.Session session : sessions) {
            session.observe(in.grid.close(step), outcome);
        }
    }

    /** Scores what the combiners wanted at the close before by what the bar that just closed brought. */
    private void score(int step) {
        double[] scores = new double[sessions.length];
        int count = 0;
        for (int l = 0; l < in.listings.size(); l++) {
            int row = in.grid.row(l, step);
            if (row < 1
                    || !in.panels[l][0].isSet(row - 1)
                    || Double.isNaN(logReturn[l][row])
                    || !(volatility[l][row - 1] > 0)) {
                continue;
            }
            count++;
            double outcome = logReturn[l][row] / volatility[l][row - 1];
            for (int c = 0; c < scores.length; c++) {
                double wanted = strength[c][l][row - 1];
                scores[c] += (in.longOnly ? Math.max(0, wanted) : wanted) * outcome;
            }
        }
        if (count > 0) {
            for (int c = 0; c < scores.length; c++) {
                scores[c] /= count;
            }
            tracker.observe(in.grid.close(step), scores);
        }
    }

    /** What the tracking found. */
    CombinerTracking tracking(boolean active) {
        return tracker.result(active);
    }

    /** The first member that watches for anomalies, whatever it makes of their direction; -1 if none does. */
    private int anomaly() {
        for (int m = 0; m < members; m++) {
            if (in.names.get(m).equals(ANOMALY) || in.names.get(m).startsWith(ANOMALY + "-")) {
                return m;
            }
        }
        return -1;
    }

    private MarketState state(int step) {
        int liquidity = in.names.indexOf(LIQUIDITY);
        int anomaly = anomaly();
        double score = 0;
        int scored = 0;
        int alarms = 0;
        int watched = 0;
        for (int l = 0; l < in.listings.size(); l++) {
            int row = in.grid.row(l, step);
            if (row < 0 || !in.panels[l][0].isSet(row)) {
                continue;
            }
            if (liquidity >= 0 && !Double.isNaN(in.panels[l][liquidity].level(row))) {
                score += in.panels[l][liquidity].level(row);
                scored++;
            }
            if (anomaly >= 0 && !Double.isNaN(in.panels[l][anomaly].level(row))) {
                alarms += in.panels[l][anomaly].alarm(row) ? 1 : 0;
                watched++;
            }
        }
        return index.state(
                step, scored > 0 ? score / scored : Double.NaN, watched > 0 ? (double) alarms / watched : Double.NaN);
    }

    private void combine(int step) {
        for (int l = 0; l < in.listings.size(); l++) {
            int row = in.grid.row(l, step);
            if (row < 0 || !in.panels[l][0].isSet(row) || Double.isNaN(volatility[l][row])) {
                continue;
            }
            Frame bars = in.listings.get(l).bars();
            List<Signal> signals = new ArrayList<>(members);
            for (int m = 0; m < members; m++) {
                signals.add(in.panels[l][m].signal(row, bars));
            }
            for (int c = 0; c < sessions.length; c++) {
                Composite composite = sessions[c].combine(signals, regimes[step]);
                strength[c][l][row] = composite.strength() * composite.sizeMultiplier() * thinness[l][row];
                if (c == 0) {
                    note(composite);
                }
            }
            switched[l][row] = strength[tracker.choice()][l][row];
        }
    }

    private void note(Composite composite) {
        decisions++;
        for (Composite.Contribution contribution : composite.contributions()) {
            int member = in.names.indexOf(contribution.member());
            weightSum[member] += contribution.weight();
            contributionSum[member] += Math.abs(contribution.amount());
        }
        composite.vetoes().forEach(veto -> vetoes.merge(veto, 1, Integer::sum));
    }

    /** Mean weight of a member over all decisions of the configured combiner. */
    double meanWeight(int member) {
        return decisions > 0 ? weightSum[member] / decisions : 0;
    }

    /** Mean absolute contribution of a member over all decisions of the configured combiner. */
    double meanContribution(int member) {
        return decisions > 0 ? contributionSum[member] / decisions : 0;
    }
}
