package org.lama.backtest.analytics;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;
import org.lama.core.math.Sums;

/**
 * How many different tries a set of correlated trials amounts to: the trials are clustered by the correlation of their
 * returns, and the clusters are counted (López de Prado and Lewis 2019, doi:10.1080/14697688.2018.1467026, use the same idea
 * with k-means; hierarchical clustering needs no random start).
 *
 * <p>Distance √((1 - ρ)/2); average linkage; the number of clusters k from 2 to N - 1 with the largest mean silhouette
 * (Rousseeuw 1987). A silhouette of at most 0.25 is no structure (Kaufman and Rousseeuw 1990): then all trials are one when
 * their mean correlation is at least 0.5, and N different ones otherwise, which is the cautious answer. Constant returns
 * have correlation 0 with everything. NaN policy: FAIL. Equal distances are settled by index. Immutable and thread-safe.
 * O(N² T + N³).
 *
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public final class EffectiveTrials implements Tabular {
    private static final double MINIMUM_SILHOUETTE = 0.25;
    private static final double ONE_CLUSTER_CORRELATION = 0.5;

    private final int[] clusters;
    private final int count;
    private final double silhouette;

    private EffectiveTrials(int[] clusters, double silhouette) {
        this.clusters = clusters;
        this.count = Arrays.stream(clusters).max().orElse(-1) + 1;
        this.silhouette = silhouette;
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
        int n = returns.length;
        double[][] correlation = correlations(returns);
        double[][] distance = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                distance[i][j] = i == j ? 0 : Math.sqrt(Math.max(0, (1 - correlation[i][j]) / 2));
            }
        }
        return choose(distance, correlation);
    }

    /**
     * The effective number of trials.
     *
     * @return number of clusters, 0 if there are no trials
     */
    public int count() {
        return count;
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

    private static EffectiveTrials choose(double[][] distance, double[][] correlation) {
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
        return new EffectiveTrials(renumber(best), bestSilhouette);
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

    private static double meanCorrelation(double[][] correlation) {
        int n = correlation.length;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                sum += correlation[i][j];
            }
        }
        return sum / (n * (n - 1) / 2.0);
    }

    private static double[][] correlations(double[][] returns) {
        int n = returns.length;
        double[][] unit = new double[n][];
        for (int i = 0; i < n; i++) {
            Moments moments = Moments.of(returns[i]);
            int rows = returns[i].length;
            double norm = moments.standardDeviation() * Math.sqrt(rows - 1.0);
            unit[i] = new double[rows];
            for (int t = 0; t < rows && norm > 0; t++) {
                unit[i][t] = (returns[i][t] - moments.mean()) / norm;
            }
        }
        double[][] correlation = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                correlation[i][j] = Sums.dot(unit[i], 0, unit[j], 0, unit[i].length);
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
