package org.lama.core.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.base.Tabular;

/**
 * Which parameters matter: shares of the variance of the value over the whole space, by functional analysis of variance
 * of a random forest (fANOVA; Hutter, Hoos and Leyton-Brown 2014, "An efficient approach for assessing hyperparameter
 * importance"). 64 trees of leaves of at least three trials are grown on bootstrap samples; the share of a parameter is
 * the variance of a tree's prediction, averaged over all other parameters, divided by the variance of the prediction,
 * and the mean of that over trees. Parameters count as uniform on their scales and independent of each other, wherever
 * the sampler looked; a parameter that does not exist at some points has one more value, of the weight that it has among
 * the trials. What the single parameters leave unexplained is their interplay. Constraints are not looked at.
 *
 * <p>Trials with a NaN or infinite value are left out; of more than 4,096 others every k-th is taken. With fewer than
 * {@value #FEWEST_TRIALS} trials, or when all values are equal, there is no answer. Immutable and thread-safe; O(trees ·
 * parameters · trials · log² trials) to compute, the same bits for the same input.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Importance implements Tabular {
    /** The fewest trials with a finite value. */
    public static final int FEWEST_TRIALS = 10;

    private static final int TREES = 64;
    private static final int MOST_TRIALS = 4096;

    private final List<String> names;
    private final double[] shares;
    private final double[] spreads;
    private final int trials;
    private final String reason;

    private Importance(List<String> names, double[] shares, double[] spreads, int trials, String reason) {
        this.names = names;
        this.shares = shares;
        this.spreads = spreads;
        this.trials = trials;
        this.reason = reason;
    }

    /**
     * Computes the shares.
     *
     * @param space to which the sets belong
     * @param sets the trials
     * @param values their values, one per set; direction does not matter
     * @param seed of the forest
     * @return the shares, or the reason why there are none
     * @throws IllegalArgumentException if a set is not of the space or the lengths differ
     */
    public static Importance of(ParameterSpace space, List<ParameterSet> sets, double[] values, long seed) {
        Check.that(
                sets.size() == values.length, "values must be as many as sets=" + sets.size() + ", got " + values.length);
        int[] finite = finite(values);
        int n = finite.length;
        double[] y = Arrays.stream(finite).mapToDouble(i -> values[i]).toArray();
        double least = Arrays.stream(y).min().orElse(Double.NaN);
        double most = Arrays.stream(y).max().orElse(Double.NaN);
        if (n < FEWEST_TRIALS) {
            return none(space, n, "fewer than " + FEWEST_TRIALS + " trials have a finite value: " + n);
        }
        if (least == most) {
            return none(space, n, "all " + n + " values are equal");
        }
        scale(y, least, most);
        double[][] coordinates = new double[n][];
        for (int i = 0; i < n; i++) {
            coordinates[i] = space.coordinates(sets.get(finite[i]));
        }
        return analyse(space, coordinates, y, seed);
    }

    /** Shares do not depend on the scale, but sums of squares of extreme values would overflow. */
    private static void scale(double[] y, double least, double most) {
        double range = most / 2 - least / 2;
        for (int i = 0; i < y.length; i++) {
            y[i] = (y[i] / 2 - least / 2) / range;
        }
    }

    private static int[] finite(double[] values) {
        List<Integer> finite = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            if (Double.isFinite(values[i])) {
                finite.add(i);
            }
        }
        int every = (finite.size() + MOST_TRIALS - 1) / MOST_TRIALS;
        List<Integer> taken = new ArrayList<>();
        for (int i = 0; i < finite.size(); i += every) {
            taken.add(finite.get(i));
        }
        return taken.stream().mapToInt(Integer::intValue).toArray();
    }

    private static Importance none(ParameterSpace space, int trials, String reason) {
        double[] missing = new double[space.names().size()];
        Arrays.fill(missing, Double.NaN);
        return new Importance(space.names(), missing, missing, trials, reason);
    }

    private static Importance analyse(ParameterSpace space, double[][] coordinates, double[] y, long seed) {
        VarianceTree.Feature[] features = features(space, coordinates);
        double[][] x = encoded(space, features, coordinates);
        long[][] ranks = VarianceTree.ranks(features.length, x);
        double[] means = new double[features.length];
        double[] squares = new double[features.length];
        int grown = 0;
        for (int t = 0; t < TREES; t++) {
            VarianceTree tree = new VarianceTree(features, x, ranks, y, sample(y.length, Seeds.rng(seed, t)));
            if (!(tree.variance() > 0)) {
                continue;
            }
            grown++;
            for (int f = 0; f < features.length; f++) {
                double share = tree.varianceOf(f) / tree.variance();
                double difference = share - means[f];
                means[f] += difference / grown;
                squares[f] += difference * (share - means[f]);
            }
        }
        if (grown == 0) {
            return none(space, y.length, "no tree found a split in " + y.length + " trials");
        }
        for (int f = 0; f < squares.length; f++) {
            squares[f] = Math.sqrt(squares[f] / grown);
        }
        return new Importance(space.names(), means, squares, y.length, "");
    }

    private static int[] sample(int n, Rng rng) {
        int[] rows = new int[n];
        for (int i = 0; i < n; i++) {
            rows[i] = rng.nextInt(n);
        }
        return rows;
    }

    private static VarianceTree.Feature[] features(ParameterSpace space, double[][] coordinates) {
        VarianceTree.Feature[] features = new VarianceTree.Feature[space.parameters().size()];
        for (int f = 0; f < features.length; f++) {
            int missing = 0;
            for (double[] point : coordinates) {
                missing += Double.isNaN(point[f]) ? 1 : 0;
            }
            double absent = missing == coordinates.length ? 1 : (double) missing / (coordinates.length - missing);
            boolean isChoice = space.parameters().get(f) instanceof Parameter.Categorical;
            features[f] = new VarianceTree.Feature(
                    isChoice ? (int) space.parameters().get(f).count().orElse(0) : 0, absent);
        }
        return features;
    }

    private static double[][] encoded(ParameterSpace space, VarianceTree.Feature[] features, double[][] coordinates) {
        double[][] x = new double[coordinates.length][features.length];
        for (int i = 0; i < x.length; i++) {
            for (int f = 0; f < features.length; f++) {
                double coordinate = coordinates[i][f];
                boolean isChoice = features[f].choices() > 0;
                if (Double.isNaN(coordinate)) {
                    x[i][f] = isChoice ? features[f].choices() : features[f].low() / 2;
                } else {
                    x[i][f] = isChoice ? coordinate : space.parameters().get(f).toUnit(coordinate);
                }
            }
        }
        return x;
    }

    /**
     * The parameters.
     *
     * @return names in the order of the space
     */
    public List<String> names() {
        return names;
    }

    /**
     * The share of one parameter alone.
     *
     * @param name of the parameter
     * @return in [0, 1]; NaN if there is no answer
     * @throws IllegalArgumentException if there is no such parameter
     */
    public double share(String name) {
        return shares[indexOf(name)];
    }

    /**
     * How much the trees disagree about a share.
     *
     * @param name of the parameter
     * @return standard deviation over trees; NaN if there is no answer
     * @throws IllegalArgumentException if there is no such parameter
     */
    public double spread(String name) {
        return spreads[indexOf(name)];
    }

    /**
     * The share that no parameter explains alone.
     *
     * @return 1 minus all shares, not below 0; NaN if there is no answer
     */
    public double interplay() {
        double sum = 0;
        for (double share : shares) {
            sum += share;
        }
        return Double.isNaN(sum) ? sum : Math.max(0, 1 - sum);
    }

    /**
     * How many trials it rests on.
     *
     * @return trials with a finite value that were used
     */
    public int trials() {
        return trials;
    }

    /**
     * Why there is no answer.
     *
     * @return the reason, empty if there is an answer
     */
    public Optional<String> reason() {
        return reason.isEmpty() ? Optional.empty() : Optional.of(reason);
    }

    /** Parameters by falling share, then the interplay. */
    @Override
    public List<Column> columns() {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < shares.length; i++) {
            order.add(i);
        }
        order.sort((a, b) -> Double.compare(shares[b], shares[a]));
        List<Object> parameters = new ArrayList<>();
        List<Object> importance = new ArrayList<>();
        List<Object> deviation = new ArrayList<>();
        for (int i : order) {
            parameters.add(names.get(i));
            importance.add(shares[i]);
            deviation.add(spreads[i]);
        }
        parameters.add("(interplay)");
        importance.add(interplay());
        deviation.add(Double.NaN);
        return List.of(
                new Column("parameter", parameters),
                new Column("share of variance", importance),
                new Column("± over trees", deviation));
    }

    private int indexOf(String name) {
        int index = names.indexOf(name);
        Check.that(index >= 0, "parameter must be one of " + names + ", got '" + name + "'");
        return index;
    }
}
