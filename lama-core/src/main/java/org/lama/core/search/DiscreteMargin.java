package org.lama.core.search;

import org.lama.core.math.Distributions;

/**
 * Keeps a discrete coordinate of CMA-ES alive: the probability of leaving the value at the mean does not fall below a
 * margin, else the step size shrinks below a step and the coordinate is stuck (Hamano et al. 2022,
 * doi:10.1145/3512290.3528827, section 4). Stateless.
 */
final class DiscreteMargin {
    private DiscreteMargin() {}

    /** Applies the margin to one coordinate of a distribution over the unit range of a parameter. */
    static void apply(CovarianceAdaptation distribution, int coordinate, Parameter parameter, double margin) {
        long count = parameter.count().orElse(0);
        if (count < 2) {
            return;
        }
        double mean = distribution.mean()[coordinate];
        long index = parameter.indexOf(parameter.fromUnit(Math.max(0, Math.min(1, mean))));
        if (index == 0) {
            distribution.adjust(coordinate, edge(distribution, coordinate, border(parameter, 0), margin), 1);
        } else if (index == count - 1) {
            distribution.adjust(coordinate, edge(distribution, coordinate, border(parameter, count - 2), margin), 1);
        } else {
            middle(distribution, coordinate, border(parameter, index - 1), border(parameter, index), margin);
        }
    }

    /** Where the share of one value ends and that of the next begins. */
    private static double border(Parameter parameter, long index) {
        if (parameter instanceof Parameter.Logarithmic range) {
            double bottom = StrictMath.log(range.low() - 0.5);
            double top = StrictMath.log(range.high() + 0.5);
            return (StrictMath.log(range.at(index) + 0.5) - bottom) / (top - bottom);
        }
        return (index + 1.0) / parameter.count().orElse(1);
    }

    /** At the first and the last value the mean stays near enough to the border. */
    private static double edge(CovarianceAdaptation distribution, int coordinate, double border, double margin) {
        double farthest = distribution.deviation(coordinate) * Distributions.normalQuantile(1 - margin);
        double distance = distribution.mean()[coordinate] - border;
        return border + Math.copySign(Math.min(Math.abs(distance), farthest), distance);
    }

    private static void middle(
            CovarianceAdaptation distribution, int coordinate, double low, double high, double margin) {
        double mean = distribution.mean()[coordinate];
        double deviation = distribution.deviation(coordinate);
        double below = NormalMass.tail((mean - low) / deviation);
        double above = NormalMass.tail((high - mean) / deviation);
        double inside = 1 - below - above;
        double half = margin / 2;
        double wantedBelow = Math.max(half, below);
        double wantedAbove = Math.max(half, above);
        if (wantedBelow == below && wantedAbove == above) {
            return;
        }
        double surplus = (1 - wantedBelow - wantedAbove - inside) / (wantedBelow + wantedAbove + inside - 3 * half);
        double finalBelow = wantedBelow + surplus * (wantedBelow - half);
        double finalAbove = wantedAbove + surplus * (wantedAbove - half);
        double toLow = Distributions.normalQuantile(1 - finalBelow);
        double toHigh = Distributions.normalQuantile(1 - finalAbove);
        double width = (high - low) / (toLow + toHigh);
        distribution.adjust(coordinate, (low * toHigh + high * toLow) / (toLow + toHigh), width / deviation);
    }
}
