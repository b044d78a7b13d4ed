package org.lama.backtest.analytics;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.search.Trial;
import org.lama.core.search.TrialCounts;

/**
 * What the lines of a ledger mean for the deflated Sharpe ratio: how many trials, how many different ones, and how far their
 * Sharpe ratios spread. Adding trials never lowers the bar that the best must beat, {@link
 * ProbabilisticSharpe#expectedMaximum}:
 *
 * <ul>
 *   <li>Trials with the same Sharpe ratio to the last bit have the same returns: one outcome, counted once.
 *   <li>The bar is the highest that any stretch of the ledger sets, each with its own number and variance. A thousand trials
 *       near the mean make the variance of all smaller; the bar stays where the trials without them had put it. Stretches
 *       end at every line and start at every line up to the fourth, at every second up to the 16th, and so on, 2^k lines
 *       apart from the 4^k-th on.
 *   <li>What a batch amounts to by the returns of its trials is a number of independent tries ({@link EffectiveTrials}). The
 *       best of K of them shows at least what the best of K series of as many returns as this one shows under the null
 *       hypothesis, where the variance of a Sharpe ratio is 1 / (n − 1). The variance over trials that are alike is smaller.
 * </ul>
 *
 * <p>{@code variance} is the one that gives this bar with {@code effective} trials. Immutable and thread-safe. O(N^1.5).
 *
 * @param raw trials as counted, at least 0
 * @param effective number of different trials: the sum of what each batch amounted to by {@link EffectiveTrials}; at least 1
 *     and at most raw, 1 if raw is 0
 * @param variance of the Sharpe ratios per period, at least 0
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record TrialSpread(long raw, double effective, double variance) {
    /**
     * Checks ranges.
     *
     * @param raw trials as counted, at least 0
     * @param effective number of different trials: the sum of what each batch amounted to by {@link EffectiveTrials}; at
     *     least 1 and at most raw, 1 if raw is 0
     * @param variance of the Sharpe ratios per period, at least 0
     */
    public TrialSpread {
        Check.that(raw >= 0, "raw must be >= 0, got " + raw);
        Check.inRange(effective, 1, (double) Math.max(1, raw), "effective");
        Check.notNegative(variance, "variance");
    }

    /** One outcome, or a line that stands for many. */
    private record Outcome(TrialCounts counts, double effective, double independent) {}

    /**
     * Reads lines of a ledger.
     *
     * @param lines distinct lines in the order of the ledger
     * @param observations returns of the series that is judged, at least 0
     * @return number and spread
     */
    public static TrialSpread of(List<Trial> lines, int observations) {
        Check.atLeast(observations, 0, "observations");
        List<Outcome> outcomes = new ArrayList<>();
        Set<Long> seen = new LinkedHashSet<>();
        long raw = 0;
        double effective = 0;
        for (Trial line : lines) {
            TrialCounts counts = TrialCounts.of(List.of(line));
            raw += counts.raw();
            boolean single = counts.known() == 1 && counts.raw() == 1;
            boolean only = counts.raw() == 0 && line.metrics().containsKey(Trial.EFFECTIVE);
            if (only || (counts.known() > 0 && (!single || seen.add(Double.doubleToLongBits(counts.mean()))))) {
                Outcome outcome = outcome(line, counts);
                outcomes.add(outcome);
                effective += outcome.effective;
            }
        }
        double number = Math.max(1, Math.min((double) raw, effective));
        double floor = observations > 1 ? 1.0 / (observations - 1) : 0;
        return new TrialSpread(raw, number, variance(outcomes, number, floor));
    }

    /** Nothing is known of how single lines resemble each other: they count as different ones, and spread as they do. */
    private static Outcome outcome(Trial line, TrialCounts counts) {
        Double share = line.metrics().get(Trial.EFFECTIVE);
        double amount = share == null ? counts.known() : share;
        // a line of no trials is what a batch amounts to beyond its lines
        double effective = counts.raw() == 0 ? amount : Math.min((double) counts.raw(), amount);
        return new Outcome(
                counts, effective, share == null ? 0 : line.metrics().getOrDefault(Trial.INDEPENDENT, effective));
    }

    /**
     * With trials of which only the number is known: lines that were cut off. Each is taken for a different one, and all to
     * spread at least as luck does.
     *
     * @param lost at least 0
     * @param observations returns of the series that is judged, at least 0
     * @return a copy with so many more
     */
    public TrialSpread withLost(long lost, int observations) {
        Check.that(lost >= 0, "lost must be >= 0, got " + lost);
        double floor = lost > 0 && observations > 1 ? 1.0 / (observations - 1) : 0;
        return new TrialSpread(
                raw + lost, effective + (raw == 0 ? Math.max(0, lost - 1) : lost), Math.max(variance, floor));
    }

    private static double variance(List<Outcome> outcomes, double number, double floor) {
        double whole = ProbabilisticSharpe.expectedMaximum(number);
        double highest = 0;
        for (int from = 0; from < outcomes.size(); from += step(from)) {
            Stretch stretch = new Stretch();
            for (int to = from; to < outcomes.size(); to++) {
                stretch.add(outcomes.get(to));
                // no stretch has a higher factor than the whole, so most need no quantile
                if (Math.max(stretch.variance(), floor) * whole * whole > highest) {
                    highest = Math.max(highest, stretch.squaredBar(number, floor));
                }
            }
        }
        if (whole == 0) {
            Stretch all = new Stretch();
            outcomes.forEach(all::add);
            return all.variance();
        }
        return highest / (whole * whole);
    }

    /** Distance to the next start: the largest power of two of at most the root of the number of the line. */
    private static int step(int line) {
        return line < 4 ? 1 : Integer.highestOneBit((int) Math.sqrt(line));
    }

    /** Pooled deviations of consecutive outcomes (Chan, Golub and LeVeque 1979); for one thread. */
    private static final class Stretch {
        private double known;
        private double mean;
        private double squares;
        private double effective;
        private double independent;

        void add(Outcome outcome) {
            TrialCounts counts = outcome.counts;
            if (counts.known() > 0) {
                double both = known + counts.known();
                double delta = counts.mean() - mean;
                squares += counts.variance() * (counts.known() - 1) + delta * delta * (known * counts.known() / both);
                mean += delta * (counts.known() / both);
                known = both;
            }
            effective += outcome.effective;
            independent += outcome.independent;
        }

        double variance() {
            return known > 1 ? squares / (known - 1) : 0;
        }

        double squaredBar(double most, double floor) {
            double factor = ProbabilisticSharpe.expectedMaximum(Math.min(most, effective));
            double ofLuck = ProbabilisticSharpe.expectedMaximum(Math.min(most, independent));
            return Math.max(variance() * factor * factor, floor * ofLuck * ofLuck);
        }
    }
}
