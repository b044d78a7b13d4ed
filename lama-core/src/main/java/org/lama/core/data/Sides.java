package org.lama.core.data;

import java.util.Locale;
import java.util.Set;

/** What the words of files say about sides. A word that says nothing is never taken for one of the two. Stateless. */
final class Sides {
    /** Nobody knows who took. */
    static final int UNKNOWN = -1;

    private static final Set<String> YES = Set.of("true", "t", "yes", "y", "1");
    private static final Set<String> NO = Set.of("false", "f", "no", "n", "0");
    private static final Set<String> BUY = Set.of("b", "buy", "buyer", "bid", "bids");
    private static final Set<String> SELL = Set.of("s", "sell", "seller", "a", "ask", "asks");

    private Sides() {}

    /** The side of the taker by whether the buyer was the maker: 1 buy, 0 sell. */
    static int ofBuyerIsMaker(String text) {
        String word = word(text);
        return YES.contains(word) ? 0 : NO.contains(word) ? 1 : UNKNOWN;
    }

    /** The side of the taker: 1 buy, 0 sell. */
    static int ofTaker(String text) {
        String word = word(text);
        return BUY.contains(word) ? 1 : SELL.contains(word) ? 0 : UNKNOWN;
    }

    /** The side of a book: 0 bid, 1 ask; by the words alone, since venues that number sides do not agree. */
    static int ofBook(String text) {
        int taker = ofTaker(text);
        return taker == UNKNOWN ? UNKNOWN : 1 - taker;
    }

    private static String word(String text) {
        return text.trim().toLowerCase(Locale.ROOT);
    }
}
