package org.lama.backtest.sweep;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.search.Direction;
import org.lama.core.search.Parameter;

/**
 * A robust region: the trial whose neighbourhood is good, which need not be the one that is best itself. A peak that stands
 * alone is more likely luck than a plateau.
 *
 * <p>Neighbours differ by at most one step in each parameter that has steps, by at most a tenth of its range in each
 * continuous one, and not at all in a choice; a trial without a value counts as the worst there is. A region is ranked by the
 * quantile of its values that three quarters exceed, then by its median, then by its number. It needs the trial itself and at
 * least two neighbours per parameter where there are so many anywhere. Immutable.
 *
 * @param trial number of the trial in the middle
 * @param value its metric
 * @param neighbours trials in the region, itself included
 * @param median of their metrics
 * @param quartile the metric that three quarters of them reach or exceed
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record Plateau(long trial, double value, int neighbours, double median, double quartile) {
    private static final Pattern WITHOUT_BORDER =
            Pattern.compile("drawdown|valueAtRisk|shortfall|skew|kurtosis|worst", Pattern.CASE_INSENSITIVE);
    private static final int MOST_CENTRES = 4_000;
    private static final double NEAR = 0.1;
    private static final double STEP_AND_A_HALF = 1.5;

    /**
     * Finds the best region. O(centres · neighbourhood in the first parameter); centres are all trials up to 4,000, beyond that the
     * 4,000 best.
     *
     * @param trials all trials of a sweep
     * @param direction what is good
     * @return the region; empty if no trial has a value
     */
    public static Optional<Plateau> find(TrialColumns trials, Direction direction) {
        Finder finder = new Finder(Check.notNull(trials, "trials"), Check.notNull(direction, "direction"));
        return finder.best();
    }

    /**
     * Why there is no robust region though this one is the best: too few of its trials have a value, or they lose. Metrics whose
     * border between good and bad is not 0, such as drawdowns, are taken as they are.
     *
     * @param metric key of the metric
     * @return in words; empty if the region deserves its name
     */
    public Optional<String> weakness(String metric) {
        if (!Double.isFinite(quartile) || !Double.isFinite(median)) {
            return Optional.of("n/a: around no trial do three quarters of the neighbours have a value");
        }
        boolean border = SweepMetric.named(metric).direction() == Direction.MAXIMISE
                && !WITHOUT_BORDER.matcher(metric).find();
        return border && (value < 0 || quartile < 0)
                ? Optional.of("none: in the best region, around trial " + trial + ", the trial has a " + metric + " of "
                        + String.format(Locale.ROOT, "%.3f", value) + ", and three quarters of its " + neighbours
                        + " neighbours reach only " + String.format(Locale.ROOT, "%.3f", quartile))
                : Optional.empty();
    }

    /** The trials on their scales, sorted by the first parameter. */
    private static final class Finder {
        private final TrialColumns trials;
        private final Direction direction;
        private final int[] order;
        private final double[] first;
        private final double[][] unit;
        private final double[] reach;
        private double[] scratch = new double[16];

        Finder(TrialColumns trials, Direction direction) {
            this.trials = trials;
            this.direction = direction;
            List<Parameter> parameters = trials.space().parameters();
            unit = new double[parameters.size()][trials.size()];
            reach = new double[unit.length];
            for (int d = 0; d < unit.length; d++) {
                Parameter parameter = parameters.get(d);
                boolean choice = parameter instanceof Parameter.Categorical;
                reach[d] = parameter.count().isEmpty()
                        ? NEAR
                        : (choice ? 0.5 : STEP_AND_A_HALF) / parameter.count().getAsLong();
                for (int row = 0; row < trials.size(); row++) {
                    double coordinate = trials.coordinate(d, row);
                    // what does not exist is near to what does not exist either
                    unit[d][row] = Double.isNaN(coordinate) ? -1 : parameter.toUnit(coordinate);
                }
                if (parameter instanceof Parameter.Logarithmic
                        && parameter.count().isPresent()) {
                    reach[d] = NEAR;
                }
            }
            order = IntStream.range(0, trials.size())
                    .boxed()
                    .sorted(Comparator.comparingDouble(row -> unit[0][row]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            first = Arrays.stream(order).mapToDouble(row -> unit[0][row]).toArray();
        }

        Optional<Plateau> best() {
            int[] centres = IntStream.range(0, trials.size())
                    .filter(row -> !Double.isNaN(trials.value(row)))
                    .boxed()
                    .sorted(Comparator.comparingDouble(row -> direction.loss(trials.value(row))))
                    .limit(MOST_CENTRES)
                    .mapToInt(Integer::intValue)
                    .sorted()
                    .toArray();
            int wanted = 1 + 2 * unit.length;
            Plateau best = null;
            for (int centre : centres) {
                Plateau region = region(centre);
                if (best == null || isBetter(region, best, wanted)) {
                    best = region;
                }
            }
            return Optional.ofNullable(best);
        }

        private boolean isBetter(Plateau region, Plateau best, int wanted) {
            int enough = Math.min(wanted, region.neighbours) - Math.min(wanted, best.neighbours);
            if (enough != 0) {
                return enough > 0;
            }
            if (region.quartile != best.quartile) {
                return direction.isBetter(region.quartile, best.quartile);
            }
            return direction.isBetter(region.median, best.median);
        }

        private Plateau region(int centre) {
            int count = 0;
            int missing = 0;
            double high = unit[0][centre] + reach[0];
            for (int k = lowest(unit[0][centre] - reach[0]); k < order.length && first[k] <= high; k++) {
                int row = order[k];
                if (isNear(centre, row)) {
                    double loss = direction.loss(trials.value(row));
                    if (loss == Double.POSITIVE_INFINITY) {
                        missing++;
                    } else {
                        scratch = count == scratch.length ? Arrays.copyOf(scratch, 2 * count) : scratch;
                        scratch[count++] = loss;
                    }
                }
            }
            Arrays.sort(scratch, 0, count);
            return new Plateau(
                    trials.number(centre),
                    trials.value(centre),
                    count + missing,
                    at(0.5, count, missing),
                    at(0.75, count, missing));
        }

        /** The first place with at least a value. */
        private int lowest(double value) {
            int low = 0;
            int high = first.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (first[middle] < value) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        /** A quantile of the losses, with those of trials without a value at the end; NaN if it falls among them. */
        private double at(double share, int count, int missing) {
            double rank = share * (count + missing - 1);
            if (rank > count - 1) {
                return Double.NaN;
            }
            int below = (int) rank;
            double loss =
                    scratch[below] + (below + 1 < count ? (rank - below) * (scratch[below + 1] - scratch[below]) : 0);
            return direction == Direction.MAXIMISE ? -loss : loss;
        }

        private boolean isNear(int a, int b) {
            for (int d = 0; d < unit.length; d++) {
                if (!(Math.abs(unit[d][a] - unit[d][b]) <= reach[d])) {
                    return false;
                }
            }
            return true;
        }
    }
}
