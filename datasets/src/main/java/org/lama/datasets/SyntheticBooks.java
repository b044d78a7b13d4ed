package org.lama.datasets;

import org.lama.core.base.Api;
import org.lama.core.data.DatasetProvider;
import org.lama.core.data.MarketData;

/**
 * The synthetic market with books whose anomalies foretell risk, by the name {@code synthetic-books}: {@link SyntheticMarket}
 * with {@link PlantedAnomalies#informative()}. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class SyntheticBooks implements DatasetProvider {
    private final SyntheticMarket market = SyntheticMarket.withBooks(PlantedAnomalies.informative());

    /** Called by the service loader. */
    public SyntheticBooks() {}

    @Override
    public String name() {
        return market.name();
    }

    @Override
    public MarketData load(Request request) {
        return market.load(request);
    }
}
