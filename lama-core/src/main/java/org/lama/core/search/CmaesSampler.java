package org.lama.core.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.lama.core.base.Rng;

/**
 * CMA-ES over the unit ranges of the numeric parameters, with choices drawn from probabilities that follow the better
 * half of each generation. Draws outside the ranges or the constraints are repeated, at last put on the border. Values
 * told for an older generation, or without having been asked for, count in the running one as points from outside. A
 * run that has narrowed to nothing is followed by another with twice the population from a random place (IPOP, Auger
 * and Hansen 2005, doi:10.1109/CEC.2005.1554902).
 */
final class CmaesSampler extends PointSampler {
    private static final int REDRAWS = 100;
    private static final double NARROW = 1e-11;
    private static final double CHOICE_RATE = 0.3;

    /** Share of the even probability that every choice keeps. */
    private static final double LEAST_CHOICE = 0.3;

    /** An evaluated point: its place in the unit ranges, all coordinates, and what came out. */
    private record Member(double[] x, double[] coordinates, double loss, long trial) {}

    private final CmaesSettings settings;
    private final int[] numeric;
    private final int[] choices;
    private final TreeMap<Long, double[]> drawn = new TreeMap<>();
    private final List<Member> generation = new ArrayList<>();
    private final double[][] probabilities;
    private CovarianceAdaptation distribution;
    private double bestWarm = Double.POSITIVE_INFINITY;
    private long runs;

    CmaesSampler(ParameterSpace space, Direction direction, long seed, CmaesSettings settings) {
        super(
                space,
                direction,
                "cmaes deviation=" + settings.initialDeviation() + " population=" + settings.population(),
                seed);
        this.settings = settings;
        List<Parameter> parameters = space.parameters();
        numeric = IntStream.range(0, parameters.size())
                .filter(i -> !(parameters.get(i) instanceof Parameter.Categorical))
                .toArray();
        choices = IntStream.range(0, parameters.size())
                .filter(i -> parameters.get(i) instanceof Parameter.Categorical)
                .toArray();
        probabilities = new double[choices.length][];
        double[] centre = new double[Math.max(1, numeric.length)];
        Arrays.fill(centre, 0.5);
        distribution = begin(centre, population());
    }

    private int population() {
        return settings.population() > 0
                ? settings.population()
                : 4 + (int) (1.5 * StrictMath.log(Math.max(1, numeric.length)));
    }

    private CovarianceAdaptation begin(double[] mean, int population) {
        for (int c = 0; c < choices.length; c++) {
            probabilities[c] = new double[(int) parameter(choices[c]).count().orElse(1)];
            Arrays.fill(probabilities[c], 1.0 / probabilities[c].length);
        }
        generation.clear();
        return new CovarianceAdaptation(mean, settings.initialDeviation(), population);
    }

    private Parameter parameter(int index) {
        return dimensions().parameters().get(index);
    }

    @Override
    double[] propose(long trial) {
        Rng rng = rng(trial);
        double[] x = new double[distribution.mean().length];
        double[] point = new double[dimensions().count()];
        for (int draw = 0; draw < REDRAWS; draw++) {
            distribution.draw(rng, x);
            boolean inside = isInside(x);
            if (!inside && draw < REDRAWS - 1) {
                continue;
            }
            place(x, point);
            drawChoices(rng, point);
            dimensions().settle(point);
            if (dimensions().satisfies(point) && !isUsed(point)) {
                drawn.put(trial, x);
                return point;
            }
        }
        double[] elsewhere = freshPoint(rng);
        if (elsewhere.length > 0) {
            drawn.put(trial, unit(elsewhere));
        }
        return elsewhere;
    }

    private static boolean isInside(double[] x) {
        for (double u : x) {
            if (!(u >= 0 && u <= 1)) {
                return false;
            }
        }
        return true;
    }

    /** Coordinates of numbers from unit ranges, which are cut at the borders. */
    private void place(double[] x, double[] point) {
        for (int i = 0; i < numeric.length; i++) {
            x[i] = Math.max(0, Math.min(1, x[i]));
            point[numeric[i]] = parameter(numeric[i]).fromUnit(x[i]);
        }
    }

    private void drawChoices(Rng rng, double[] point) {
        for (int c = 0; c < choices.length; c++) {
            double u = rng.nextDouble();
            int choice = 0;
            while (choice < probabilities[c].length - 1 && u >= probabilities[c][choice]) {
                u -= probabilities[c][choice];
                choice++;
            }
            point[choices[c]] = choice;
        }
    }

    /** Unit ranges of a point; a parameter that does not exist there stands at the mean. */
    private double[] unit(double[] point) {
        double[] x = distribution.mean().clone();
        for (int i = 0; i < numeric.length; i++) {
            double coordinate = point[numeric[i]];
            x[i] = Double.isNaN(coordinate) ? x[i] : parameter(numeric[i]).toUnit(coordinate);
        }
        return x;
    }

    @Override
    void learn(long trial, double[] coordinates, double loss) {
        if (asked() == 0) {
            startAt(coordinates, loss);
            return;
        }
        double[] own = drawn.remove(trial);
        generation.add(new Member(own == null ? unit(coordinates) : own, coordinates, loss, trial));
        if (generation.size() >= distribution.lambda()) {
            close();
        }
    }

    /** What is told before the first question moves the start to the best of it. */
    private void startAt(double[] coordinates, double loss) {
        if (loss < bestWarm) {
            bestWarm = loss;
            distribution = new CovarianceAdaptation(unit(coordinates), settings.initialDeviation(), population());
        }
    }

    /** Learns from a full generation. */
    private void close() {
        generation.sort(Comparator.comparingDouble(Member::loss).thenComparingLong(Member::trial));
        List<Member> finite = generation.stream()
                .filter(member -> member.loss < Double.POSITIVE_INFINITY)
                .toList();
        distribution.update(finite.stream().map(Member::x).toArray(double[][]::new));
        moveProbabilities(finite);
        boolean flat = finite.size() == distribution.lambda()
                && finite.get(0).loss == finite.get(finite.size() - 1).loss;
        generation.clear();
        double margin = 1.0 / (distribution.lambda() * Math.max(1, numeric.length));
        for (int i = 0; i < numeric.length; i++) {
            DiscreteMargin.apply(distribution, i, parameter(numeric[i]), margin);
        }
        if (numeric.length > 0 && (flat || distribution.isSpent(NARROW))) {
            restart();
        }
    }

    private void moveProbabilities(List<Member> ranked) {
        double[] weights = distribution.weights();
        for (int c = 0; c < choices.length; c++) {
            double[] seen = new double[probabilities[c].length];
            double total = 0;
            for (int i = 0; i < ranked.size() && weights[i] > 0; i++) {
                double choice = ranked.get(i).coordinates[choices[c]];
                if (!Double.isNaN(choice)) {
                    seen[(int) choice] += weights[i];
                    total += weights[i];
                }
            }
            double least = LEAST_CHOICE / seen.length;
            double sum = 0;
            for (int k = 0; k < seen.length; k++) {
                double moved = probabilities[c][k] + CHOICE_RATE * (seen[k] - total * probabilities[c][k]);
                probabilities[c][k] = Math.max(least, moved);
                sum += probabilities[c][k];
            }
            for (int k = 0; k < seen.length; k++) {
                probabilities[c][k] /= sum;
            }
        }
    }

    private void restart() {
        runs++;
        drawn.clear();
        Rng rng = rng(-runs - 1);
        double[] mean = new double[distribution.mean().length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = rng.nextDouble();
        }
        distribution = begin(mean, distribution.lambda() * 2);
    }
}
