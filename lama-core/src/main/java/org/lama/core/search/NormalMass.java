package org.lama.core.search;

/**
 * Probabilities of the normal law for density estimators, which need thousands of them per proposal: rational
 * approximations of Cody (1969, doi:10.1090/S0025-5718-1969-0247736-4), relative error below 1e-14.
 */
final class NormalMass {
    private static final double[] A = {
        3.16112374387056560e00, 1.13864154151050156e02, 3.77485237685302021e02, 3.20937758913846947e03,
        1.85777706184603153e-1
    };
    private static final double[] B = {
        2.36012909523441209e01, 2.44024637934444173e02, 1.28261652607737228e03, 2.84423683343917062e03
    };
    private static final double[] C = {
        5.64188496988670089e-1, 8.88314979438837594e0, 6.61191906371416295e01, 2.98635138197400131e02,
        8.81952221241769090e02, 1.71204761263407058e03, 2.05107837782607147e03, 1.23033935479799725e03,
        2.15311535474403846e-8
    };
    private static final double[] D = {
        1.57449261107098347e01, 1.17693950891312499e02, 5.37181101862009858e02, 1.62138957456669019e03,
        3.29079923573345963e03, 4.36261909014324716e03, 3.43936767414372164e03, 1.23033935480374942e03
    };
    private static final double[] P = {
        3.05326634961232344e-1, 3.60344899949804439e-1, 1.25781726111229246e-1, 1.60837851487422766e-2,
        6.58749161529837803e-4, 1.63153871373020978e-2
    };
    private static final double[] Q = {
        2.56852019228982242e00, 1.87295284992346725e00, 5.27905102951428412e-1, 6.05183413124413191e-2,
        2.33520497626869185e-3
    };
    private static final double SMALL = 0.46875;
    private static final double LARGE = 4;
    private static final double ROOT_PI_INVERSE = 5.6418958354775628695e-1;
    private static final double ROOT_HALF = 0.7071067811865476;

    private NormalMass() {}

    /** P(Z > z) for any z. */
    static double tail(double z) {
        double x = z * ROOT_HALF;
        return x >= 0 ? 0.5 * erfc(x) : 1 - 0.5 * erfc(-x);
    }

    /** P(low < Z < high) without cancellation in the tails. */
    static double between(double low, double high) {
        if (low > 0) {
            return tail(low) - tail(high);
        }
        if (high < 0) {
            return tail(-high) - tail(-low);
        }
        return 0.5 * (erf(high * ROOT_HALF) + erf(-low * ROOT_HALF));
    }

    /** For x of at least 0. */
    private static double erf(double x) {
        return x <= SMALL ? x * small(x * x) : 1 - erfc(x);
    }

    /** For x of at least 0. */
    private static double erfc(double x) {
        if (x <= SMALL) {
            return 1 - x * small(x * x);
        }
        double factor = x <= LARGE ? middle(x) : large(x);
        // The square is split so that its rounding error does not come through the exponential.
        double coarse = Math.rint(x * 16) / 16;
        return Math.exp(-coarse * coarse) * Math.exp(-(x - coarse) * (x + coarse)) * factor;
    }

    private static double small(double square) {
        double top = A[4] * square;
        double bottom = square;
        for (int i = 0; i < 3; i++) {
            top = (top + A[i]) * square;
            bottom = (bottom + B[i]) * square;
        }
        return (top + A[3]) / (bottom + B[3]);
    }

    private static double middle(double x) {
        double top = C[8] * x;
        double bottom = x;
        for (int i = 0; i < 7; i++) {
            top = (top + C[i]) * x;
            bottom = (bottom + D[i]) * x;
        }
        return (top + C[7]) / (bottom + D[7]);
    }

    private static double large(double x) {
        double inverse = 1 / (x * x);
        double top = P[5] * inverse;
        double bottom = inverse;
        for (int i = 0; i < 4; i++) {
            top = (top + P[i]) * inverse;
            bottom = (bottom + Q[i]) * inverse;
        }
        return (ROOT_PI_INVERSE - inverse * (top + P[4]) / (bottom + Q[4])) / x;
    }
}
