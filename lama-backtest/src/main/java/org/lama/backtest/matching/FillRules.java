package org.lama.backtest.matching;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * How much of an order fills when it fills. Own orders never change the book, so that large ones fill too well: a share
 * of participation below 1 says how much of what others offer or trade may be ours. Immutable and thread-safe.
 *
 * @param partial whether orders fill in parts; else an order that fills at all fills whole, whatever its size
 * @param participation most share of the size of a level that a taker gets, and of what trades at or through the price of
 *     an order at rest, in (0, 1]; {@link #UNLIMITED} if takers get whole levels and a price that passes an order fills
 *     it whole
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record FillRules(boolean partial, double participation) {
    /** No limit by share. */
    public static final double UNLIMITED = Double.POSITIVE_INFINITY;

    /** Share of participation that is realistic where nothing better is known. */
    public static final double REALISTIC_PARTICIPATION = 0.1;

    /** Sums of shares that should be whole lots may miss them by this much of a lot. */
    static final double ROUNDING = 1e-9;

    private static final FillRules WHOLE = new FillRules(false, UNLIMITED);
    private static final FillRules PARTS = new FillRules(true, UNLIMITED);

    /**
     * Checks that both fit together.
     *
     * @param partial whether orders fill in parts; else an order that fills at all fills whole, whatever its size
     * @param participation most share of the size of a level that a taker gets, and of what trades at or through the price
     *     of an order at rest, in (0, 1]; {@link #UNLIMITED} if takers get whole levels and a price that passes an order
     *     fills it whole
     */
    public FillRules {
        Check.that(
                participation == UNLIMITED || (participation > 0 && participation <= 1),
                "participation must be in (0, 1] or UNLIMITED, got " + participation);
        Check.that(
                partial || participation == UNLIMITED,
                "participation must be UNLIMITED where orders fill whole, got " + participation);
    }

    /**
     * An order that fills fills whole. Right for sizes that are small beside the book.
     *
     * @return the rules
     */
    public static FillRules whole() {
        return WHOLE;
    }

    /**
     * Takers walk the levels of the book; makers get what trades let through to them, and all once the price passes.
     *
     * @return the rules
     */
    public static FillRules parts() {
        return PARTS;
    }

    /**
     * Orders fill in parts of at most {@link #REALISTIC_PARTICIPATION} of what stood or traded against them.
     *
     * @return the rules
     */
    public static FillRules realistic() {
        return PARTS.withParticipation(REALISTIC_PARTICIPATION);
    }

    /**
     * Orders fill in parts, with a share.
     *
     * @param share in (0, 1], or {@link #UNLIMITED}
     * @return a copy
     */
    public FillRules withParticipation(double share) {
        return new FillRules(true, share);
    }

    boolean isLimited() {
        return participation != UNLIMITED;
    }

    /** What a taker gets of a level. */
    long ofLevel(long lots) {
        return isLimited() ? (long) (participation * lots + ROUNDING) : lots;
    }
}
