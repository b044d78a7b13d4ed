package org.lama.backtest.order;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * What can happen to an order. A closed family: a new case makes every {@link Visitor} fail to compile. Immutable.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public sealed interface OrderEvent {
    /**
     * When it happened.
     *
     * @return UTC epoch nanoseconds
     */
    long tsNanos();

    /**
     * Calls the visitor's method for this case.
     *
     * @param <R> type of the answer
     * @param visitor one method per case
     * @return the visitor's answer
     */
    <R> R accept(Visitor<R> visitor);

    /**
     * One method per case.
     *
     * @param <R> type of the answer
     */
    interface Visitor<R> {
        /**
         * The order filled.
         *
         * @param event the event
         * @return the answer
         */
        R filled(Filled event);

        /**
         * The order did not and will not fill.
         *
         * @param event the event
         * @return the answer
         */
        R rejected(Rejected event);

        /**
         * A position was closed without an order.
         *
         * @param event the event
         * @return the answer
         */
        R forced(Forced event);
    }

    /**
     * An order filled, wholly or as far as cash went.
     *
     * @param fill the trade
     */
    record Filled(Fill fill) implements OrderEvent {
        @Override
        public long tsNanos() {
            return fill.tsNanos();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.filled(this);
        }
    }

    /**
     * An order ended without a trade.
     *
     * @param tsNanos when, UTC epoch nanoseconds
     * @param symbol position of the symbol in the study
     * @param reason why
     */
    record Rejected(long tsNanos, int symbol, Reason reason) implements OrderEvent {
        /**
         * Checks the parts.
         *
         * @param tsNanos when, UTC epoch nanoseconds
         * @param symbol position of the symbol in the study
         * @param reason why
         */
        public Rejected {
            Check.atLeast(symbol, 0, "symbol");
            Check.notNull(reason, "reason");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.rejected(this);
        }
    }

    /**
     * A position was closed because the instrument ended.
     *
     * @param fill the trade, at the last price less the haircut
     * @param reason why
     */
    record Forced(Fill fill, Reason reason) implements OrderEvent {
        /**
         * Checks the parts.
         *
         * @param fill the trade, at the last price less the haircut
         * @param reason why
         */
        public Forced {
            Check.notNull(fill, "fill");
            Check.notNull(reason, "reason");
        }

        @Override
        public long tsNanos() {
            return fill.tsNanos();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.forced(this);
        }
    }

    /** Why an order ended without a trade or a position was closed without an order. */
    enum Reason {
        /** The symbol never had a price. */
        NO_PRICE,
        /** Not even one lot could be paid. */
        NO_CASH,
        /** The quantity does not fit into lots. */
        QUANTITY_TOO_LARGE,
        /** The symbol's data ended or were silent for too long. */
        DELISTED,
        /** A quarantined jump: what follows is another instrument. */
        NEW_SEGMENT
    }
}
