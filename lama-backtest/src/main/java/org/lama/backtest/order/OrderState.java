package org.lama.backtest.order;

import org.lama.core.base.Api;

/**
 * The states of an order, the same in simulation and at a venue. Which step may follow which is told by
 * {@link #mayBecome}. FILLED, CANCELED, EXPIRED, REJECTED and NOT_FOUND are final, but a CANCELED or EXPIRED order accepts
 * late fills, and UNKNOWN may be left only with evidence from the venue.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public enum OrderState {
    /** Made, not yet written down. */
    CREATED,
    /** Written down before it is sent. */
    INTENT_LOGGED,
    /** On its way. */
    SENT,
    /** The venue has it and it rests or waits for its trigger. */
    ACKED,
    /** Some of it filled. */
    PARTIAL,
    /** A cancellation is on its way. */
    PENDING_CANCEL,
    /** We do not know whether the venue has it. */
    UNKNOWN,
    /** All of it filled. */
    FILLED,
    /** Ended on request or by its own terms. */
    CANCELED,
    /** Its time ran out. */
    EXPIRED,
    /** Refused. */
    REJECTED,
    /** It never reached the venue. */
    NOT_FOUND;

    /**
     * Whether a step is legal.
     *
     * @param next the state after the step
     * @return true if an order in this state may become {@code next}
     */
    public boolean mayBecome(OrderState next) {
        return switch (this) {
            case CREATED -> next == INTENT_LOGGED || next == REJECTED;
            case INTENT_LOGGED -> next == SENT || next == REJECTED || next == UNKNOWN;
            case SENT -> next == ACKED || next == REJECTED || next == UNKNOWN || isFill(next) || isEnd(next);
            case ACKED -> next == PENDING_CANCEL || next == UNKNOWN || isFill(next) || isEnd(next);
            case PARTIAL -> next == PENDING_CANCEL || next == UNKNOWN || isFill(next) || isEnd(next);
            case PENDING_CANCEL -> next == ACKED || next == UNKNOWN || isFill(next) || isEnd(next);
            case UNKNOWN -> next == ACKED || next == REJECTED || next == NOT_FOUND || isFill(next) || isEnd(next);
            case CANCELED, EXPIRED -> isFill(next);
            case FILLED, REJECTED, NOT_FOUND -> false;
        };
    }

    /**
     * Whether nothing more is expected of the order.
     *
     * @return true for FILLED, CANCELED, EXPIRED, REJECTED, NOT_FOUND
     */
    public boolean isFinal() {
        return this == FILLED || this == CANCELED || this == EXPIRED || this == REJECTED || this == NOT_FOUND;
    }

    private static boolean isFill(OrderState state) {
        return state == PARTIAL || state == FILLED;
    }

    private static boolean isEnd(OrderState state) {
        return state == CANCELED || state == EXPIRED;
    }
}
