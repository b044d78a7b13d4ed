package org.lama.datasets;

import org.lama.core.base.Api;
import org.lama.core.data.DatasetProvider;
import org.lama.core.data.MarketData;

/**
 * The synthetic market with books whose anomalies foretell nothing, by the name {@code synthetic-books-null}: {@link SyntheticMarket}
 * with {@link PlantedAnomalies#empty()}. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class SyntheticNullBooks implements DatasetProvider {
    private final SyntheticMarket market = SyntheticMarket.withBooks(PlantedAnomalies.empty());

    /** Called by the service loader. */
    public SyntheticNullBooks() {}

    @Override
    public String name() {
        return market.name();
    }

    @Override
    public MarketData load(Request request) {
        return market.load(request);
    }
}
