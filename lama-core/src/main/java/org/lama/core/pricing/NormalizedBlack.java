package org.lama.core.pricing;

import org.lama.core.math.Distributions;

/**
 * Black's formula without units, for options that are out of the money: with x = −|ln(F/K)|, s = σ√T, h = x/s and t = s/2 it
 * is
 *
 * <p>{@code b(x, s) = e^(x/2)·Φ(h + t) − e^(−x/2)·Φ(h − t) = φ(√(h² + t²)) · (Y(h + t) − Y(h − t)) · } with Y = Φ/φ,
 *
 * <p>and the value of the option is {@code b·√(F·K)} before discounting (Jäckel 2015, "Let's be rational", Wilmott). The
 * difference G of Mills ratios is what loses digits; it is computed in three ways:
 *
 * <ul>
 *   <li>h ≤ −2 and t ≤ −h/2: as the series {@code 2 Σ_{k odd} I_k(h) t^k} of positive terms, {@code I_k = ∫ u^k/k! e^(hu −
 *       u²/2) du}, the ratios {@code r_k = I_k/I_(k−1) = 1/(−h + (k + 1) r_(k+1))} run downwards (Gautschi 1967);
 *   <li>h > −2 and t &lt; 0.2: the same series, its terms run upwards by {@code Y^(k+1) = h·Y^(k) + k·Y^(k−1)};
 *   <li>else as it stands: there the two parts are far apart.
 * </ul>
 *
 * Static, thread-safe, allocates nothing.
 */
final class NormalizedBlack {
    private static final double LOG_ROOT_TWO_PI = 0.5 * Math.log(2 * Math.PI);
    private static final int TERMS = 60;

    private NormalizedBlack() {}

    /** ln b(x, s) for x at most 0 and s above 0; minus infinity only where h² overflows. */
    static double logPrice(double x, double s) {
        double h = x / s;
        double t = 0.5 * s;
        if (h + t > 0 && !nearby(h, t)) {
            return Math.log(direct(x, s));
        }
        return logDensity(h, t) + Math.log(difference(h, t));
    }

    /** b(x, s) for x at most 0 and s at least 0. */
    static double price(double x, double s) {
        return s == 0 ? 0 : s == Double.POSITIVE_INFINITY ? Math.exp(0.5 * x) : Math.exp(logPrice(x, s));
    }

    /** b'(s) / b: one over G. */
    static double logSlope(double x, double s) {
        double h = x / s;
        double t = 0.5 * s;
        if (h + t > 0 && !nearby(h, t)) {
            return Math.exp(logDensity(h, t)) / direct(x, s);
        }
        return 1 / difference(h, t);
    }

    /** ln b'(s). */
    static double logDensity(double h, double t) {
        return -0.5 * (h * h + t * t) - LOG_ROOT_TWO_PI;
    }

    /** What is missing to the upper bound: e^(x/2) − b(x, s), without cancellation. */
    static double complement(double x, double s) {
        double h = x / s;
        double t = 0.5 * s;
        return Math.exp(0.5 * x) * Distributions.normalTail(h + t)
                + Math.exp(-0.5 * x) * Distributions.normalTail(t - h);
    }

    private static double direct(double x, double s) {
        double h = x / s;
        double t = 0.5 * s;
        return Math.exp(0.5 * x) * Distributions.normalCdf(h + t)
                - Math.exp(-0.5 * x) * Distributions.normalTail(t - h);
    }

    private static boolean nearby(double h, double t) {
        return h > -2 && t < 0.2;
    }

    /** G = Y(h + t) − Y(h − t). */
    private static double difference(double h, double t) {
        if (h <= -2 && t <= -0.5 * h) {
            return downwards(h, t);
        }
        if (nearby(h, t)) {
            return upwards(h, t);
        }
        return MillsRatio.at(h + t) - MillsRatio.at(h - t);
    }

    private static double downwards(double h, double t) {
        double ratio = 0;
        double sum = 1;
        for (int k = 2 * TERMS; k > 1; k -= 2) {
            double odd = 1 / (-h + (k + 2) * ratio);
            double even = 1 / (-h + (k + 1) * odd);
            sum = 1 + t * t * even * odd * sum;
            ratio = even;
        }
        return 2 * MillsRatio.at(h) * t / (-h + 2 * ratio) * sum;
    }

    private static double upwards(double h, double t) {
        double before = MillsRatio.at(h);
        double now = 1 + h * before;
        double power = t;
        double sum = now * power;
        for (int k = 1; k < 16; k += 2) {
            double even = h * now + k * before;
            double odd = h * even + (k + 1) * now;
            power *= t * t / ((k + 1) * (k + 2));
            sum += odd * power;
            before = even;
            now = odd;
        }
        return 2 * sum;
    }
}
