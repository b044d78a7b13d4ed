package org.lama.models.arima;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Roots of 1 + c_1 z + ... + c_k z^k by the simultaneous iteration of Durand and Kerner; for display only. */
final class PolynomialRoots {
    private static final int ITERATIONS = 500;

    private PolynomialRoots() {}

    /** All finite roots as pairs of real and imaginary part, smallest modulus first. */
    static List<double[]> of(double[] c) {
        int k = c.length;
        double[] re = new double[k];
        double[] im = new double[k];
        // reciprocals of the roots solve the monic polynomial x^k + c_1 x^(k-1) + ... + c_k
        for (int i = 0; i < k; i++) {
            double angle = 2 * Math.PI * i / k + 0.4;
            re[i] = 0.7 * StrictMath.cos(angle);
            im[i] = 0.7 * StrictMath.sin(angle);
        }
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            if (improve(c, re, im) < 1e-15) {
                break;
            }
        }
        List<double[]> roots = new ArrayList<>();
        for (int i = 0; i < k; i++) {
            double square = re[i] * re[i] + im[i] * im[i];
            if (square > 1e-24) {
                double imaginary = Math.abs(im[i]) < 1e-9 * Math.sqrt(square) ? 0 : -im[i] / square;
                roots.add(new double[] {re[i] / square, imaginary});
            }
        }
        roots.sort(Comparator.<double[]>comparingDouble(root -> Math.hypot(root[0], root[1]))
                .thenComparingDouble(root -> root[1]));
        return List.copyOf(roots);
    }

    private static double improve(double[] c, double[] re, double[] im) {
        double largest = 0;
        for (int i = 0; i < re.length; i++) {
            double vr = 1;
            double vi = 0;
            for (double coefficient : c) {
                double next = vr * re[i] - vi * im[i] + coefficient;
                vi = vr * im[i] + vi * re[i];
                vr = next;
            }
            for (int j = 0; j < re.length; j++) {
                if (j != i) {
                    double dr = re[i] - re[j];
                    double di = im[i] - im[j];
                    double square = Math.max(dr * dr + di * di, 1e-300);
                    double quotient = (vr * dr + vi * di) / square;
                    vi = (vi * dr - vr * di) / square;
                    vr = quotient;
                }
            }
            re[i] -= vr;
            im[i] -= vi;
            largest = Math.max(largest, Math.abs(vr) + Math.abs(vi));
        }
        return largest;
    }
}
