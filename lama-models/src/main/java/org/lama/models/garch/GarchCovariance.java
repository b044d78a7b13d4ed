package org.lama.models.garch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lama.core.math.Cholesky;

/**
 * Standard errors at an optimum: classic from the inverse Hessian, robust from the sandwich of Bollerslev and Wooldridge
 * (1992), H^-1 S H^-1 with S the covariance of the scores.
 */
final class GarchCovariance {
    private static final double BORDER = 1e-7;

    final double[] robust;
    final double[] classic;
    /** Whether the Hessian could be inverted, if need be without the parameters at the border. */
    final boolean regular;

    private GarchCovariance(double[] robust, double[] classic, boolean regular) {
        this.robust = robust;
        this.classic = classic;
        this.regular = regular;
    }

    static GarchCovariance none(GarchSpec spec) {
        double[] unknown = new double[spec.parameters()];
        Arrays.fill(unknown, Double.NaN);
        return new GarchCovariance(unknown, unknown, true);
    }

    /** In the units of the returns; parameters at the border are held fixed only where the whole Hessian is singular. */
    static GarchCovariance of(GarchSpec spec, GarchSample sample, double[] theta, List<String> border) {
        Curvature curvature = Curvature.at(spec, sample, theta);
        int k = theta.length;
        List<Integer> all = new ArrayList<>();
        List<Integer> inside = new ArrayList<>();
        List<String> names = spec.parameterNames();
        for (int i = 0; i < k; i++) {
            all.add(i);
            if (!border.contains(names.get(i))) {
                inside.add(i);
            }
        }
        double[] inverse = inverse(curvature.hessian, k, all);
        if (inverse.length == 0 && inside.size() < k) {
            inverse = inverse(curvature.hessian, k, inside);
        }
        if (inverse.length == 0) {
            GarchCovariance none = none(spec);
            return new GarchCovariance(none.robust, none.classic, false);
        }
        double[] back = backToReturns(spec, sample);
        double[] sandwich = product(product(inverse, spread(curvature, sample.x.length), k), inverse, k);
        return new GarchCovariance(errors(sandwich, back, k), errors(inverse, back, k), true);
    }

    /** n times the covariance of the scores. */
    private static double[] spread(Curvature curvature, int n) {
        int k = curvature.gradient.length;
        double[] spread = new double[k * k];
        double factor = n / (n - 1.0);
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                double centred = curvature.products[i * k + j] - curvature.gradient[i] * curvature.gradient[j] / n;
                spread[i * k + j] = factor * centred;
            }
        }
        return spread;
    }

    /** Inverse of the negative Hessian over some parameters, 0 elsewhere; empty if it is not positive definite. */
    private static double[] inverse(double[] hessian, int k, List<Integer> of) {
        int m = of.size();
        double[] size = new double[m];
        for (int a = 0; a < m; a++) {
            size[a] = Math.sqrt(-hessian[of.get(a) * k + of.get(a)]);
        }
        double[] matrix = new double[m * m];
        for (int a = 0; a < m; a++) {
            for (int b = 0; b < m; b++) {
                matrix[a * m + b] = -hessian[of.get(a) * k + of.get(b)] / (size[a] * size[b]);
            }
        }
        if (Cholesky.factor(matrix, m) < m) {
            return new double[0];
        }
        double[] inverse = new double[k * k];
        double[] column = new double[m];
        for (int b = 0; b < m; b++) {
            Arrays.fill(column, 0);
            column[b] = 1;
            Cholesky.solve(matrix, m, column);
            for (int a = 0; a < m; a++) {
                inverse[of.get(a) * k + of.get(b)] = column[a] / (size[a] * size[b]);
            }
        }
        return inverse;
    }

    private static double[] product(double[] left, double[] right, int k) {
        double[] result = new double[k * k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                double sum = 0;
                for (int m = 0; m < k; m++) {
                    sum += left[i * k + m] * right[m * k + j];
                }
                result[i * k + j] = sum;
            }
        }
        return result;
    }

    /** Derivatives of the parameters in units of the returns by those in units of the sample. */
    private static double[] backToReturns(GarchSpec spec, GarchSample sample) {
        int k = spec.parameters();
        double[] back = new double[k * k];
        for (int i = 0; i < k; i++) {
            back[i * k + i] = 1;
        }
        if (spec.constantMean()) {
            back[0] = sample.scale;
        }
        int omega = spec.omegaAt();
        if (spec.logarithmic()) {
            for (int j = 0; j < spec.q(); j++) {
                back[omega * k + spec.betaAt() + j] = -2 * Math.log(sample.scale);
            }
        } else {
            back[omega * k + omega] = sample.scale * sample.scale;
        }
        return back;
    }

    private static double[] errors(double[] covariance, double[] back, int k) {
        double[] errors = new double[k];
        for (int i = 0; i < k; i++) {
            double sum = 0;
            for (int a = 0; a < k; a++) {
                for (int b = 0; b < k; b++) {
                    sum += back[i * k + a] * covariance[a * k + b] * back[i * k + b];
                }
            }
            errors[i] = sum > 0 ? Math.sqrt(sum) : Double.NaN;
        }
        return errors;
    }

    /** Names of the parameters (and "persistence") that stand at the border of what is allowed. */
    static List<String> border(GarchSpec spec, GarchSample sample, double[] theta) {
        List<String> names = spec.parameterNames();
        List<String> border = new ArrayList<>();
        for (int i = 0; i < theta.length; i++) {
            if (atBorder(spec, sample, theta, i)) {
                border.add(names.get(i));
            }
        }
        if (persistence(spec, theta) > 1 - 2 * (1 - GarchTransform.EGARCH_ROOM)
                && (spec.logarithmic() || persistence(spec, theta) > 1 - BORDER)) {
            border.add("persistence");
        }
        return List.copyOf(border);
    }

    private static boolean atBorder(GarchSpec spec, GarchSample sample, double[] theta, int i) {
        if (i == spec.nuAt()) {
            return theta[i] > 0.9999 * StudentConstant.HIGHEST_NU || theta[i] < StudentConstant.LOWEST_NU + 1e-4;
        }
        if (i < spec.omegaAt() || spec.logarithmic()) {
            return false;
        }
        if (i == spec.omegaAt()) {
            return theta[i] < 1.0001e-8 * sample.variance;
        }
        int lag = i - spec.gammaAt();
        if (lag >= 0 && lag < Math.min(spec.p(), spec.o())) {
            return theta[spec.alphaAt() + lag] + theta[i] < BORDER;
        }
        return theta[i] < BORDER;
    }

    static double persistence(GarchSpec spec, double[] theta) {
        double sum = 0;
        if (!spec.logarithmic()) {
            for (int i = spec.alphaAt(); i < spec.gammaAt(); i++) {
                sum += theta[i];
            }
            for (int i = spec.gammaAt(); i < spec.betaAt(); i++) {
                sum += 0.5 * theta[i];
            }
        }
        for (int j = 0; j < spec.q(); j++) {
            sum += theta[spec.betaAt() + j];
        }
        return sum;
    }
}
