package org.lama.models.ensemble;

import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.signal.Combiner;
import org.lama.core.signal.CombinerProvider;

/**
 * Offers the four combiners with default settings to {@link java.util.ServiceLoader}.
 *
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
public final class StandardCombiners implements CombinerProvider {
    /** Called by the service loader. */
    public StandardCombiners() {}

    @Override
    public List<Combiner> offers() {
        FusionSettings settings = FusionSettings.defaults();
        return List.of(
                Combiners.weighted(settings),
                Combiners.dynamic(settings, DynamicSettings.defaults()),
                Combiners.consensus(settings),
                Combiners.bayesian(settings, BayesianSettings.defaults()));
    }
}
