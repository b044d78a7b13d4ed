package org.lama.backtest.sizing;

import java.util.Arrays;

/**
 * Hierarchical risk parity (López de Prado 2016, "Building diversified portfolios that outperform out of sample", Journal of
 * Portfolio Management 42(4)): distances {@code √((1 − ρ)/2)}, Euclidean distances of their columns, single linkage, order of
 * leaves with the elder cluster first, recursive bisection by the variances of inverse-variance portfolios. Ties are joined
 * in the order of the members.
 */
final class HierarchicalRiskParity {
    private HierarchicalRiskParity() {}

    /** Shares, in sum 1, of a covariance matrix of n rows. */
    static void shares(double[] covariance, int n, double[] out) {
        int[] order = order(columnDistances(distances(covariance, n), n), n);
        Arrays.fill(out, 0, n, 1);
        bisect(covariance, n, order, 0, n, out);
    }

    private static double[] distances(double[] covariance, int n) {
        double[] distance = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double correlation =
                        covariance[i * n + j] / (Math.sqrt(covariance[i * n + i]) * Math.sqrt(covariance[j * n + j]));
                distance[i * n + j] = i == j ? 0 : Math.sqrt(Math.max(0, 0.5 * (1 - correlation)));
            }
        }
        return distance;
    }

    private static double[] columnDistances(double[] distance, int n) {
        double[] result = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double sum = 0;
                for (int k = 0; k < n; k++) {
                    double gap = distance[i * n + k] - distance[j * n + k];
                    sum += gap * gap;
                }
                result[i * n + j] = Math.sqrt(sum);
                result[j * n + i] = result[i * n + j];
            }
        }
        return result;
    }

    /** The leaves from left to right: the edges of a minimum spanning tree, shortest first, join clusters. */
    private static int[] order(double[] distance, int n) {
        int[][] edges = spanningTree(distance, n);
        Arrays.sort(edges, (a, b) -> Double.compare(distance[a[0] * n + a[1]], distance[b[0] * n + b[1]]));
        int[][] leaves = new int[2 * n][];
        int[] cluster = new int[n];
        for (int i = 0; i < n; i++) {
            leaves[i] = new int[] {i};
            cluster[i] = i;
        }
        int last = 0;
        for (int k = 0; k < edges.length; k++) {
            int a = cluster[edges[k][0]];
            int b = cluster[edges[k][1]];
            last = n + k;
            leaves[last] = joined(leaves[Math.min(a, b)], leaves[Math.max(a, b)]);
            for (int leaf : leaves[last]) {
                cluster[leaf] = last;
            }
        }
        return leaves[last];
    }

    private static int[] joined(int[] a, int[] b) {
        int[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    /** Prim's algorithm from member 0; ties go to the first member. */
    private static int[][] spanningTree(double[] distance, int n) {
        int[][] edges = new int[n - 1][];
        double[] nearest = new double[n];
        int[] from = new int[n];
        boolean[] inside = new boolean[n];
        Arrays.fill(nearest, Double.POSITIVE_INFINITY);
        int at = 0;
        for (int k = 0; k < n - 1; k++) {
            inside[at] = true;
            int next = -1;
            for (int j = 0; j < n; j++) {
                if (inside[j]) {
                    continue;
                }
                if (distance[at * n + j] < nearest[j]) {
                    nearest[j] = distance[at * n + j];
                    from[j] = at;
                }
                next = next < 0 || nearest[j] < nearest[next] ? j : next;
            }
            edges[k] = new int[] {from[next], next};
            at = next;
        }
        return edges;
    }

    private static void bisect(double[] covariance, int n, int[] order, int from, int to, double[] out) {
        if (to - from < 2) {
            return;
        }
        int middle = from + (to - from) / 2;
        double left = variance(covariance, n, order, from, middle);
        double right = variance(covariance, n, order, middle, to);
        double share = left + right > 0 ? 1 - left / (left + right) : 0.5;
        for (int k = from; k < to; k++) {
            out[order[k]] *= k < middle ? share : 1 - share;
        }
        bisect(covariance, n, order, from, middle, out);
        bisect(covariance, n, order, middle, to, out);
    }

    /** Variance of the inverse-variance portfolio of a run of leaves. */
    private static double variance(double[] covariance, int n, int[] order, int from, int to) {
        double total = 0;
        for (int k = from; k < to; k++) {
            total += 1 / covariance[order[k] * n + order[k]];
        }
        double sum = 0;
        for (int k = from; k < to; k++) {
            double a = 1 / covariance[order[k] * n + order[k]] / total;
            for (int l = from; l < to; l++) {
                sum += a * covariance[order[k] * n + order[l]] / covariance[order[l] * n + order[l]] / total;
            }
        }
        return Math.max(0, sum);
    }
}
