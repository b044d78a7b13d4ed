package org.lama.models.ensemble;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lama.core.signal.Combiner.TrainingRows;
import org.lama.core.signal.Composite.Contribution;

/** Log-odds sum of calibrated probabilities; parameters move in {@link #train} only. */
final class BayesianSession extends FusionSession {
    private final BayesianSettings settings;
    private final LogisticCalibration[] calibrations;
    private double[][] correlations;
    private double priorLogOdds;

    BayesianSession(FusionSettings fusion, BayesianSettings settings, List<String> members, double barsPerDay) {
        super("bayesian", fusion, members, barsPerDay);
        this.settings = settings;
        this.calibrations = new LogisticCalibration[members.size()];
        this.correlations = new double[members.size()][members.size()];
        Arrays.fill(calibrations, LogisticCalibration.constant(0.5));
    }

    @Override
    public void train(TrainingRows rows) {
        super.train(rows);
        double[] returns = rows.nextReturns();
        double baseRate = baseRate(returns);
        priorLogOdds = LogisticCalibration.logit(baseRate);
        double[] signal = new double[returns.length];
        double[] up = new double[returns.length];
        for (int m = 0; m < calibrations.length; m++) {
            int n = 0;
            for (int r = 0; r < returns.length; r++) {
                double value = rows.signals()[m][r];
                if (decided(returns[r]) && Double.isFinite(value)) {
                    signal[n] = value;
                    up[n++] = returns[r] > 0 ? 1 : 0;
                }
            }
            calibrations[m] = n < settings.minimumRows()
                    ? LogisticCalibration.constant(baseRate)
                    : LogisticCalibration.fit(signal, up, n, baseRate, settings.ridge());
        }
        correlations = correlations(rows.signals());
    }

    /** Share of positive returns among those that are not 0, with one pseudo row on each side. */
    private double baseRate(double[] returns) {
        double ups = 1;
        double all = 2;
        for (double r : returns) {
            if (decided(r)) {
                ups += r > 0 ? 1 : 0;
                all++;
            }
        }
        return all - 2 < settings.minimumRows() ? 0.5 : ups / all;
    }

    private static boolean decided(double r) {
        return Double.isFinite(r) && r != 0;
    }

    /** Log-odds are increasing lines of the signals, so their correlations are those of the signals; 0 where slope 0. */
    private double[][] correlations(double[][] signals) {
        int n = calibrations.length;
        double[][] out = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                boolean both = calibrations[i].slope() > 0 && calibrations[j].slope() > 0;
                out[i][j] = both ? Correlation.of(signals[i], signals[j], settings.minimumRows()) : 0;
                out[j][i] = out[i][j];
            }
        }
        return out;
    }

    /** τ = 1 / (1 + (n - 1)·max(0, mean pairwise correlation)) over the members used. */
    private double discount(Panel used) {
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < used.size; i++) {
            for (int j = 0; j < i; j++) {
                sum += correlations[used.member[i]][used.member[j]];
                pairs++;
            }
        }
        double mean = pairs == 0 ? 0 : Math.max(0, sum / pairs);
        return 1 / (1 + (used.size - 1) * mean);
    }

    @Override
    Decision decide(Panel used) {
        Panel trusted = new Panel(used.size);
        for (int i = 0; i < used.size; i++) {
            if (used.confidence[i] > 0) {
                trusted.add(used.member[i], used.value[i], used.confidence[i]);
            }
        }
        if (trusted.size == 0) {
            return Decision.flat("flat: all members have confidence 0");
        }
        double tau = discount(trusted);
        double logOdds = priorLogOdds;
        List<Contribution> contributions = new ArrayList<>(trusted.size);
        for (int i = 0; i < trusted.size; i++) {
            int m = trusted.member[i];
            double evidence = tau * (calibrations[m].logOdds(trusted.value[i]) - priorLogOdds);
            contributions.add(new Contribution(members().get(m), 1.0 / trusted.size, evidence));
            logOdds += evidence;
        }
        double clamp = settings.clamp();
        double p = Math.max(clamp, Math.min(1 - clamp, LogisticCalibration.sigmoid(logOdds)));
        double signal = 2 * p - 1;
        return new Decision(signal, Math.abs(signal), contributions, "");
    }
}
