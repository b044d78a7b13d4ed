package org.lama.models.anomaly;

import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.signal.ModelProvider;
import org.lama.core.signal.SignalModel;

/**
 * Offers the anomaly model with default settings: {@code anomaly}, and for comparison {@code anomaly-flow}, whose direction is
 * that of the order flow, {@code anomaly-risk}, which never has one, and {@code anomaly-plain}, which reads spread, depths and
 * volatility of a book as they are instead of by their logarithm. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class AnomalyProvider implements ModelProvider {
    /** For the service loader. */
    public AnomalyProvider() {}

    @Override
    public List<SignalModel> offers() {
        AnomalySettings settings = AnomalySettings.defaults();
        return List.of(
                AnomalyModel.of(settings),
                AnomalyModel.of(settings.withDirection(AnomalySettings.Direction.BY_FLOW)),
                AnomalyModel.of(settings.withDirection(AnomalySettings.Direction.NEVER)),
                AnomalyModel.of(settings.withLogarithms(false)));
    }
}
