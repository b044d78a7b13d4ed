package org.lama.backtest.analytics;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;
import org.lama.core.math.Sums;

/**
 * How many independent tries a set of correlated trials amounts to. Studies, backtests and sweeps all use {@link #effective}.
 *
 * <p>The answer is the number of independent trials whose best is expected to show, by luck alone, as much as the best of
 * these: E max of normal figures with the correlations of the returns, which is what Sharpe ratios are when nothing has an
 * edge. With equal correlations ρ that is √(1 − ρ) times the best of as many independent ones. The best of more trials is never
 * less, so that trials which are added take nothing away, up to the error of the simulation (at most half a percent). The number of
 * clusters (López de Prado and Lewis 2019, doi:10.1080/14697688.2018.1467026, use the same idea with k-means;
 * hierarchical clustering needs no random start) has no such property and stands beside: 25 near-copies may form eight clusters, and
 * 200 trials around them four.
 *
 * <p>It belongs to a variance of Sharpe ratios of independent trials, 1 / (n − 1) for n returns; {@link TrialSpread} takes no
 * smaller one. The variance over trials that are much alike is smaller by 1 − ρ, and together with an effective number it
 * would take off for ρ twice.
 *
 * <p>Trials whose returns correlate by at least 0.9999 with those of an earlier one are no outcome of their own, and neither are
 * further trials with constant returns. ρ is the signed correlation: a strategy and its mirror image are not one bet when
 * the better of both is chosen. The better of x and −x is |x|, which luck alone makes larger than the better of two
 * independent ones. So mirror images count as different.
 *
 * <p>Clusters: distance √((1 - ρ)/2); average linkage; the number of clusters k from 2 to m - 1 with the largest mean
 * silhouette (Rousseeuw 1987). A silhouette of at most 0.25 is no structure (Kaufman and Rousseeuw 1990): then all trials
 * are one cluster when their mean correlation is at least 0.5, and m clusters otherwise.
 * Constant returns have correlation 0 with all others. NaN policy: FAIL. Equal distances are settled by
 * index. Immutable and thread-safe. O(N² T + N³).
 *
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public final class EffectiveTrials implements Tabular {
    private static final double MINIMUM_SILHOUETTE = 0.25;
    private static final double ONE_CLUSTER_CORRELATION = 0.5;
    private static final double COPY_CORRELATION = 0.9999;

    private final int[] clusters;
    private final int count;
    private final double silhouette;
    private final int distinct;
    private final double best;
    private final double spread;
    private final double[] novelty;

    private EffectiveTrials(int[] clusters, double silhouette, double[][] correlation, double[] novelty) {
        this.clusters = clusters;
        this.count = Arrays.stream(clusters).max().orElse(-1) + 1;
        this.silhouette = silhouette;
        this.distinct = correlation.length;
        this.best = ExpectedBest.of(correlation);
        this.novelty = novelty;
        this.spread = Math.sqrt(Math.max(0, 1 - meanCorrelation(correlation)));
    }

    /**
     * Clusters trials.
     *
     * @param returns one row of finite returns per trial, all of one length
     * @return the clusters
     */
    public static EffectiveTrials of(double[][] returns) {
        for (int i = 0; i < returns.length; i++) {
            Moments.requireFinite(returns[i], "returns[" + i + "]");
            Check.that(
                    returns[i].length == returns[0].length,
                    "returns[" + i + "] must have " + returns[0].length + " rows like the first, got "
                            + returns[i].length);
        }
        double[][] unit = unit(returns);
        int[] original = originals(unit);
        int[] outcomes = IntStream.range(0, original.length)
                .filter(i -> original[i] == i)
                .toArray();
        double[][] correlation = correlations(unit, outcomes);
        int m = outcomes.length;
        double[][] distance = new double[m][m];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                distance[i][j] = i == j ? 0 : Math.sqrt(Math.max(0, (1 - correlation[i][j]) / 2));
            }
        }
        int[] labels = new int[m];
        double silhouette = choose(distance, correlation, labels);
        int[] clusters = new int[original.length];
        for (int i = 0; i < clusters.length; i++) {
            clusters[i] = labels[Arrays.binarySearch(outcomes, original[i])];
        }
        return new EffectiveTrials(
                renumber(clusters), silhouette, correlation, novelty(correlation, outcomes, original.length));
    }

    private static double[] novelty(double[][] correlation, int[] outcomes, int all) {
        double[] novelty = new double[all];
        for (int i = 0; i < outcomes.length; i++) {
            double nearest = 0;
            for (int j = 0; j < i; j++) {
                nearest = Math.max(nearest, correlation[i][j]);
            }
            novelty[outcomes[i]] = Math.max(0, 1 - nearest);
        }
        return novelty;
    }

    /**
     * How little each trial resembles those before it: 1 less its highest correlation with an earlier one. What many trials amount
     * to is shared out by it, so that near-copies take nothing away from what they are copies of.
     *
     * @return from 0, a copy, to 1 in the order of the trials; a copy
     */
    public double[] novelty() {
        return novelty.clone();
    }

    /**
     * The number of clusters.
     *
     * @return at least 1, 0 if there are no trials
     */
    public int count() {
        return count;
    }

    /**
     * The number of outcomes: trials that are no copies of earlier ones.
     *
     * @return from {@link #count} to the number of trials
     */
    public int distinct() {
        return distinct;
    }

    /**
     * The effective number of trials.
     *
     * @return from 1 to {@link #distinct}, 0 if there are no trials
     */
    public double effective() {
        return effective(clusters.length);
    }

    /**
     * The effective number of trials of which these are an even sample: the share of copies and the correlations are taken to
     * be those of the sample. With equal correlations that is exact; if all stand for the few clusters of the sample, it is
     * more than need be.
     *
     * @param all number of trials from which the sample was drawn, at least the size of the sample
     * @return from 1 to {@code all}; {@code all} if the sample has at most one trial
     */
    public double effective(long all) {
        Check.that(
                all >= clusters.length, "all must be >= " + clusters.length + ", the size of the sample, got " + all);
        if (clusters.length <= 1) {
            return all;
        }
        if (distinct == 1) {
            return 1;
        }
        // a sample without copies says that there are none
        double outcomes = 1 + (all - 1.0) * (distinct - 1) / (clusters.length - 1);
        // of equally correlated trials, which spread as these do, so many have the same best
        double alike = spread > 0 ? Math.min(distinct, ExpectedBest.tries(best / spread)) : distinct;
        double allAlike = 1 + (alike - 1) * (outcomes - 1) / (distinct - 1);
        double bestOfAll = Math.max(best, spread * ExpectedBest.ofIndependent(allAlike));
        return Math.min(outcomes, ExpectedBest.tries(bestOfAll));
    }

    /**
     * The cluster of each trial.
     *
     * @return labels from 0 in the order of first appearance; a copy
     */
    public int[] clusters() {
        return clusters.clone();
    }

    /**
     * How well the clusters are separated.
     *
     * @return mean silhouette in [-1, 1], NaN where no structure was found
     */
    public double silhouette() {
        return silhouette;
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column(
                        "trial",
                        IntStream.range(0, clusters.length)
                                .mapToObj(Long::valueOf)
                                .toList()),
                new Column(
                        "cluster",
                        Arrays.stream(clusters).mapToObj(Long::valueOf).toList()));
    }

    /** Fills in the labels of the outcomes and returns the silhouette. */
    private static double choose(double[][] distance, double[][] correlation, int[] chosen) {
        int n = distance.length;
        int[] labels = IntStream.range(0, n).toArray();
        int[] best = labels.clone();
        double bestSilhouette = Double.NaN;
        AverageLinkage linkage = new AverageLinkage(distance);
        for (int k = n - 1; k >= 2; k--) {
            linkage.merge(labels);
            double mean = Silhouette.mean(distance, labels);
            if (mean > MINIMUM_SILHOUETTE && !(mean <= bestSilhouette)) {
                bestSilhouette = mean;
                best = labels.clone();
            }
        }
        if (Double.isNaN(bestSilhouette) && n > 1 && meanCorrelation(correlation) >= ONE_CLUSTER_CORRELATION) {
            Arrays.fill(best, 0);
        }
        System.arraycopy(best, 0, chosen, 0, n);
        return bestSilhouette;
    }

    /** For each trial the first one of which it is a copy, itself if of none. */
    private static int[] originals(double[][] unit) {
        int[] original = new int[unit.length];
        int[] outcomes = new int[unit.length];
        int count = 0;
        for (int i = 0; i < unit.length; i++) {
            original[i] = i;
            for (int k = 0; k < count && original[i] == i; k++) {
                double[] other = unit[outcomes[k]];
                boolean same = unit[i].length == 0
                        ? other.length == 0
                        : other.length > 0 && Sums.dot(unit[i], 0, other, 0, other.length) >= COPY_CORRELATION;
                original[i] = same ? outcomes[k] : i;
            }
            if (original[i] == i) {
                outcomes[count++] = i;
            }
        }
        return original;
    }

    private static int[] renumber(int[] labels) {
        int[] seen = new int[labels.length];
        Arrays.fill(seen, -1);
        int next = 0;
        int[] out = new int[labels.length];
        for (int i = 0; i < labels.length; i++) {
            if (seen[labels[i]] < 0) {
                seen[labels[i]] = next++;
            }
            out[i] = seen[labels[i]];
        }
        return out;
    }

    /** Over the pairs of outcomes that vary; 0 with fewer than two of them. */
    private static double meanCorrelation(double[][] correlation) {
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < correlation.length; i++) {
            for (int j = 0; j < i; j++) {
                boolean vary = correlation[i][i] > 0 && correlation[j][j] > 0;
                sum += vary ? correlation[i][j] : 0;
                pairs += vary ? 1 : 0;
            }
        }
        return pairs == 0 ? 0 : sum / pairs;
    }

    /** Centred returns of length 1; no rows for constant ones. */
    private static double[][] unit(double[][] returns) {
        double[][] unit = new double[returns.length][];
        for (int i = 0; i < unit.length; i++) {
            Moments moments = Moments.of(returns[i]);
            int rows = returns[i].length;
            double norm = moments.standardDeviation() * Math.sqrt(rows - 1.0);
            unit[i] = new double[norm > 0 ? rows : 0];
            for (int t = 0; t < unit[i].length; t++) {
                unit[i][t] = (returns[i][t] - moments.mean()) / norm;
            }
        }
        return unit;
    }

    /** Of the outcomes; constant ones have 0, also with themselves. */
    private static double[][] correlations(double[][] unit, int[] outcomes) {
        int m = outcomes.length;
        double[][] correlation = new double[m][m];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j <= i; j++) {
                double[] first = unit[outcomes[i]];
                double[] second = unit[outcomes[j]];
                correlation[i][j] = Sums.dot(first, 0, second, 0, Math.min(first.length, second.length));
                correlation[j][i] = correlation[i][j];
            }
        }
        return correlation;
    }

    /** Merges the two nearest clusters, again and again; single-threaded. */
    private static final class AverageLinkage {
        private final double[][] between;
        private final int[] sizes;

        AverageLinkage(double[][] distance) {
            between = new double[distance.length][];
            for (int i = 0; i < distance.length; i++) {
                between[i] = distance[i].clone();
            }
            sizes = new int[distance.length];
            Arrays.fill(sizes, 1);
        }

        /** Labels are the index of a cluster's first member; the later of two merged clusters takes the earlier label. */
        void merge(int[] labels) {
            int a = 0;
            int b = 0;
            double nearest = Double.POSITIVE_INFINITY;
            for (int i = 0; i < sizes.length; i++) {
                for (int j = i + 1; j < sizes.length && sizes[i] > 0; j++) {
                    if (sizes[j] > 0 && between[i][j] < nearest) {
                        nearest = between[i][j];
                        a = i;
                        b = j;
                    }
                }
            }
            for (int k = 0; k < sizes.length; k++) {
                double joined = (sizes[a] * between[a][k] + sizes[b] * between[b][k]) / (sizes[a] + sizes[b]);
                between[a][k] = joined;
                between[k][a] = joined;
            }
            sizes[a] += sizes[b];
            sizes[b] = 0;
            for (int i = 0; i < labels.length; i++) {
                labels[i] = labels[i] == b ? a : labels[i];
            }
        }
    }

    /** Rousseeuw's measure of how much nearer the own cluster is than the next one. */
    private static final class Silhouette {
        private Silhouette() {}

        static double mean(double[][] distance, int[] labels) {
            int n = labels.length;
            int[] sizes = new int[n];
            for (int label : labels) {
                sizes[label]++;
            }
            double total = 0;
            double[] sums = new double[n];
            for (int i = 0; i < n; i++) {
                Arrays.fill(sums, 0);
                for (int j = 0; j < n; j++) {
                    sums[labels[j]] += distance[i][j];
                }
                total += sizes[labels[i]] > 1 ? one(sums, sizes, labels[i]) : 0;
            }
            return total / n;
        }

        private static double one(double[] sums, int[] sizes, int own) {
            double inside = sums[own] / (sizes[own] - 1);
            double outside = Double.POSITIVE_INFINITY;
            for (int c = 0; c < sums.length; c++) {
                if (c != own && sizes[c] > 0) {
                    outside = Math.min(outside, sums[c] / sizes[c]);
                }
            }
            double larger = Math.max(inside, outside);
            return larger > 0 ? (outside - inside) / larger : 0;
        }
    }
}
