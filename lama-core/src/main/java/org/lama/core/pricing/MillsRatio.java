package org.lama.core.pricing;

/**
 * The ratio Y(z) = Φ(z)/φ(z) of the normal distribution function to its density, for z at most 0: it neither underflows nor
 * loses digits in the tail. {@code Y(z) = √(π/2) · erfcx(−z/√2)} with the rational approximations of Cody (1969), "Rational
 * Chebyshev approximations for the error function", Mathematics of Computation 23.
 */
final class MillsRatio {
    private static final double ROOT_HALF_PI = Math.sqrt(Math.PI / 2);
    private static final double INVERSE_ROOT_PI = 1 / Math.sqrt(Math.PI);

    private static final double[] A = {
        1.85777706184603153e-1,
        3.16112374387056560e00,
        1.13864154151050156e02,
        3.77485237685302021e02,
        3.20937758913846947e03
    };
    private static final double[] B = {
        1, 2.36012909523441209e01, 2.44024637934444173e02, 1.28261652607737228e03, 2.84423683343917062e03
    };
    private static final double[] C = {
        2.15311535474403846e-8,
        5.64188496988670089e-1,
        8.88314979438837594e00,
        6.61191906371416295e01,
        2.98635138197400131e02,
        8.81952221241769090e02,
        1.71204761263407058e03,
        2.05107837782607147e03,
        1.23033935479799725e03
    };
    private static final double[] D = {
        1,
        1.57449261107098347e01,
        1.17693950891312499e02,
        5.37181101862009858e02,
        1.62138957456669019e03,
        3.29079923573345963e03,
        4.36261909014324716e03,
        3.43936767414372164e03,
        1.23033935480374942e03
    };
    private static final double[] P = {
        1.63153871373020978e-2,
        3.05326634961232344e-1,
        3.60344899949804439e-1,
        1.25781726111229246e-1,
        1.60837851487422766e-2,
        6.58749161529837803e-4
    };
    private static final double[] Q = {
        1,
        2.56852019228982242e00,
        1.87295284992346725e00,
        5.27905102951428412e-1,
        6.05183413124413191e-2,
        2.33520497626869185e-3
    };

    private MillsRatio() {}

    /** Y(z) for z at most 0. */
    static double at(double z) {
        return ROOT_HALF_PI * scaledComplement(-z * Math.sqrt(0.5));
    }

    /** erfcx(x) = exp(x²)·erfc(x) for x at least 0. */
    private static double scaledComplement(double x) {
        double square = x * x;
        if (x <= 0.46875) {
            return Math.exp(square) * (1 - x * ratio(A, B, square));
        }
        if (x <= 4) {
            return ratio(C, D, x);
        }
        double inverse = 1 / square;
        return (INVERSE_ROOT_PI - inverse * ratio(P, Q, inverse)) / x;
    }

    private static double ratio(double[] above, double[] below, double x) {
        double a = above[0];
        double b = below[0];
        for (int i = 1; i < above.length; i++) {
            a = a * x + above[i];
            b = b * x + below[i];
        }
        return a / b;
    }
}
