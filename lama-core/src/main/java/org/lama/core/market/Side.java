package org.lama.core.market;

import org.lama.core.base.Api;

/**
 * Direction of an order or fill.
 *
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public enum Side {
    /** Takes quantity in. */
    BUY(1),
    /** Gives quantity away. */
    SELL(-1);

    private final int sign;

    Side(int sign) {
        this.sign = sign;
    }

    /**
     * The sign of the position change.
     *
     * @return +1 or -1
     */
    public int sign() {
        return sign;
    }
}
