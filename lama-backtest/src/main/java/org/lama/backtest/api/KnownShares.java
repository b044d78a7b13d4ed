package org.lama.backtest.api;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lama.backtest.analytics.TrialSpread;
import org.lama.core.search.Trial;
import org.lama.core.search.TrialCounts;

/**
 * What the outcomes of a batch amount to by the lines that the ledger holds already. A batch adds only what it amounts to beyond
 * that, and takes nothing away: lines of a ledger keep their shares for ever.
 */
final class KnownShares {
    /** Nothing is known. */
    static final KnownShares NONE = new KnownShares(List.of());

    /**
     * Shares are whole multiples of it, so that their sums are exact: a sweep amounts to the same bits in however many parts it
     * was entered.
     */
    static final double GRAIN = 0x1p-40;

    private final Map<Double, Share> outcomes = new HashMap<>();
    private final List<Trial> lines;

    /** How many tries, and how many of them by returns. */
    record Share(double effective, double independent) {
        static final Share NOTHING = new Share(0, 0);

        Share plus(Share other) {
            return new Share(effective + other.effective, independent + other.independent);
        }

        /** What is missing, at most what the new trials amount to and, by returns, those whose returns nobody knew. */
        Share lackingTo(double whole, double ofNewOnes) {
            double unknown = Math.max(0, effective - independent);
            return new Share(
                    Math.min(rounded(ofNewOnes), Math.max(0, rounded(whole) - effective)),
                    Math.min(rounded(ofNewOnes) + unknown, Math.max(0, rounded(whole) - independent)));
        }
    }

    KnownShares(List<Trial> lines) {
        this.lines = List.copyOf(lines);
        for (Trial line : lines) {
            TrialCounts counts = TrialCounts.of(List.of(line));
            if (counts.raw() == 1 && counts.known() == 1) {
                outcomes.putIfAbsent(counts.mean(), of(line));
            }
        }
    }

    /** A line without a share is one different trial, of whose returns nothing is known. */
    private static Share of(Trial line) {
        Double effective = line.metrics().get(Trial.EFFECTIVE);
        return effective == null
                ? new Share(1, 0)
                : new Share(effective, line.metrics().getOrDefault(Trial.INDEPENDENT, effective));
    }

    /** Whether an outcome, named by its Sharpe ratio, stands there. */
    boolean has(double sharpe) {
        return outcomes.containsKey(sharpe);
    }

    /** What outcomes amount to there, with what was entered for a sweep beyond its lines. */
    Share of(Set<Double> sharpes, String sweep) {
        Share sum = Share.NOTHING;
        for (double sharpe : sharpes) {
            sum = sum.plus(outcomes.getOrDefault(sharpe, Share.NOTHING));
        }
        for (Trial line : lines) {
            if (BegunSweeps.isRest(line, sweep)) {
                sum = sum.plus(of(line));
            }
        }
        return sum;
    }

    private static double rounded(double amount) {
        return GRAIN * Math.rint(amount / GRAIN);
    }

    /** What to add so that all lines together amount to so much at least. */
    Share raisedTo(double whole, Share lacking) {
        double least = rounded(whole - TrialSpread.of(lines, 0).effective());
        return lines.isEmpty() || least <= lacking.effective
                ? lacking
                : new Share(least, Math.max(least, lacking.independent));
    }

    /**
     * A total shared out by weights in whole grains, no share above 1: what does not fit goes to the others, as far as they can
     * take it.
     */
    static double[] sharedOut(double total, double[] weights) {
        double[] shares = new double[weights.length];
        double left = total;
        double open = 0;
        for (double weight : weights) {
            open += weight;
        }
        boolean again = true;
        while (again && open > 0) {
            again = false;
            double each = left / open;
            for (int i = 0; i < weights.length; i++) {
                if (shares[i] < 1 && weights[i] * each >= 1) {
                    shares[i] = 1;
                    left -= 1;
                    open -= weights[i];
                    again = true;
                }
            }
        }
        double each = open > 0 ? Math.max(0, left) / open : 0;
        for (int i = 0; i < weights.length; i++) {
            shares[i] = shares[i] < 1 ? Math.min(1, GRAIN * Math.floor(weights[i] * each / GRAIN)) : 1;
        }
        double rest = total;
        for (double share : shares) {
            rest -= share;
        }
        // what was cut off goes to the first that can take it
        for (int i = 0; i < weights.length && rest > 0; i++) {
            double more = weights[i] > 0 ? Math.min(rest, 1 - shares[i]) : 0;
            shares[i] += more;
            rest -= more;
        }
        return shares;
    }
}
