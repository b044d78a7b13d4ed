package org.lama.models.anomaly;

import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.signal.ModelProvider;
import org.lama.core.signal.SignalModel;

/**
 * Offers the anomaly model with default settings. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class AnomalyProvider implements ModelProvider {
    /** For the service loader. */
    public AnomalyProvider() {}

    @Override
    public List<SignalModel> offers() {
        return List.of(AnomalyModel.of(AnomalySettings.defaults()));
    }
}
