package org.lama.core.search;

/**
 * One parameter on the scale on which a density is estimated: numbers as they are, logarithmic ones as logarithms,
 * stepped ones as the number of the step (each with half a step of room to both sides), choices as their index.
 * Immutable.
 */
final class Axis {
    /** Up to so many values a step has a probability; beyond it is taken as continuous and rounded. */
    private static final long LARGEST_STEPPED = 64;

    final double low;
    final double high;
    /** Number of choices, 0 for a numeric axis. */
    final int choices;
    /** Number of values of a stepped axis, 0 for a continuous one. */
    final int steps;

    private final Parameter parameter;
    private final boolean logarithmic;
    private final boolean counted;

    Axis(Parameter parameter) {
        this.parameter = parameter;
        long count = parameter.count().orElse(0);
        boolean isChoice = parameter instanceof Parameter.Categorical;
        choices = isChoice ? (int) count : 0;
        logarithmic = parameter instanceof Parameter.Logarithmic;
        counted = count > 0 && !isChoice && !logarithmic;
        steps = counted && count <= LARGEST_STEPPED ? (int) count : 0;
        if (parameter instanceof Parameter.Logarithmic range) {
            low = Math.log(range.whole() ? range.low() - 0.5 : range.low());
            high = Math.log(range.whole() ? range.high() + 0.5 : range.high());
        } else if (parameter instanceof Parameter.Real range && !counted) {
            low = range.low();
            high = range.high();
        } else {
            low = -0.5;
            high = count - 0.5;
        }
    }

    double width() {
        return high - low;
    }

    double scaled(double coordinate) {
        if (logarithmic) {
            return Math.log(coordinate);
        }
        return counted ? parameter.indexOf(coordinate) : coordinate;
    }

    /** The coordinate of the value nearest to a scaled number. */
    double coordinate(double scaled) {
        if (logarithmic) {
            return parameter.fromUnit((scaled - low) / width());
        }
        if (counted) {
            return parameter.at(Math.max(0, Math.min((long) high, Math.round(scaled))));
        }
        return scaled;
    }
}
