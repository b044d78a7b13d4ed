package org.lama.models.anomaly;

import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.signal.ModelTool;
import org.lama.core.signal.ModelToolProvider;

/**
 * Offers the anomaly tool; apart from {@link AnomalyProvider} because both contracts name their method alike. Stateless and
 * thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
public final class AnomalyToolProvider implements ModelToolProvider {
    /** The provider. */
    public AnomalyToolProvider() {}

    @Override
    public List<ModelTool> offers() {
        return List.of(new AnomalyTool());
    }
}
