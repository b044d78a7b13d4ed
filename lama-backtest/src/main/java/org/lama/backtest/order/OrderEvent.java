package org.lama.backtest.order;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * What can happen to an order or a position. A closed family: a new case makes every {@link Visitor} fail to compile.
 * Immutable.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public sealed interface OrderEvent {
    /** Number of an order that was never sent: a position that the venue closed. */
    long NO_ORDER = 0;

    /**
     * When it happened.
     *
     * @return UTC epoch nanoseconds
     */
    long tsNanos();

    /**
     * Which instrument.
     *
     * @return position of the symbol in the study
     */
    int symbol();

    /**
     * Which order.
     *
     * @return its number, {@link #NO_ORDER} if there was none
     */
    long orderId();

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
         * The order moved on without a trade: it was taken, triggered, cancelled, or ran out of time.
         *
         * @param event the event
         * @return the answer
         */
        R moved(Moved event);

        /**
         * The order filled, wholly or in part.
         *
         * @param event the event
         * @return the answer
         */
        R filled(Filled event);

        /**
         * The order was refused.
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

        /**
         * Funding was paid or received.
         *
         * @param event the event
         * @return the answer
         */
        R funded(Funded event);
    }

    /**
     * An order moved on without a trade.
     *
     * @param tsNanos when, UTC epoch nanoseconds
     * @param symbol position of the symbol in the study
     * @param orderId number of the order
     * @param state ACKED, PENDING_CANCEL, CANCELED or EXPIRED
     * @param reason why; {@link Reason#TRIGGERED} for a stop that became active
     */
    record Moved(long tsNanos, int symbol, long orderId, OrderState state, Reason reason) implements OrderEvent {
        /**
         * Checks the parts.
         *
         * @param tsNanos when, UTC epoch nanoseconds
         * @param symbol position of the symbol in the study
         * @param orderId number of the order
         * @param state ACKED, PENDING_CANCEL, CANCELED or EXPIRED
         * @param reason why; {@link Reason#TRIGGERED} for a stop that became active
         */
        public Moved {
            Check.atLeast(symbol, 0, "symbol");
            Check.notNull(state, "state");
            Check.notNull(reason, "reason");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.moved(this);
        }
    }

    /**
     * An order filled, wholly or in part.
     *
     * @param fill the trade
     * @param state PARTIAL or FILLED
     */
    record Filled(Fill fill, OrderState state) implements OrderEvent {
        @Override
        public long tsNanos() {
            return fill.tsNanos();
        }

        @Override
        public int symbol() {
            return fill.symbol();
        }

        @Override
        public long orderId() {
            return fill.orderId();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.filled(this);
        }
    }

    /**
     * An order was refused and will not fill.
     *
     * @param tsNanos when, UTC epoch nanoseconds
     * @param symbol position of the symbol in the study
     * @param orderId number of the order
     * @param reason why
     * @param detail what the reason alone does not say, such as which wallet is empty; may be empty
     */
    record Rejected(long tsNanos, int symbol, long orderId, Reason reason, String detail) implements OrderEvent {
        /**
         * Checks the parts.
         *
         * @param tsNanos when, UTC epoch nanoseconds
         * @param symbol position of the symbol in the study
         * @param orderId number of the order
         * @param reason why
         * @param detail what the reason alone does not say, such as which wallet is empty; may be empty
         */
        public Rejected {
            Check.atLeast(symbol, 0, "symbol");
            Check.notNull(reason, "reason");
            Check.notNull(detail, "detail");
        }

        /**
         * A refusal whose reason says it all.
         *
         * @param tsNanos when, UTC epoch nanoseconds
         * @param symbol position of the symbol in the study
         * @param orderId number of the order
         * @param reason why
         */
        public Rejected(long tsNanos, int symbol, long orderId, Reason reason) {
            this(tsNanos, symbol, orderId, reason, "");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.rejected(this);
        }
    }

    /**
     * A position was closed without an order: delisting, liquidation, auto-deleveraging, expiry.
     *
     * @param fill the trade
     * @param reason why
     */
    record Forced(Fill fill, Reason reason) implements OrderEvent {
        /**
         * Checks the parts.
         *
         * @param fill the trade
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
        public int symbol() {
            return fill.symbol();
        }

        @Override
        public long orderId() {
            return NO_ORDER;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.forced(this);
        }
    }

    /**
     * Funding was exchanged between longs and shorts.
     *
     * @param tsNanos when, UTC epoch nanoseconds
     * @param symbol position of the symbol in the study
     * @param rate of the interval, a fraction of the position's value; longs pay if above 0
     * @param paidUnits what we paid in money units of the settlement currency; negative if received
     */
    record Funded(long tsNanos, int symbol, double rate, long paidUnits) implements OrderEvent {
        @Override
        public long orderId() {
            return NO_ORDER;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.funded(this);
        }
    }

    /** Why an order was refused, moved on without a trade, or a position was closed without an order. */
    enum Reason {
        /** Taken by the venue. */
        ACCEPTED,
        /** The price reached the trigger. */
        TRIGGERED,
        /** The strategy asked for it. */
        ASKED,
        /** The other order of its group filled or ended. */
        OTHER_SIDE,
        /** Its time ran out, or it could not fill at once as IOC and FOK demand. */
        TIME_IN_FORCE,
        /** The run ended. */
        END_OF_RUN,
        /** The symbol never had a price. */
        NO_PRICE,
        /** Not even one lot could be paid, or the margin does not suffice. */
        NO_CASH,
        /** Nothing is held in the currency that the trade is paid or settled in; money in others is no collateral. */
        EMPTY_WALLET,
        /** The quantity does not fit into lots. */
        QUANTITY_TOO_LARGE,
        /** Below the venue's smallest quantity or notional after rounding. */
        TOO_SMALL,
        /** Above the venue's largest quantity. */
        TOO_LARGE,
        /** A limit of the run leaves no room. */
        LIMIT,
        /** A post-only order would have taken liquidity. */
        WOULD_TAKE,
        /** A reduce-only order would have opened or enlarged a position. */
        WOULD_ENLARGE,
        /** Spot cannot be sold short. */
        NO_POSITION,
        /** The strategy is still warming up. */
        WARM_UP,
        /** Trading was stopped: drawdown limit, ruin, or a strategy that failed. */
        HALTED,
        /** The venue does not trade the symbol yet. */
        NOT_LISTED,
        /** The symbol's data ended or were silent for too long. */
        DELISTED,
        /** A quarantined jump: what follows is another instrument. */
        NEW_SEGMENT,
        /** The margin fell below the maintenance margin. */
        LIQUIDATED,
        /** The venue closed a winning position against a bankrupt one. */
        AUTO_DELEVERAGED,
        /** The contract expired and was settled. */
        EXPIRED
    }
}
