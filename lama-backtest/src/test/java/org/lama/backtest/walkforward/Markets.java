package org.lama.backtest.walkforward;

import java.util.List;
import org.lama.core.data.DatasetProvider;
import org.lama.core.data.Datasets;
import org.lama.core.data.MarketData;
import org.lama.core.market.Instrument;
import org.lama.core.search.SequentialTaskExecutor;

/** Small markets and settings for tests of studies. */
final class Markets {
    private static final long DAY = 86_400_000_000_000L;

    private Markets() {}

    static MarketData synthetic(long seed, int assets, int days) {
        return Datasets.named("synthetic").load(new DatasetProvider.Request(seed, assets, days, DAY));
    }

    /** A window of 120 days, refits every 60: small enough to run a hundred times. */
    static StudySettings small(String combiner, String sizing) {
        return small(combiner, sizing, Instrument.Kind.SPOT);
    }

    static StudySettings small(String combiner, String sizing, Instrument.Kind kind) {
        StudySettings base = StudySettings.defaults();
        return new StudySettings(
                List.of("momentum", "anomaly", "liquidity"),
                combiner,
                base.regime(),
                sizing,
                kind,
                base.cash(),
                base.commission(),
                base.slippage(),
                base.slippageModel(),
                base.impact(),
                120,
                60,
                base.targetVolatility(),
                200,
                7,
                false);
    }

    static StudyTools tools() {
        return new StudyTools(
                SequentialTaskExecutor.create(),
                StudyMonitor.none(),
                TrialBook.ofThisStudyOnly(),
                symbol -> Instrument.of("UNKNOWN", Instrument.Kind.SPOT, symbol, "USDT"));
    }
}
