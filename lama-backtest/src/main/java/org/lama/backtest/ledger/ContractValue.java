package org.lama.backtest.ledger;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import org.lama.backtest.order.FixedPoint;
import org.lama.core.base.Check;
import org.lama.core.market.Contract;
import org.lama.core.market.Contract.Payoff;
import org.lama.core.market.Instrument;

/**
 * What lots of a contract are worth at a price, in money units of its settlement currency, so that the profit of a
 * position is always {@code V(mark) − V(entry)}: {@code V = q · c · p}, and {@code V = −q · c / p} for inverse
 * contracts. One rounding, to nearest, ties to even. Immutable; O(1), allocates nothing.
 */
final class ContractValue {
    private static final int MONEY = FixedPoint.MONEY_DECIMALS;

    private final String id;
    private final int priceDecimals;
    private final int quantityDecimals;
    private final double contractSize;
    private final boolean inverse;
    /** Direct: V = lots · factor · ticks / 10^dropped. Inverse: V = −lots · factor / ticks. */
    private final long factor;

    private final int dropped;

    ContractValue(Contract contract) {
        Instrument instrument = contract.instrument();
        id = contract.id();
        priceDecimals = instrument.priceDecimals();
        quantityDecimals = instrument.quantityDecimals();
        contractSize = contract.contractSize();
        inverse = contract.payoff() == Payoff.INVERSE;
        BigDecimal size = BigDecimal.valueOf(contractSize).stripTrailingZeros();
        if (inverse) {
            dropped = 0;
            factor = exact(size.scaleByPowerOfTen(MONEY + priceDecimals - quantityDecimals));
        } else {
            int decimals = Math.max(0, size.scale());
            factor = exact(size.scaleByPowerOfTen(decimals));
            dropped = priceDecimals + quantityDecimals + decimals - MONEY;
            Check.that(
                    Math.abs(dropped) <= 18,
                    "contractSize of " + id + " has too many decimals for its price and quantity: " + contractSize);
        }
    }

    private long exact(BigDecimal number) {
        try {
            return number.longValueExact();
        } catch (ArithmeticException inexact) {
            throw new IllegalArgumentException(
                    "contractSize of " + id + " must fit the decimals of its price and quantity, got " + contractSize,
                    inexact);
        }
    }

    boolean isInverse() {
        return inverse;
    }

    long units(long lots, long ticks) {
        if (inverse) {
            if (ticks <= 0) {
                throw new IllegalArgumentException("price of inverse " + id + " must be > 0 ticks, got " + ticks);
            }
            return -FixedPoint.multiplyDivide(lots, factor, ticks);
        }
        return FixedPoint.multiply(factor == 1 ? lots : Math.multiplyExact(lots, factor), ticks, dropped);
    }

    /** {@link #units(long, long)} of the same lots at several prices. */
    void units(long lots, long[] ticks, int from, int rows, long[] out) {
        if (inverse) {
            for (int i = 0; i < rows; i++) {
                out[i] = units(lots, ticks[from + i]);
            }
        } else {
            long scaled = factor == 1 ? lots : Math.multiplyExact(lots, factor);
            FixedPoint.multiplyEach(scaled, dropped, ticks, from, rows, out);
        }
    }

    /** V(to) − V(from) for the same lots, with one rounding where the payoff is direct. */
    long change(long lots, long fromTicks, long toTicks) {
        return inverse
                ? Math.subtractExact(units(lots, toTicks), units(lots, fromTicks))
                : units(lots, Math.subtractExact(toTicks, fromTicks));
    }

    /** How far the exact inverse value lies above its rounded one, in money units, within ±0.5. */
    double residue(long lots, long ticks, long rounded) {
        return (-lots * factor - rounded * ticks) / (double) ticks;
    }

    double price(long lots, long units) {
        return price((double) lots, (double) units);
    }

    /** The price in quote currency at which lots are worth units; harmonic for inverse contracts. */
    double price(double lots, double units) {
        double quantity = Math.abs(lots) / FixedPoint.power(quantityDecimals) * contractSize;
        double money = Math.abs(units) / FixedPoint.power(MONEY);
        return inverse ? quantity / money : money / quantity;
    }

    /**
     * The price nearest to Σ lots · ticks / Σ lots; inverse contracts average values, not prices, but lots that were all
     * traded at one price have that price.
     */
    double averagePrice(BigInteger sum, long lots, long units) {
        BigInteger[] ticks = sum.divideAndRemainder(BigInteger.valueOf(lots));
        if (inverse && !(ticks[1].signum() == 0 && isWorth(lots, units, ticks[0].longValueExact()))) {
            return price(lots, units);
        }
        BigDecimal total = new BigDecimal(sum, priceDecimals);
        return total.divide(BigDecimal.valueOf(lots), MathContext.DECIMAL128).doubleValue();
    }

    private boolean isWorth(long lots, long units, long ticks) {
        return ticks > 0 && Math.abs(units(lots, ticks)) == Math.abs(units);
    }

    double quantity(long lots) {
        return FixedPoint.toDouble(lots, quantityDecimals);
    }

    long ticksOf(double price) {
        return FixedPoint.fromDouble(price, priceDecimals, FixedPoint.Rounding.NEAREST);
    }
}
