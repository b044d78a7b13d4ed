package org.lama.backtest.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;
import org.lama.backtest.order.FixedPoint.Rounding;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

class FixedPointTest {
    private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

    @Test
    void productsAgreeWithBigIntegersForAllSizes() {
        Rng rng = Seeds.rng(7, 1);
        int overflows = 0;
        for (int i = 0; i < 200_000; i++) {
            long a = rng.nextLong() >> rng.nextInt(64);
            long b = rng.nextLong() >> rng.nextInt(64);
            long divisor = i % 3 == 0
                    ? FixedPoint.power(rng.nextInt(19))
                    : Math.max(1, rng.nextLong() >>> 1 >>> rng.nextInt(62));
            BigInteger exact = new BigDecimal(BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)))
                    .divide(BigDecimal.valueOf(divisor), 0, RoundingMode.HALF_EVEN)
                    .toBigIntegerExact();
            if (exact.abs().compareTo(MAX) > 0) {
                overflows++;
                assertThatThrownBy(() -> FixedPoint.multiplyDivide(a, b, divisor))
                        .isInstanceOf(ArithmeticException.class);
            } else {
                assertThat(FixedPoint.multiplyDivide(a, b, divisor))
                        .as("%d * %d / %d", a, b, divisor)
                        .isEqualTo(exact.longValueExact());
            }
        }
        assertThat(overflows).isGreaterThan(1000);
    }

    /** Around every bound of the short ways: ties, halves by one, quotients at 2^50 and 2^62, divisors at 2^50, 2^60. */
    @Test
    void everyWayOfDividingGivesTheSameUnits() {
        Rng rng = Seeds.rng(7, 3);
        long[] edges = {1, 2, 3, 1L << 31, 1L << 49, 1L << 50, 1L << 51, 1L << 59, 1L << 60, 1L << 61, 1L << 62};
        for (int i = 0; i < 100_000; i++) {
            long divisor = i % 2 == 0
                    ? FixedPoint.power(1 + rng.nextInt(18))
                    : Math.max(1, edges[rng.nextInt(edges.length)] + rng.nextInt(5) - 2);
            long quotient = edges[rng.nextInt(edges.length)] + rng.nextInt(5) - 2;
            // a product half a divisor from a whole quotient, give or take one
            BigInteger wanted = BigInteger.valueOf(quotient)
                    .multiply(BigInteger.valueOf(divisor))
                    .add(BigInteger.valueOf(divisor / 2 + rng.nextInt(3) - 1));
            long b = 1L << rng.nextInt(62);
            BigInteger a = wanted.divide(BigInteger.valueOf(b));
            if (a.bitLength() < 63) {
                long sign = rng.nextInt(2) == 0 ? 1 : -1;
                check(sign * a.longValueExact(), b, divisor);
                check(a.longValueExact() + rng.nextInt(3) - 1, sign * b, divisor);
            }
        }
    }

    private static void check(long a, long b, long divisor) {
        BigInteger exact = new BigDecimal(BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)))
                .divide(BigDecimal.valueOf(divisor), 0, RoundingMode.HALF_EVEN)
                .toBigIntegerExact();
        if (exact.abs().compareTo(MAX) > 0) {
            assertThatThrownBy(() -> FixedPoint.multiplyDivide(a, b, divisor)).isInstanceOf(ArithmeticException.class);
            return;
        }
        long units = exact.longValueExact();
        assertThat(FixedPoint.multiplyDivide(a, b, divisor))
                .as("%d * %d / %d", a, b, divisor)
                .isEqualTo(units);
        assertThat(FixedPoint.wide(a, b, divisor)).isEqualTo(units);
        for (int dropped = 1; dropped <= 18; dropped++) {
            if (FixedPoint.power(dropped) == divisor) {
                assertThat(FixedPoint.multiply(a, b, dropped)).isEqualTo(units);
            }
        }
    }

    @Test
    void tiesGoToTheEvenUnit() {
        assertThat(FixedPoint.multiply(5, 1, 1)).isZero();
        assertThat(FixedPoint.multiply(15, 1, 1)).isEqualTo(2);
        assertThat(FixedPoint.multiply(-25, 1, 1)).isEqualTo(-2);
        assertThat(FixedPoint.multiply(-35, 1, 1)).isEqualTo(-4);
    }

    @Test
    void missingDecimalsAreMultipliedIn() {
        assertThat(FixedPoint.multiply(3, -4, -2)).isEqualTo(-1200);
        assertThat(FixedPoint.multiply(3, 4, 0)).isEqualTo(12);
        assertThatThrownBy(() -> FixedPoint.multiply(Long.MAX_VALUE, 2, 0))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining(Long.MAX_VALUE + " times 2");
    }

    @Test
    void theLargestNumbersThrowInsteadOfWrapping() {
        assertThatThrownBy(() -> FixedPoint.multiplyDivide(Long.MIN_VALUE, Long.MIN_VALUE, 1))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> FixedPoint.multiplyDivide(Long.MAX_VALUE, 2, 1))
                .isInstanceOf(ArithmeticException.class);
        assertThat(FixedPoint.multiplyDivide(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE))
                .isEqualTo(Long.MAX_VALUE);
        assertThatThrownBy(() -> FixedPoint.multiplyDivide(1, 1, 0)).hasMessageContaining("divisor must be > 0");
    }

    @Test
    void numbersBecomeUnitsByTheNamedRounding() {
        assertThat(FixedPoint.fromDouble(1.25, 1, Rounding.NEAREST)).isEqualTo(12);
        assertThat(FixedPoint.fromDouble(-1.26, 1, Rounding.FLOOR)).isEqualTo(-13);
        assertThat(FixedPoint.fromDouble(-1.26, 1, Rounding.CEILING)).isEqualTo(-12);
        assertThat(FixedPoint.fromDouble(-1.26, 1, Rounding.TOWARDS_ZERO)).isEqualTo(-12);
        assertThat(FixedPoint.fromDouble(1.26, 1, Rounding.CEILING)).isEqualTo(13);
    }

    @Test
    void binaryNoiseDoesNotCostAUnit() {
        // 0.1 + 0.2 is 0.30000000000000004
        assertThat(FixedPoint.fromDouble(0.1 + 0.2, 8, Rounding.CEILING)).isEqualTo(30_000_000);
        assertThat(FixedPoint.fromDouble(100 * 1.0005, 8, Rounding.CEILING)).isEqualTo(10_005_000_000L);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 1e300, -1e11}) {
            assertThat(FixedPoint.fits(value, 8)).isFalse();
            assertThatThrownBy(() -> FixedPoint.fromDouble(value, 8, Rounding.NEAREST))
                    .isInstanceOf(ArithmeticException.class)
                    .hasMessageContaining("8 decimals");
        }
        assertThat(FixedPoint.fits(9e10, 8)).isTrue();
        assertThat(FixedPoint.fromDouble(1e-300, 8, Rounding.NEAREST)).isZero();
        assertThatThrownBy(() -> FixedPoint.power(19)).hasMessageContaining("decimals must be in [0, 18]");
    }

    @Test
    void unitsGoForthAndBack() {
        Rng rng = Seeds.rng(7, 2);
        for (int i = 0; i < 10_000; i++) {
            long units = rng.nextLong() >> 12;
            assertThat(FixedPoint.fromDouble(FixedPoint.toDouble(units, 8), 8, Rounding.FLOOR))
                    .isEqualTo(units);
        }
    }

    private static long factor(Rng rng) {
        long bits = rng.nextLong() >>> (1 + (int) (rng.nextDouble() * 62));
        return rng.nextDouble() < 0.3 ? -bits : bits;
    }

    @Test
    void productsOfOneFactorAreThoseOfEachAlone() {
        Rng rng = Seeds.rng(41, 0);
        long[] factors = new long[24];
        long[] products = new long[20];
        for (int k = 0; k < 20_000; k++) {
            long a = k % 500 == 0 ? 0 : factor(rng);
            int dropped = (int) (rng.nextDouble() * 37) - 18;
            boolean fit = true;
            for (int i = 0; i < factors.length; i++) {
                long b = factor(rng);
                // ties and whole results as well
                b = k % 3 == 0 && dropped > 0 ? b / FixedPoint.power(dropped) * FixedPoint.power(dropped) / 2 : b;
                factors[i] = b;
                fit &= i < 3 || i >= 23 || fits(a, b, dropped);
            }
            if (fit) {
                FixedPoint.multiplyEach(a, dropped, factors, 3, 20, products);
                for (int i = 0; i < 20; i++) {
                    assertThat(products[i])
                            .as("%d times %d, %d decimals dropped", a, factors[3 + i], dropped)
                            .isEqualTo(FixedPoint.multiply(a, factors[3 + i], dropped));
                }
            } else {
                int decimals = dropped;
                assertThatThrownBy(() -> FixedPoint.multiplyEach(a, decimals, factors, 3, 20, products))
                        .isInstanceOf(ArithmeticException.class)
                        .hasMessageContaining("does not fit");
            }
        }
    }

    private static boolean fits(long a, long b, int dropped) {
        try {
            FixedPoint.multiply(a, b, dropped);
            return true;
        } catch (ArithmeticException tooLarge) {
            return false;
        }
    }

    @Test
    void productsOfOneFactorStayInsideTheirArrays() {
        assertThatThrownBy(() -> FixedPoint.multiplyEach(1, 1, new long[3], 1, 3, new long[3]))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> FixedPoint.multiplyEach(1, 1, new long[3], 0, 3, new long[2]))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
