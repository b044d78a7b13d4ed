package org.lama.models.arima;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one window's search leaves for the next: the parameters of all orders, and which orders to try first. */
final class SearchMemory {
    private final Map<Integer, double[]> points = new TreeMap<>();
    private final List<ArimaSpec> first = new ArrayList<>();

    private static int key(int p, int q, boolean constant) {
        return (p * 100 + q) * 2 + (constant ? 1 : 0);
    }

    /** Remembers where an order ended. */
    void put(ArimaSpec spec, double[] u) {
        points.put(key(spec.p(), spec.q(), spec.constant()), u);
    }

    /** The parameters of an order, or null if it was never fitted. */
    double @Nullable [] point(ArimaSpec spec) {
        return points.get(key(spec.p(), spec.q(), spec.constant()));
    }

    /** Replaces the orders to be tried first, best first. */
    void first(List<ArimaSpec> specs) {
        first.clear();
        first.addAll(specs);
    }

    /** The orders to be tried first. */
    List<ArimaSpec> first() {
        return first;
    }
}
