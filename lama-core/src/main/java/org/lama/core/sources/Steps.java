package org.lama.core.sources;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;
import org.lama.core.book.BookScale;

/**
 * Which steps prices and sizes of a feed have, and whether those of a scale fit: a wrong scale would round everything and
 * still give figures. Steps are looked for among 1, 2, 2.5 and 5 times powers of ten: the coarsest that nearly all of the
 * first values are whole numbers of. Not thread-safe.
 */
final class Steps {
    private static final int KEPT = 8_192;
    /** From so many different values on they tell their step: with fewer all may be even by chance. */
    private static final int LEAST_TO_TELL = 32;
    /** From so many values on a scale can be wrong. */
    private static final int LEAST_TO_JUDGE = 64;
    /** Venues leave single sizes finer than their step. */
    private static final double SHARE = 0.01;
    /** Rounding a size by less than this part of it harms nobody, as where contracts were counted in another unit. */
    private static final double HARMLESS = 1e-3;

    private static final double[] FACTORS = {5, 2.5, 2, 1};
    private static final int LARGEST_POWER = 6;
    private static final int SMALLEST_POWER = -12;

    private final double[] prices = new double[KEPT];
    private final double[] sizes = new double[KEPT];
    private int keptPrices;
    private int keptSizes;
    private long values;
    private long misfits;

    /** Takes a level or a trade, and whether it fits the scale; what is no price or no size tells nothing. */
    void add(double price, double size, boolean fits) {
        if (!(price > 0 && price < Double.POSITIVE_INFINITY && size >= 0 && size < Double.POSITIVE_INFINITY)) {
            return;
        }
        values++;
        misfits += fits ? 0 : 1;
        if (keptPrices < KEPT) {
            prices[keptPrices++] = price;
        }
        if (keptSizes < KEPT && size > 0) {
            sizes[keptSizes++] = size;
        }
    }

    /** Whether more values would change nothing. */
    boolean isFull() {
        return keptPrices == KEPT && keptSizes == KEPT;
    }

    /** Whether a size was rounded by next to nothing. */
    static boolean isHarmless(double rounded, double size) {
        return Math.abs(rounded - size) <= HARMLESS * size;
    }

    /** The steps that were seen; empty where too little was. */
    Optional<BookScale> scale() {
        double tick = step(prices, keptPrices);
        double lot = step(sizes, keptSizes);
        return tick > 0 && lot > 0 ? Optional.of(new BookScale(tick, lot)) : Optional.empty();
    }

    /** Refuses a scale that more than a hundredth of all values does not fit. */
    void requireFit(BookScale scale, String where) {
        if (values < LEAST_TO_JUDGE || misfits <= SHARE * values) {
            return;
        }
        String seen = scale().map(found -> "the steps that it shows are " + text(found))
                .orElse("what steps it has cannot be told");
        throw new IllegalArgumentException(where + ": prices and sizes must be whole numbers of " + text(scale)
                + ", but " + misfits + " of " + values + " are not; " + seen);
    }

    private static String text(BookScale scale) {
        return "tick=" + text(scale.tickSize()) + " and lot=" + text(scale.lotSize());
    }

    private static String text(double step) {
        return BigDecimal.valueOf(step).stripTrailingZeros().toPlainString();
    }

    private static double step(double[] kept, int count) {
        double[] values = Arrays.stream(kept, 0, count).distinct().toArray();
        for (int power = LARGEST_POWER; values.length >= LEAST_TO_TELL && power >= SMALLEST_POWER; power--) {
            for (double factor : FACTORS) {
                double step =
                        BigDecimal.valueOf(factor).scaleByPowerOfTen(power).doubleValue();
                long off = Arrays.stream(values)
                        .filter(value -> !isWhole(value / step))
                        .count();
                if (off <= SHARE * values.length) {
                    return step;
                }
            }
        }
        return 0;
    }

    private static boolean isWhole(double steps) {
        double whole = Math.rint(steps);
        return whole >= 1 && Math.abs(steps - whole) < Math.max(1e-6, 4 * Math.ulp(steps));
    }
}
