package org.lama.core.stats;

/**
 * The limit distribution of Canova and Hansen (1995), their generalised Von Mises law with k degrees of freedom: the sum
 * over j of chi-squared(k) variables divided by (j pi)^2; k = 1 is that of Cramer and von Mises. Its Laplace transform is
 * (z / sinh z)^(k/2) with z = sqrt(2 s), inverted numerically on Talbot's contour (Abate and Valko 2004, International
 * Journal for Numerical Methods in Engineering 60, 979-993), to about 1e-8 absolute. Stateless and thread-safe.
 */
final class VonMises {
    private static final int NODES = 22;
    private static final double ROUNDING = 1e-9;

    private VonMises() {}

    /** Probability of a value above x. */
    static double tail(double x, int degrees) {
        if (!(x > 0)) {
            return Double.isNaN(x) ? Double.NaN : 1;
        }
        double tail = 1 - distribution(x, degrees);
        return tail < ROUNDING ? 0 : Math.min(1, tail);
    }

    /** The value that is exceeded with a given probability, by bisection. */
    static double quantile(double tail, int degrees) {
        double low = 0;
        double high = 1 + degrees;
        while (high - low > 1e-7) {
            double middle = 0.5 * (low + high);
            if (tail(middle, degrees) > tail) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return 0.5 * (low + high);
    }

    private static double distribution(double x, int degrees) {
        double radius = 0.4 * NODES / x;
        double sum = 0.5 * Math.exp(x * radius + logTransform(radius, 0, degrees)[0]) / radius;
        for (int k = 1; k < NODES; k++) {
            double theta = k * Math.PI / NODES;
            double cotangent = 1 / Math.tan(theta);
            double re = radius * theta * cotangent;
            double im = radius * theta;
            double sigma = theta + (theta * cotangent - 1) * cotangent;
            double[] log = logTransform(re, im, degrees);
            double size = Math.exp(x * re + log[0]);
            double angle = x * im + log[1];
            // exp(s x) L(s) / s times 1 + i sigma, real part
            double norm = re * re + im * im;
            double cos = size * Math.cos(angle);
            double sin = size * Math.sin(angle);
            double a = (cos * re + sin * im) / norm;
            double b = (sin * re - cos * im) / norm;
            sum += a - sigma * b;
        }
        return 0.4 / x * sum;
    }

    /** Real and imaginary part of k/2 log(z / sinh z), continuous for Re z > 0. */
    private static double[] logTransform(double re, double im, int degrees) {
        double size = Math.sqrt(2 * Math.hypot(re, im));
        double half = 0.5 * Math.atan2(im, re);
        double x = size * Math.cos(half);
        double y = size * Math.sin(half);
        double shrink = Math.exp(-2 * x);
        double a = 1 - shrink * Math.cos(2 * y);
        double b = shrink * Math.sin(2 * y);
        double real = Math.log(size) - x + Math.log(2) - Math.log(Math.hypot(a, b));
        double imaginary = half - y - Math.atan2(b, a);
        return new double[] {0.5 * degrees * real, 0.5 * degrees * imaginary};
    }
}
