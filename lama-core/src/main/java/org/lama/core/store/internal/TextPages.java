package org.lama.core.store.internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.lama.core.base.Check;

/**
 * The texts of one row group as codes of a sorted dictionary, or as they are if there are too many different ones. Not
 * thread-safe.
 */
final class TextPages {
    private static final int MAX_WORDS = 1 << 16;
    /** Longer bounds are not worth their bytes in an index. */
    private static final int MAX_BOUND_BYTES = 64;

    private final String[] texts;
    private final byte[][] words;
    private final int[] codes;
    private final int groupFrom;
    private final boolean bounded;
    private byte[] least = {};
    private byte[] most = {};

    private TextPages(String[] texts, int from, byte[][] words, int[] codes) {
        this.texts = texts;
        this.groupFrom = from;
        this.words = words;
        this.codes = codes;
        this.bounded = codes.length > 0 && Arrays.stream(words).allMatch(word -> word.length <= MAX_BOUND_BYTES);
    }

    static TextPages of(RawColumn column, int from, int to) {
        String[] texts = column.texts();
        Map<String, Integer> seen = new HashMap<>();
        int[] codes = new int[to - from];
        for (int i = from; i < to; i++) {
            Integer code = seen.putIfAbsent(texts[i], seen.size());
            codes[i - from] = code == null ? seen.size() - 1 : code;
            if (seen.size() > MAX_WORDS) {
                return new TextPages(texts, from, new byte[0][], new int[0]);
            }
        }
        byte[][] words = new byte[seen.size()][];
        seen.forEach((text, code) -> words[code] = utf8(text, column.name()));
        return sorted(texts, from, words, codes);
    }

    /** Sorted, so that the range of the codes of a page gives the range of its texts. */
    private static TextPages sorted(String[] texts, int from, byte[][] words, int[] codes) {
        Integer[] order = new Integer[words.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> PageEncoder.compare(words[a], words[b]));
        int[] rank = new int[words.length];
        byte[][] ranked = new byte[words.length][];
        for (int i = 0; i < order.length; i++) {
            rank[order[i]] = i;
            ranked[i] = words[order[i]];
        }
        for (int i = 0; i < codes.length; i++) {
            codes[i] = rank[codes[i]];
        }
        return new TextPages(texts, from, ranked, codes);
    }

    static byte[] utf8(String text, String column) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Check.that(
                new String(bytes, StandardCharsets.UTF_8).equals(text),
                "column " + column + " must hold texts that are Unicode, got half of a surrogate pair");
        return bytes;
    }

    boolean hasDictionary() {
        return codes.length > 0;
    }

    int words() {
        return words.length;
    }

    /** Appends the page of the dictionary. */
    void encodeWords(Bytes out) {
        for (byte[] word : words) {
            out.putInt(word.length);
            out.write(word, 0, word.length);
        }
    }

    /** Appends a page of rows. */
    void encode(String column, int from, int to, Bytes out) {
        if (!hasDictionary()) {
            for (int i = from; i < to; i++) {
                byte[] bytes = utf8(texts[i], column);
                out.putInt(bytes.length);
                out.write(bytes, 0, bytes.length);
            }
            return;
        }
        int low = Integer.MAX_VALUE;
        int high = 0;
        for (int i = from - groupFrom; i < to - groupFrom; i++) {
            low = Math.min(low, codes[i]);
            high = Math.max(high, codes[i]);
        }
        least = words[low];
        most = words[high];
        int width = RunPacking.width(words.length - 1);
        out.write(width);
        int[] page = Arrays.copyOfRange(codes, from - groupFrom, to - groupFrom);
        RunPacking.encode(page, page.length, width, out);
    }

    /** Whether the last page has a range. */
    boolean ranged() {
        return bounded;
    }

    byte[] least() {
        return least;
    }

    byte[] most() {
        return most;
    }
}
