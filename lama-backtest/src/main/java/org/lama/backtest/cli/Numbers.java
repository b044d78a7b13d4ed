package org.lama.backtest.cli;

import java.util.ArrayList;
import java.util.List;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/** Numbers for JSON: whole ones without a fraction, and null for NaN and infinities, which JSON does not have. */
final class Numbers {
    private static final double EXACT_INTEGERS = 0x1p53;

    private Numbers() {}

    static Node of(double number) {
        if (!Double.isFinite(number)) {
            return Node.nothing();
        }
        boolean whole = number == Math.rint(number) && Math.abs(number) < EXACT_INTEGERS;
        return whole ? Node.of((long) number) : Node.of(number);
    }

    /** As it stands in JSON. */
    static String text(double number) {
        return Documents.compactJson(of(number)).strip();
    }

    static Node list(double... numbers) {
        List<Node> items = new ArrayList<>(numbers.length);
        for (double number : numbers) {
            items.add(of(number));
        }
        return Node.array(items);
    }
}
