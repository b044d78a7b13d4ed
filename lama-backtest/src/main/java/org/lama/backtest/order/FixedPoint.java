package org.lama.backtest.order;

import java.math.BigInteger;
import java.util.Objects;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * The one place where numbers with a point become whole units and back, and where whole units are multiplied. A number
 * with {@code d} decimals is kept as a {@code long} count of 10^-d. Products are formed in 128 bits
 * ({@link Math#multiplyHigh(long, long)}); a result that does not fit into 64 bits throws {@link ArithmeticException},
 * it never wraps.
 *
 * <p>Stateless and thread-safe; every method is O(1) and allocates nothing.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class FixedPoint {
    /** Decimals of money of every currency: one unit is 10^-8. */
    public static final int MONEY_DECIMALS = 8;

    private static final long[] POWERS = new long[19];
    private static final double LARGEST = 9.2e18;
    private static final long LOW_32 = 0xFFFFFFFFL;
    /** A product in binary floating point may miss its decimal value by this many units in the last place. */
    private static final double NOISE_ULPS = 4;
    /** Below this a quotient in floating point, wrong by at most five roundings, misses the true one by less than 1. */
    private static final double NEAR = 0x1p50;
    /** Below this it misses by less than 2^12, and the remainder still fits if the divisor is below {@link #NEAR}. */
    private static final double FAR = 0x1p62;
    /** Twice a remainder of 1.2 divisors must fit into a long. */
    private static final long LARGEST_NEAR_DIVISOR = 1L << 60;

    /** The power of two not above 10^i, less one: so far a product is shifted before it is multiplied by a reciprocal. */
    private static final int[] SHIFTS = new int[19];
    /** 2^(64 + SHIFTS[i]) / 10^i, rounded down; from 2^62 to 2^63. */
    private static final long[] RECIPROCALS = new long[19];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
            SHIFTS[i] = 62 - Long.numberOfLeadingZeros(POWERS[i]);
            RECIPROCALS[i] = BigInteger.ONE
                    .shiftLeft(64 + SHIFTS[i])
                    .divide(BigInteger.valueOf(POWERS[i]))
                    .longValueExact();
        }
    }

    private FixedPoint() {}

    /** What happens to the part below one unit. */
    public enum Rounding {
        /** To the nearest unit, ties to the even one. */
        NEAREST,
        /** To the next unit below, towards minus infinity; a distance of up to 4 ulp to a unit counts as noise. */
        FLOOR,
        /** To the next unit above, towards plus infinity; a distance of up to 4 ulp to a unit counts as noise. */
        CEILING,
        /** To the next unit towards zero; a distance of up to 4 ulp to a unit counts as noise. */
        TOWARDS_ZERO
    }

    /**
     * Ten to a power.
     *
     * @param decimals 0 to 18
     * @return 10^decimals
     */
    public static long power(int decimals) {
        Check.inRange(decimals, 0, 18, "decimals");
        return POWERS[decimals];
    }

    /**
     * Whether a number can be written in units of 10^-decimals.
     *
     * @param value any number
     * @param decimals 0 to 18
     * @return false for NaN, infinities and whatever exceeds 9.2e18 units
     */
    public static boolean fits(double value, int decimals) {
        return Math.abs(value) * power(decimals) <= LARGEST;
    }

    /**
     * The units of a number.
     *
     * @param value a finite number
     * @param decimals 0 to 18
     * @param rounding what happens to the part below one unit
     * @return value · 10^decimals, rounded
     * @throws ArithmeticException if the value is NaN or does not fit
     */
    public static long fromDouble(double value, int decimals, Rounding rounding) {
        double scaled = value * power(decimals);
        if (!(Math.abs(scaled) <= LARGEST)) {
            throw new ArithmeticException(value + " does not fit into a long with " + decimals + " decimals");
        }
        double nearest = Math.rint(scaled);
        if (rounding == Rounding.NEAREST || Math.abs(scaled - nearest) <= NOISE_ULPS * Math.ulp(scaled)) {
            return (long) nearest;
        }
        return switch (rounding) {
            case FLOOR -> (long) Math.floor(scaled);
            case CEILING -> (long) Math.ceil(scaled);
            case TOWARDS_ZERO, NEAREST -> (long) scaled;
        };
    }

    /**
     * The number of units as floating point, for reports and for strategies; exact to half an ulp below 2^53 units.
     *
     * @param units count of 10^-decimals
     * @param decimals 0 to 18
     * @return units / 10^decimals
     */
    public static double toDouble(long units, int decimals) {
        return units / (double) power(decimals);
    }

    /**
     * The product of two numbers of units with some decimals dropped: a · b / 10^dropped, to nearest, ties to even.
     *
     * @param a a factor
     * @param b a factor
     * @param dropped decimals of a plus decimals of b less the decimals wanted, -18 to 18
     * @return the rounded product
     * @throws ArithmeticException if the product does not fit into a long, naming both factors
     */
    public static long multiply(long a, long b, int dropped) {
        if (dropped > 0) {
            return divide(a, b, dropped);
        }
        try {
            return Math.multiplyExact(Math.multiplyExact(a, b), power(-dropped));
        } catch (ArithmeticException overflow) {
            throw overflow(a, b, 1);
        }
    }

    /**
     * The products of one number of units with many, each as {@link #multiply(long, long, int)} gives it. What the one
     * factor and the power of ten have in common is worked out once, so that a product takes a third of the time.
     *
     * @param a the factor that stays
     * @param dropped as in {@link #multiply(long, long, int)}
     * @param b the other factors
     * @param from the first of them
     * @param count how many
     * @param out takes the products from 0 on
     * @throws ArithmeticException if a product does not fit into a long, naming both factors
     */
    public static void multiplyEach(long a, int dropped, long[] b, int from, int count, long[] out) {
        Objects.checkFromIndexSize(from, count, b.length);
        Objects.checkFromIndexSize(0, count, out.length);
        if (dropped > 0 && a != 0 && a != Long.MIN_VALUE) {
            divideEach(a, dropped, b, from, count, out);
            return;
        }
        for (int i = 0; i < count; i++) {
            out[i] = multiply(a, b[from + i], dropped);
        }
    }

    /**
     * The ratio of the one factor and the divisor, cut off to 63 bits, times the other factor is too small by less than a
     * quarter and half a unit, or by one more; the remainder, exact in 64 bits since all wrap alike, shows it.
     */
    private static void divideEach(long a, int dropped, long[] b, int from, int count, long[] out) {
        long x = Math.abs(a);
        long divisor = POWERS[dropped];
        int up = Long.numberOfLeadingZeros(x) - 1;
        int down = Long.numberOfLeadingZeros(divisor) - 1;
        long top = x << up;
        int more = top >= divisor << down ? 62 : 63;
        // floor(x · 2^shift / divisor), from 2^62 to 2^63
        long ratio = divide(top >>> (64 - more), top << more, divisor << down);
        int shift = more + up - down;
        int before = Math.max(0, 64 - shift);
        int after = Math.max(0, shift - 64);
        long most = 1L << 62 >>> before;
        long half = divisor >> 1;
        for (int i = 0; i < count; i++) {
            long y = b[from + i];
            long quotient = Math.multiplyHigh(ratio, y << before) >>> after;
            long rest = x * y + half - quotient * divisor;
            // no branch: it would be taken in every second product, and not foreseen
            long stays = (rest - divisor) >> 63;
            rest -= divisor & ~stays;
            quotient += 1 + stays;
            if (y < 0 || y > most || rest <= 0 || rest >= divisor) {
                // negative, large, a tie or one too small
                out[i] = divide(a, y, dropped);
            } else {
                out[i] = a < 0 ? -quotient : quotient;
            }
        }
    }

    /**
     * The quotient by a power of ten, whose reciprocal is known: both factors of the last product are cut off below, which
     * makes it too small by less than 2, and a whole quotient by at most 1, which the remainder shows.
     */
    private static long divide(long a, long b, int dropped) {
        long x = Math.abs(a);
        long y = Math.abs(b);
        long product = x * y;
        long divisor = POWERS[dropped];
        int shift = SHIFTS[dropped];
        // half a divisor more, so that rounding down is rounding to nearest
        long low = product + (divisor >> 1);
        long high = Math.multiplyHigh(x, y) + ((product & ~low) >>> 63);
        if (high >>> (shift - 1) != 0) {
            return wide(a, b, divisor);
        }
        long quotient = Math.multiplyHigh(high << (64 - shift) | low >>> shift, RECIPROCALS[dropped]);
        long rest = low - quotient * divisor;
        // no branch: it would be taken in a third of all products, and not foreseen
        long stays = (rest - divisor) >> 63;
        rest -= divisor & ~stays;
        quotient += 1 + stays;
        // a tie goes to the even one
        quotient -= rest == 0 ? quotient & 1 : 0;
        return (a ^ b) < 0 ? -quotient : quotient;
    }

    /**
     * a · b / divisor with the product in 128 bits, to nearest, ties to even.
     *
     * <p>The quotient is guessed in floating point; the remainder, which is small, is exact in 64 bits even where the
     * product is not, since both wrap alike, and corrects the guess. Only quotients near the end of the range and very
     * large divisors take the way of 128 bits.
     *
     * @param a a factor
     * @param b a factor
     * @param divisor above 0
     * @return the rounded quotient
     * @throws ArithmeticException if the quotient does not fit into a long
     */
    public static long multiplyDivide(long a, long b, long divisor) {
        if (divisor <= 0) {
            throw new IllegalArgumentException("divisor must be > 0, got " + divisor);
        }
        return divided(a, b, divisor, (double) a * (double) b / divisor, 1.0 / divisor);
    }

    private static long divided(long a, long b, long divisor, double guess, double reciprocal) {
        long quotient;
        if (Math.abs(guess) < NEAR && divisor <= LARGEST_NEAR_DIVISOR) {
            quotient = (long) Math.rint(guess);
        } else if (Math.abs(guess) < FAR && divisor < NEAR) {
            long first = (long) guess;
            quotient = first + (long) Math.rint((a * b - first * divisor) * reciprocal);
        } else {
            return wide(a, b, divisor);
        }
        return corrected(a * b, quotient, divisor);
    }

    /** The quotient nearest to product / divisor, given one that misses it by less than 1.5. */
    private static long corrected(long product, long quotient, long divisor) {
        long twice = (product - quotient * divisor) << 1;
        if (twice >= divisor) {
            return twice > divisor || (quotient & 1) != 0 ? quotient + 1 : quotient;
        }
        if (twice <= -divisor) {
            return twice < -divisor || (quotient & 1) != 0 ? quotient - 1 : quotient;
        }
        return quotient;
    }

    /** The quotient from the product in 128 bits. */
    static long wide(long a, long b, long divisor) {
        long high = Math.multiplyHigh(a, b);
        long low = a * b;
        boolean negative = high < 0;
        if (negative) {
            low = -low;
            high = low == 0 ? -high : ~high;
        }
        if (high >= divisor) {
            throw overflow(a, b, divisor);
        }
        long quotient = high == 0 ? Long.divideUnsigned(low, divisor) : divide(high, low, divisor);
        long remainder = low - quotient * divisor;
        int half = Long.compareUnsigned(remainder, divisor - remainder);
        if (half > 0 || (half == 0 && (quotient & 1) == 1)) {
            quotient++;
        }
        if (quotient < 0) {
            throw overflow(a, b, divisor);
        }
        return negative ? -quotient : quotient;
    }

    private static ArithmeticException overflow(long a, long b, long divisor) {
        return new ArithmeticException(a + " times " + b + " divided by " + divisor + " does not fit into a long");
    }

    /** 128 by 64 bits, high below divisor: two digits of base 2^32 (Knuth, volume 2, algorithm D). */
    private static long divide(long high, long low, long divisor) {
        int shift = Long.numberOfLeadingZeros(divisor);
        long d = divisor << shift;
        // >>> takes its distance modulo 64, so a shift of 0 is masked out
        long top = (high << shift) | (shift == 0 ? 0 : low >>> (64 - shift));
        long rest = low << shift;
        long first = digit(top, rest >>> 32, d);
        long middle = (top << 32) + (rest >>> 32) - first * d;
        long second = digit(middle, rest & LOW_32, d);
        return (first << 32) + second;
    }

    private static long digit(long top, long next, long d) {
        long dHigh = d >>> 32;
        long dLow = d & LOW_32;
        long digit = Long.divideUnsigned(top, dHigh);
        long remainder = top - digit * dHigh;
        while (digit > LOW_32 || Long.compareUnsigned(digit * dLow, (remainder << 32) + next) > 0) {
            digit--;
            remainder += dHigh;
            if (remainder > LOW_32) {
                break;
            }
        }
        return digit;
    }
}
