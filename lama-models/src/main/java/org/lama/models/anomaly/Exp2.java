package org.lama.models.anomaly;

/**
 * 2^y, bit for bit as {@link StrictMath#pow} gives it, without the arrays that it allocates in each call on Java 17: the second
 * half of fdlibm's e_pow.c (Sun Microsystems 1993-2004), whose first half, log2 of the base, is 1 exactly.
 */
final class Exp2 {
    private static final double LARGEST = 1_000;
    private static final double LN_2 = 0x1.62e42fefa39efp-1;
    private static final double LN_2_HIGH = 0x1.62e43p-1;
    private static final double LN_2_LOW = -0x1.05c610ca86c39p-29;
    private static final double P1 = 0x1.555555555553ep-3;
    private static final double P2 = -0x1.6c16c16bebd93p-9;
    private static final double P3 = 0x1.1566aaf25de2cp-14;
    private static final double P4 = -0x1.bbd41c5d26bf1p-20;
    private static final double P5 = 0x1.6376972bea4dp-25;

    private Exp2() {}

    static double of(double y) {
        if (!(Math.abs(y) < LARGEST) || y == 0.5) {
            return StrictMath.pow(2, y);
        }
        double high = upperHalf(y);
        double low = y - high;
        int n = (int) (Math.abs(high) > 0.5 ? Math.copySign(Math.floor(Math.abs(high) + 0.5), high) : 0);
        high -= n;
        double t = upperHalf(low + high);
        double u = t * LN_2_HIGH;
        double v = (low - (t - high)) * LN_2 + t * LN_2_LOW;
        double z = u + v;
        double w = v - (z - u);
        double s = z * z;
        double p = z - s * (P1 + s * (P2 + s * (P3 + s * (P4 + s * P5))));
        double r = (z * p) / (p - 2) - (w + z * w);
        return Math.scalb(1 - (r - z), n); // exact: no result is subnormal
    }

    /** The number without the lower 32 bits of its mantissa. */
    private static double upperHalf(double value) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(value) & 0xFFFFFFFF00000000L);
    }
}
