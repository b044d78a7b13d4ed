package org.lama.models.garch;

/** What does not depend on the data in Student's density of unit variance, C(nu), with its derivatives. */
final class StudentConstant {
    static final double LOWEST_NU = 2.05;
    static final double HIGHEST_NU = 500;

    private StudentConstant() {}

    /** ln Gamma((nu+1)/2) - ln Gamma(nu/2) - ln(pi (nu-2)) / 2. */
    static double value(double nu) {
        return GammaFunction.logarithm((nu + 1) / 2)
                - GammaFunction.logarithm(nu / 2)
                - 0.5 * Math.log(Math.PI * (nu - 2));
    }

    static double slope(double nu) {
        return 0.5 * (GammaFunction.digamma((nu + 1) / 2) - GammaFunction.digamma(nu / 2) - 1 / (nu - 2));
    }

    static double curvature(double nu) {
        return 0.25 * (GammaFunction.trigamma((nu + 1) / 2) - GammaFunction.trigamma(nu / 2))
                + 0.5 / ((nu - 2) * (nu - 2));
    }
}
