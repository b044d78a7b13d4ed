package org.lama.backtest.engine;

/** When orders fill. Only {@link #NEXT_OPEN} is honest; the other exists to prove that the honesty kit notices it. */
enum TargetTiming {
    /** At the first open at or after the decision. */
    NEXT_OPEN,
    /** At the close of the bar that made the decision, stamped with that bar's open. */
    SAME_BAR
}
