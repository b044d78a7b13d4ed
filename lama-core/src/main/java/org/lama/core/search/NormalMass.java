package org.lama.core.search;

/**
 * Probabilities of the normal law for density estimators, which need thousands of them per proposal: rational
 * approximations of Cody (1969, doi:10.1090/S0025-5718-1969-0247736-4), relative error below 1e-14.
 */
final class NormalMass {
    private static final double[] A = {
        3.1611237438705655, 113.86415415105016, 377.485237685302, 3209.3775891384694, 0.18577770618460315
    };
    private static final double[] B = {23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171};
    private static final double[] C = {
        0.5641884969886701, 8.883149794388377, 66.11919063714163, 298.6351381974001,
        881.952221241769, 1712.0476126340707, 2051.0783778260716, 1230.3393547979972,
        2.1531153547440383e-08
    };
    private static final double[] D = {
        15.744926110709835, 117.6939508913125, 537.1811018620099, 1621.3895745666903,
        3290.7992357334597, 4362.619090143247, 3439.3676741437216, 1230.3393548037495
    };
    private static final double[] P = {
        0.30532663496123236,
        0.36034489994980445,
        0.12578172611122926,
        0.016083785148742275,
        0.0006587491615298378,
        0.016315387137302097
    };
    private static final double[] Q = {
        2.568520192289822, 1.8729528499234673, 0.5279051029514285, 0.06051834131244132, 0.0023352049762686918
    };
    private static final double SMALL = 0.46875;
    private static final double LARGE = 4;
    private static final double ROOT_PI_INVERSE = 0.5641895835477563;
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
