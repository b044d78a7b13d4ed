package org.lama.backtest.engine;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Columns by symbol that all runs over a market share, null where not made yet; thread-safe, never changed once made. */
final class KnownFigures {
    final AtomicReferenceArray<double @Nullable []> spread;
    final AtomicReferenceArray<double @Nullable []> volatilityDay;

    KnownFigures(int symbols) {
        spread = new AtomicReferenceArray<>(symbols);
        volatilityDay = new AtomicReferenceArray<>(symbols);
    }
}
