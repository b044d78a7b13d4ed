package org.lama.core.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lama.core.base.Rng;

/**
 * The multivariate tree-structured Parzen estimator: told trials are split into the few good ones and the rest, a
 * mixture is laid over each, points are drawn from the good mixture, and the one with the largest ratio of densities is
 * taken (Bergstra et al. 2011; Falkner et al. 2018, arXiv:1807.01774; settings of Watanabe 2023, arXiv:2304.11127).
 * Parameters that exist together are drawn together; trials handed out and not told count among the rest, so that a
 * batch spreads out.
 */
final class TpeSampler extends PointSampler {
    /** So many of the latest trials have full weight. */
    private static final int FULL_WEIGHT = 25;

    /** So many draws are made per candidate that must be new and within the constraints. */
    private static final int DRAWS_PER_CANDIDATE = 16;

    private final TpeSettings settings;
    private final Axis[] axes;
    private final List<int[]> groups;
    private final List<double[]> told = new ArrayList<>();
    private final List<Double> losses = new ArrayList<>();

    TpeSampler(ParameterSpace space, Direction direction, long seed, TpeSettings settings) {
        super(space, direction, "tpe " + text(settings), seed);
        this.settings = settings;
        List<Parameter> parameters = space.parameters();
        axes = new Axis[parameters.size()];
        for (int i = 0; i < axes.length; i++) {
            axes[i] = new Axis(parameters.get(i));
        }
        groups = groups(parameters);
    }

    private static String text(TpeSettings settings) {
        return "startup=" + settings.startupTrials() + " candidates=" + settings.candidates() + " good="
                + settings.goodShare() + " most=" + settings.mostGood();
    }

    /** Parameters under the same condition exist together. */
    private static List<int[]> groups(List<Parameter> parameters) {
        Map<String, List<Integer>> byCondition = new LinkedHashMap<>();
        for (int i = 0; i < parameters.size(); i++) {
            String condition = parameters
                    .get(i)
                    .condition()
                    .map(Parameter.Condition::canonicalText)
                    .orElse("");
            byCondition.computeIfAbsent(condition, key -> new ArrayList<>()).add(i);
        }
        return byCondition.values().stream()
                .map(members -> members.stream().mapToInt(Integer::intValue).toArray())
                .toList();
    }

    @Override
    void learn(long trial, double[] coordinates, double loss) {
        double[] scaled = new double[axes.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = Double.isNaN(coordinates[i]) ? Double.NaN : axes[i].scaled(coordinates[i]);
        }
        told.add(scaled);
        losses.add(loss);
    }

    @Override
    void repeat(long trial, double[] recorded) {
        // A proposal depends on seed, number, told and pending trials only: there is nothing to compute again.
    }

    @Override
    double[] propose(long trial) {
        Rng rng = rng(trial);
        if (told.size() < settings.startupTrials()) {
            return freshPoint(rng);
        }
        boolean[] good = good();
        double[] point = new double[axes.length];
        Arrays.fill(point, Double.NaN);
        for (int g = 0; g < groups.size(); g++) {
            int[] group = groups.get(g);
            if (dimensions().isActive(group[0], point) && !fill(point, group, good, rng, g == groups.size() - 1)) {
                return freshPoint(rng);
            }
        }
        return isUsed(point) ? freshPoint(rng) : point;
    }

    /** The best finite losses; of equal ones the first told. */
    private boolean[] good() {
        int n = losses.size();
        Integer[] order = new Integer[n];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(losses.get(a), losses.get(b)));
        boolean[] good = new boolean[n];
        int count = (int) Math.min(Math.ceil(settings.goodShare() * n), settings.mostGood());
        for (int i = 0; i < count; i++) {
            good[order[i]] = losses.get(order[i]) < Double.POSITIVE_INFINITY;
        }
        return good;
    }

    /** Chooses the coordinates of one group; false if no draw was allowed. */
    private boolean fill(double[] point, int[] group, boolean[] good, Rng rng, boolean last) {
        ParzenEstimator below = estimator(group, good, true);
        ParzenEstimator above = estimator(group, good, false);
        double[] scaled = new double[group.length];
        double[] trial = point.clone();
        double best = Double.NEGATIVE_INFINITY;
        int candidates = 0;
        for (int i = 0; i < settings.candidates() * DRAWS_PER_CANDIDATE && candidates < settings.candidates(); i++) {
            below.draw(rng, scaled);
            for (int a = 0; a < group.length; a++) {
                trial[group[a]] = axes[group[a]].coordinate(scaled[a]);
            }
            if (!dimensions().satisfies(trial) || (last && isUsed(trial))) {
                continue;
            }
            candidates++;
            double score = below.logDensity(scaled) - above.logDensity(scaled);
            if (score > best) {
                best = score;
                for (int index : group) {
                    point[index] = trial[index];
                }
            }
        }
        return candidates > 0;
    }

    private ParzenEstimator estimator(int[] group, boolean[] good, boolean wanted) {
        List<double[]> rows = new ArrayList<>();
        for (int i = 0; i < good.length; i++) {
            if (good[i] == wanted && !Double.isNaN(told.get(i)[group[0]])) {
                rows.add(told.get(i));
            }
        }
        if (!wanted) {
            addPending(group, rows);
        }
        Axis[] members = new Axis[group.length];
        double[][] observations = new double[group.length][rows.size()];
        for (int a = 0; a < group.length; a++) {
            members[a] = axes[group[a]];
            for (int i = 0; i < rows.size(); i++) {
                observations[a][i] = rows.get(i)[group[a]];
            }
        }
        return new ParzenEstimator(members, observations, weights(rows.size()));
    }

    private void addPending(int[] group, List<double[]> rows) {
        for (double[] coordinates : pending().values()) {
            if (!Double.isNaN(coordinates[group[0]])) {
                double[] scaled = new double[axes.length];
                for (int index : group) {
                    scaled[index] = axes[index].scaled(coordinates[index]);
                }
                rows.add(scaled);
            }
        }
    }

    /** The latest count in full, older ones less, down to one n-th. */
    private static double[] weights(int n) {
        double[] weights = new double[n];
        int ramp = Math.max(0, n - FULL_WEIGHT);
        for (int i = 0; i < n; i++) {
            weights[i] = i >= ramp ? 1 : ramp == 1 ? 1.0 / n : 1.0 / n + (1 - 1.0 / n) * i / (ramp - 1);
        }
        return weights;
    }
}
