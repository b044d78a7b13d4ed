package org.lama.models.arima;

import java.util.List;
import org.lama.core.series.Frame;
import org.lama.core.signal.FitStatus;
import org.lama.core.signal.ModelSummary;
import org.lama.core.signal.Scorer;
import org.lama.core.signal.Signal;

/** What the momentum model says when nothing can be fitted: 0 with confidence 0. */
final class NeutralScorer implements Scorer {
    private final ArimaFit fit;
    private final int rows;
    private final List<String> notes;

    NeutralScorer(ArimaFit fit, int rows, List<String> notes) {
        this.fit = fit;
        this.rows = rows;
        this.notes = notes;
    }

    @Override
    public Signal score(Frame past) {
        long time = past.size() == 0 ? 0 : past.availableAt(past.size() - 1);
        return Signal.directional(0, 0, Double.NaN, time, time);
    }

    @Override
    public double[] trainingSignal() {
        return new double[rows];
    }

    @Override
    public FitStatus status() {
        return fit.status();
    }

    @Override
    public ModelSummary summary() {
        return fit.summary(0, notes);
    }
}
