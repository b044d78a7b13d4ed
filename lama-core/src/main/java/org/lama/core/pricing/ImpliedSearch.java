package org.lama.core.pricing;

/**
 * Solves b(x, s) = β for s by Newton's steps in coordinates in which the curve is almost a line, kept inside a shrinking
 * bracket. With the point of inflection {@code c = √(2|x|)}:
 *
 * <ul>
 *   <li>β below b(x, c): ln b against 1/s², which is convex, so that the steps come from one side;
 *   <li>β up to half of what is left to the bound: b against s, which is concave;
 *   <li>above: ln(bound − b) against s².
 * </ul>
 */
final class ImpliedSearch {
    private static final int MOST_STEPS = 100;

    private final double x;
    private final double target;
    private final double logTarget;
    private final double bound;
    private double low;
    private double high = Double.POSITIVE_INFINITY;
    private int steps;

    /** For x at most 0 and 0 &lt; target &lt; e^(x/2). */
    ImpliedSearch(double x, double target) {
        this.x = x;
        this.target = target;
        logTarget = Math.log(target);
        bound = Math.exp(0.5 * x);
    }

    int steps() {
        return steps;
    }

    double solve() {
        double inflection = Math.sqrt(-2 * x);
        double middle = inflection == 0 ? 0 : NormalizedBlack.price(x, inflection);
        if (target < middle) {
            high = inflection;
            return search(inflection, this::byLogarithm);
        }
        low = inflection;
        if (target <= 0.5 * (middle + bound)) {
            double start = inflection == 0 ? Math.sqrt(2 * Math.PI) * target : inflection;
            return search(start, this::byPrice);
        }
        return search(Math.max(inflection, 2), this::byComplement);
    }

    /** One step from s, which also tells on which side of the solution s lies. */
    private interface Step {
        double next(double s);
    }

    private double search(double start, Step step) {
        double s = start;
        double before = Double.POSITIVE_INFINITY;
        for (steps = 1; steps <= MOST_STEPS; steps++) {
            double next = step.next(s);
            if (!(next >= low && next <= high)) {
                next = high == Double.POSITIVE_INFINITY ? 2 * Math.max(s, low) : 0.5 * (low + high);
            }
            double change = Math.abs(next - s);
            // Near the end steps shrink by squares, until rounding makes them dance.
            if (change <= 2e-16 * s || (change < 1e-8 * s && change >= 0.5 * before)) {
                return next;
            }
            before = change;
            s = next;
        }
        return s;
    }

    private void bracket(double s, double excess) {
        if (excess >= 0) {
            high = Math.min(high, s);
        }
        if (excess <= 0) {
            low = Math.max(low, s);
        }
    }

    private double byLogarithm(double s) {
        double excess = NormalizedBlack.logPrice(x, s) - logTarget;
        bracket(s, excess);
        // d ln b / d(1/s²) = −(s³/2)·(b'/b)
        double inverse = 1 / (s * s) + excess / (0.5 * s * s * s * NormalizedBlack.logSlope(x, s));
        return 1 / Math.sqrt(inverse);
    }

    private double byPrice(double s) {
        double price = NormalizedBlack.price(x, s);
        bracket(s, price - target);
        return s + (target - price) / Math.exp(NormalizedBlack.logDensity(x / s, 0.5 * s));
    }

    private double byComplement(double s) {
        double left = NormalizedBlack.complement(x, s);
        double excess = Math.log((bound - target) / left);
        bracket(s, excess);
        // d ln(bound − b) / d(s²) = −b'/(2s·(bound − b))
        double slope = Math.exp(NormalizedBlack.logDensity(x / s, 0.5 * s)) / (2 * s * left);
        return Math.sqrt(s * s - excess / slope);
    }
}
