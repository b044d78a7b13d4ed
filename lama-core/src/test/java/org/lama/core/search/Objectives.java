package org.lama.core.search;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** The functions on which samplers are compared with Optuna's, as in {@code oracles/search/hpo.py}. */
final class Objectives {
    /** A function with its space. */
    record Objective(String name, ParameterSpace space, ToDoubleFunction<ParameterSet> function) {
        /** The smallest value of so many trials, asked and told one by one. */
        double best(Sampler sampler, int trials) {
            double best = Double.POSITIVE_INFINITY;
            for (int trial = 0; trial < trials; trial++) {
                double value = function.applyAsDouble(sampler.ask(1).get(0));
                sampler.tell(trial, value);
                best = Math.min(best, value);
            }
            return best;
        }
    }

    private static final double[] ALPHA = {1, 1.2, 3, 3.2};
    private static final double[][] A = {
        {10, 3, 17, 3.5, 1.7, 8}, {.05, 10, 17, .1, 8, 14}, {3, 3.5, 1.7, 10, 17, 8}, {17, 8, .05, 10, .1, 14}
    };
    private static final double[][] P = {
        {1312, 1696, 5569, 124, 8283, 5886},
        {2329, 4135, 8307, 3736, 1004, 9991},
        {2348, 1451, 3522, 2883, 3047, 6650},
        {4047, 8828, 8732, 5743, 1091, 381}
    };

    private Objectives() {}

    static Map<String, Objective> all() {
        Map<String, Objective> all = new TreeMap<>();
        for (Objective objective : new Objective[] {
            new Objective("branin", ParameterSpace.parse("x=-5.0..10,y=0.0..15"), Objectives::branin),
            new Objective("hartmann6", cube(6, "0.0..1"), Objectives::hartmann6),
            new Objective("rosenbrock5", cube(5, "-2.048..2.048"), Objectives::rosenbrock5),
            new Objective(
                    "mixed1",
                    ParameterSpace.parse("kernel=a|b|c,depth=1..20,lr=1e-5..1:log,drop=0..0.9"),
                    Objectives::mixed1)
        }) {
            all.put(objective.name(), objective);
        }
        return all;
    }

    private static ParameterSpace cube(int dimensions, String range) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < dimensions; i++) {
            text.append("x").append(i).append('=').append(range).append('\n');
        }
        return ParameterSpace.parse(text.toString());
    }

    private static double branin(ParameterSet t) {
        double x = t.number("x");
        double bow = t.number("y") - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6;
        return bow * bow + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
    }

    private static double hartmann6(ParameterSet t) {
        double sum = 0;
        for (int i = 0; i < 4; i++) {
            double exponent = 0;
            for (int j = 0; j < 6; j++) {
                double d = t.number("x" + j) - 1e-4 * P[i][j];
                exponent += A[i][j] * d * d;
            }
            sum -= ALPHA[i] * Math.exp(-exponent);
        }
        return sum;
    }

    private static double rosenbrock5(ParameterSet t) {
        double sum = 0;
        for (int i = 0; i < 4; i++) {
            double a = t.number("x" + i);
            double b = t.number("x" + (i + 1));
            sum += 100 * (b - a * a) * (b - a * a) + (1 - a) * (1 - a);
        }
        return sum;
    }

    private static double mixed1(ParameterSet t) {
        String kernel = t.text("kernel");
        double offset = kernel.equals("a") ? 0.5 : kernel.equals("b") ? 0.25 : 0;
        double centre = kernel.equals("a") ? 12 : kernel.equals("b") ? 3 : 7;
        double depth = (t.whole("depth") - centre) / 10;
        double rate = Math.log10(t.number("lr")) + 2;
        double drop = t.number("drop") - 0.3;
        return offset + depth * depth + rate * rate / 4 + drop * drop + 0.3 * Math.abs(rate) * Math.abs(drop);
    }
}
