package org.lama.backtest.replay;

import org.lama.backtest.cost.FeeSchedule;
import org.lama.backtest.matching.OrderLatency;
import org.lama.backtest.matching.QueueModel;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Under what rules a feed is replayed. Immutable and thread-safe.
 *
 * @param symbol what is traded, not blank
 * @param queue where own orders stand in the queues of their levels
 * @param latency how long orders and answers take
 * @param fees what the venue charges
 * @param cash money at the start in quote currency, finite and at least 0
 * @param windowTicks ticks that books hold in arrays, a power of two from 256 on; matters for speed only
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record ReplaySettings(
        String symbol, QueueModel queue, OrderLatency latency, FeeSchedule fees, double cash, int windowTicks) {
    private static final int DEFAULT_WINDOW = 4096;

    /**
     * Checks ranges.
     *
     * @param symbol what is traded, not blank
     * @param queue where own orders stand in the queues of their levels
     * @param latency how long orders and answers take
     * @param fees what the venue charges
     * @param cash money at the start in quote currency, finite and at least 0
     * @param windowTicks ticks that books hold in arrays, a power of two from 256 on; matters for speed only
     */
    public ReplaySettings {
        Check.notBlank(symbol, "symbol");
        Check.notNull(queue, "queue");
        Check.notNull(latency, "latency");
        Check.notNull(fees, "fees");
        Check.notNegative(cash, "cash");
        Check.atLeast(windowTicks, 1, "windowTicks");
    }

    /**
     * Settings without money at the start and with the usual window.
     *
     * @param symbol what is traded, not blank
     * @param queue where own orders stand in the queues of their levels
     * @param latency how long orders and answers take
     * @param fees what the venue charges
     * @return the settings
     */
    public static ReplaySettings of(String symbol, QueueModel queue, OrderLatency latency, FeeSchedule fees) {
        return new ReplaySettings(symbol, queue, latency, fees, 0, DEFAULT_WINDOW);
    }

    /**
     * The same settings with another queue model, to see what it is worth.
     *
     * @param other the model
     * @return a copy
     */
    public ReplaySettings withQueue(QueueModel other) {
        return new ReplaySettings(symbol, other, latency, fees, cash, windowTicks);
    }
}
