package org.lama.models.ensemble;

import java.util.List;

/** Weights that follow rolling out-of-sample skill. State moves in {@link #learn} only. */
final class DynamicSession extends WeightedSession {
    private final DynamicSettings settings;
    private final SkillWindow[] skills;
    private final double[] weights;
    private final double windowNanos;

    DynamicSession(FusionSettings fusion, DynamicSettings settings, List<String> members, double barsPerDay) {
        super("dynamic", fusion, members, barsPerDay);
        this.settings = settings;
        this.windowNanos = settings.windowDays() * barsPerDay * barNanos();
        this.weights = priors().clone();
        int capacity = Math.max(4, (int) Math.ceil(settings.windowDays() * barsPerDay) + 1);
        this.skills = new SkillWindow[members.size()];
        for (int m = 0; m < skills.length; m++) {
            skills[m] = new SkillWindow(capacity);
        }
    }

    @Override
    double[] weights() {
        return weights;
    }

    /**
     * Members whose skill is known share the prior mass that they had together; the others keep their prior weight, so
     * that a member that never speaks changes nothing.
     */
    @Override
    void learn(long timeNanos, double[] memberReturns) {
        int n = weights.length;
        boolean[] known = new boolean[n];
        double[] skill = new double[n];
        double mass = 0;
        double current = 0;
        double positive = 0;
        for (int m = 0; m < n; m++) {
            skills[m].add(timeNanos, memberReturns[m]);
            skills[m].forgetUpTo(timeNanos - windowNanos);
            known[m] = priors()[m] > 0 && skills[m].size() >= settings.minimumObservations();
            if (known[m]) {
                skill[m] = Math.max(0, skills[m].meanOverDeviation());
                positive += skill[m];
                mass += priors()[m];
                current += weights[m];
            } else {
                weights[m] = priors()[m];
            }
        }
        if (mass > 0) {
            move(known, target(known, skill, positive, mass), mass, current);
        }
    }

    /** Shares among the known members: skill shrunk to the prior, then bounded. */
    private double[] target(boolean[] known, double[] skill, double positive, double mass) {
        int n = weights.length;
        double[] share = new double[n];
        double[] low = new double[n];
        double[] high = new double[n];
        for (int m = 0; m < n; m++) {
            if (known[m]) {
                double prior = priors()[m] / mass;
                double merit = positive > 0 ? skill[m] / positive : prior;
                share[m] = (1 - settings.shrinkage()) * merit + settings.shrinkage() * prior;
                low[m] = Math.min(settings.limits().floor(), prior);
                high[m] = Math.max(settings.limits().cap(), prior);
            }
        }
        BoundedShares.project(share, low, high);
        return share;
    }

    /** One step on the straight line to the target, so long that no share changes by more than allowed. */
    private void move(boolean[] known, double[] target, double mass, double current) {
        double largest = 0;
        for (int m = 0; m < weights.length; m++) {
            if (known[m]) {
                largest = Math.max(largest, Math.abs(target[m] - weights[m] / current));
            }
        }
        double allowed = settings.limits().maximumChange();
        double step = largest > allowed ? allowed / largest : 1;
        for (int m = 0; m < weights.length; m++) {
            if (known[m]) {
                double share = weights[m] / current;
                weights[m] = mass * (share + step * (target[m] - share));
            }
        }
    }
}
