package org.lama.models.arima;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Starts in which a smaller model gets one more pair of factors that nearly cancel: AR times (1 - (r+D)B) and MA times
 * (1 - rB), with r where the residuals' autocorrelations promise most and D by the score; complex pairs likewise. Such
 * peaks are missed by regressions.
 */
final class CancellingFactors {
    private static final int ACF_LAGS = 60;
    private static final double EDGE = 0.97;
    private static final double[] MODULI = {0.5, 0.7, 0.85, 0.93, 0.97};
    private static final int ANGLES = 16;
    private static final double[] NARROW_MODULI = {0.985, 0.993, 0.997};
    private static final int NARROW_PEAKS = 4;
    private static final int NARROW_STARTS = 6;

    private CancellingFactors() {}

    /** Real factors on top of a fitted smaller model with autocorrelations rho, most promising first; at most two. */
    static List<double[]> real(double[] phi, double[] theta, double[] rho, int n) {
        int points = 39;
        double[] gain = new double[points];
        double[] shift = new double[points];
        for (int i = 0; i < points; i++) {
            double r = -EDGE + 2 * EDGE * i / (points - 1);
            double score = 0;
            double power = 1;
            for (double value : rho) {
                score += power * value;
                power *= r;
            }
            shift[i] = (1 - r * r) * score;
            gain[i] = 0.5 * n * (1 - r * r) * score * score;
        }
        List<double[]> starts = new ArrayList<>();
        for (int i : peaks(gain, 2)) {
            double r = -EDGE + 2 * EDGE * i / (points - 1);
            starts.add(combine(phi, theta, new double[] {r + shift[i]}, new double[] {r}));
        }
        return starts;
    }

    /** The most promising complex pair on top of a model that is smaller by two in both orders. */
    static List<double[]> pairs(double[] phi, double[] theta, double[] rho) {
        double best = 0;
        double[] arFactor = {};
        double[] maFactor = {};
        double[] score = new double[3];
        for (double modulus : MODULI) {
            for (int angle = 0; angle < ANGLES; angle++) {
                double a1 = 2 * modulus * StrictMath.cos(Math.PI * (angle + 0.5) / ANGLES);
                double a2 = -modulus * modulus;
                pairScore(rho, a1, a2, score);
                if (score[2] > best) {
                    best = score[2];
                    arFactor = new double[] {a1 + score[0], a2 + score[1]};
                    maFactor = new double[] {a1, a2};
                }
            }
        }
        return best > 0 ? List.of(combine(phi, theta, arFactor, maFactor)) : List.of();
    }

    /**
     * Complex pairs next to the unit circle on top of a model that is smaller by two in both orders: peaks so narrow that
     * autocorrelations of few lags do not show them. Each frequency is scored on the errors themselves, O(n) for each
     * of some 1,700; the most promising ones first.
     */
    static List<double[]> narrowPairs(double[] phi, double[] theta, double[] e, int n) {
        List<double[]> found = new ArrayList<>();
        for (double modulus : NARROW_MODULI) {
            int frequencies = (int) Math.ceil(Math.PI / (1 - modulus));
            double[] gain = new double[frequencies];
            for (int i = 0; i < frequencies; i++) {
                gain[i] = narrowScore(e, n, 2 * modulus * cosine(i, frequencies), -modulus * modulus)[2];
            }
            for (int i : peaks(gain, NARROW_PEAKS)) {
                double a1 = 2 * modulus * cosine(i, frequencies);
                double a2 = -modulus * modulus;
                double[] score = narrowScore(e, n, a1, a2);
                found.add(new double[] {score[2], a1, a2, score[0], score[1]});
            }
        }
        found.sort(Comparator.comparingDouble(pair -> -pair[0]));
        List<double[]> starts = new ArrayList<>();
        for (double[] pair : found.subList(0, Math.min(NARROW_STARTS, found.size()))) {
            double[] maFactor = {pair[1], pair[2]};
            starts.add(combine(phi, theta, new double[] {pair[1] + pair[3], pair[2] + pair[4]}, maFactor));
        }
        return starts;
    }

    private static double cosine(int i, int frequencies) {
        return StrictMath.cos(Math.PI * (i + 0.5) / frequencies);
    }

    /** As the score of a pair, but from the rows: e_t on v_(t-1), v_(t-2), the gain as a share of the sum of squares. */
    private static double[] narrowScore(double[] e, int n, double a1, double a2) {
        double one = 0;
        double two = 0;
        double s1 = 0;
        double s2 = 0;
        double g0 = 0;
        double g1 = 0;
        for (int t = 0; t < n; t++) {
            s1 += e[t] * one;
            s2 += e[t] * two;
            g0 += one * one;
            g1 += one * two;
            double next = e[t] + a1 * one + a2 * two;
            two = one;
            one = next;
        }
        double g2 = g0 - two * two;
        double determinant = g0 * g2 - g1 * g1;
        if (!(determinant > 0)) {
            return new double[3];
        }
        double d1 = (g2 * s1 - g1 * s2) / determinant;
        double d2 = (g0 * s2 - g1 * s1) / determinant;
        return new double[] {d1, d2, d1 * s1 + d2 * s2};
    }

    /** Least squares of e_t on v_(t-1), v_(t-2), v = e / (1 - a1 B - a2 B^2): both coefficients and the gain. */
    private static void pairScore(double[] rho, double a1, double a2, double[] score) {
        double s1 = 0;
        double s2 = 0;
        double h = 1;
        double before = 0;
        for (int k = 0; k < rho.length; k++) {
            s1 += h * rho[k];
            s2 += k + 1 < rho.length ? h * rho[k + 1] : 0;
            double next = a1 * h + a2 * before;
            before = h;
            h = next;
        }
        double g0 = (1 - a2) / ((1 + a2) * ((1 - a2) * (1 - a2) - a1 * a1));
        double g1 = a1 / (1 - a2) * g0;
        double determinant = g0 * g0 - g1 * g1;
        double d1 = (g0 * s1 - g1 * s2) / determinant;
        double d2 = (g0 * s2 - g1 * s1) / determinant;
        score[0] = d1;
        score[1] = d2;
        score[2] = d1 * s1 + d2 * s2;
    }

    /** Autocorrelations 1, 2, ... of the first n residuals. */
    static double[] autocorrelations(double[] e, int n) {
        int lags = Math.min(ACF_LAGS, n / 3);
        double[] rho = new double[lags + 1];
        LagProducts.forward(e, n, e, n, lags + 1, rho);
        double variance = rho[0];
        for (int k = 0; k < lags; k++) {
            rho[k] = variance > 0 ? rho[k + 1] / variance : 0;
        }
        // one element too many, which says nothing
        rho[lags] = 0;
        return rho;
    }

    private static int[] peaks(double[] gain, int most) {
        int[] found = new int[most];
        int count = 0;
        for (int round = 0; round < most; round++) {
            int best = -1;
            for (int i = 0; i < gain.length; i++) {
                boolean peak = (i == 0 || gain[i] >= gain[i - 1]) && (i == gain.length - 1 || gain[i] > gain[i + 1]);
                boolean taken = false;
                for (int c = 0; c < count; c++) {
                    taken |= found[c] == i;
                }
                if (peak && !taken && gain[i] > 0.05 && (best < 0 || gain[i] > gain[best])) {
                    best = i;
                }
            }
            if (best >= 0) {
                found[count++] = best;
            }
        }
        return Arrays.copyOf(found, count);
    }

    /** u of phi(B)(1 - f_1 B ...) and theta(B)(1 - g_1 B ...). */
    private static double[] combine(double[] phi, double[] theta, double[] arFactor, double[] maFactor) {
        double[] ar = multiply(negated(phi), negated(arFactor));
        double[] ma = multiply(theta, negated(maFactor));
        double[] u = new double[ar.length + ma.length];
        Pacf.inverse(negated(ar), 1, u, 0);
        Pacf.inverse(ma, -1, u, ar.length);
        return u;
    }

    private static double[] negated(double[] f) {
        double[] result = new double[f.length];
        for (int i = 0; i < f.length; i++) {
            result[i] = -f[i];
        }
        return result;
    }

    /** Product of 1 + a_1 B + ... and 1 + b_1 B + ..., without the leading 1. */
    private static double[] multiply(double[] a, double[] b) {
        double[] result = new double[a.length + b.length];
        for (int i = 0; i <= a.length; i++) {
            for (int j = 0; j <= b.length; j++) {
                if (i + j > 0) {
                    result[i + j - 1] += (i == 0 ? 1 : a[i - 1]) * (j == 0 ? 1 : b[j - 1]);
                }
            }
        }
        return result;
    }
}
