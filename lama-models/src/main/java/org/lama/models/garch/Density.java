package org.lama.models.garch;

/**
 * Logarithm of the density of one shock e with variance exp(s), and its derivatives up to order two by s, e and nu.
 * Mutable, single-threaded.
 */
final class Density {
    private final boolean student;
    private final double nu;
    private final double constantSlope;
    private final double constantCurvature;

    double byVariance;
    double byShock;
    double byNu;
    double byVarianceTwice;
    double byShockTwice;
    double byVarianceShock;
    double byNuTwice;
    double byNuVariance;
    double byNuShock;

    Density(GarchSpec spec, double[] theta) {
        student = spec.student();
        nu = student ? theta[spec.nuAt()] : Double.NaN;
        constantSlope = student ? StudentConstant.slope(nu) : 0;
        constantCurvature = student ? StudentConstant.curvature(nu) : 0;
    }

    /** Derivatives at shock e and variance h. */
    void at(double e, double h) {
        if (student) {
            student(e, h, nu - 2);
        } else {
            double square = e * e / h;
            byVariance = 0.5 * (square - 1);
            byVarianceTwice = -0.5 * square;
            byShock = -e / h;
            byShockTwice = -1 / h;
            byVarianceShock = e / h;
        }
    }

    private void student(double e, double h, double free) {
        double square = e * e / h;
        double tail = free + square;
        double one = nu + 1;
        double share = square / tail;
        byVariance = 0.5 * (one * share - 1);
        byVarianceTwice = -0.5 * one * free * share / tail;
        byShock = -one * e / (h * tail);
        byShockTwice = -one * (free - square) / (h * tail * tail);
        byVarianceShock = one * e * free / (h * tail * tail);
        byNu = constantSlope - 0.5 * Math.log1p(square / free) + 0.5 * one * share / free;
        byNuTwice = constantCurvature + share / free - 0.5 * one * share * (2 * free + square) / (free * free * tail);
        byNuVariance = 0.5 * share - 0.5 * one * share / tail;
        byNuShock = e * (one / tail - 1) / (h * tail);
    }
}
