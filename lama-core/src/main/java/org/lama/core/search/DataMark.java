package org.lama.core.search;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * What some data are, so that they are known again under another checksum: with other first and last bars, under another
 * name, or with other decimals. Immutable and thread-safe.
 *
 * @param dataChecksum SHA-256 of the data
 * @param instruments fingerprints of the moves of each instrument, by {@link Seal#instrument(String)}; some may have none
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record DataMark(String dataChecksum, Map<String, List<String>> instruments) {
    /** How many fingerprints of an instrument are kept: the smallest ones, so that parts of the data keep many of them. */
    public static final int FINGERPRINTS = 32;

    private static final int ENOUGH_ALIKE = 2;

    /**
     * Checks the parts and copies the map.
     *
     * @param dataChecksum SHA-256 of the data
     * @param instruments fingerprints of the moves of each instrument, by {@link Seal#instrument(String)}; some may have none
     */
    public DataMark {
        Check.notBlank(dataChecksum, "dataChecksum");
        SortedMap<String, List<String>> copy = new TreeMap<>();
        instruments.forEach((name, prints) -> {
            Check.that(
                    name.equals(Seal.instrument(name)),
                    "instrument must be " + Seal.instrument(name) + ", got " + name);
            copy.put(
                    name,
                    prints.stream().sorted().distinct().limit(FINGERPRINTS).toList());
        });
        instruments = Collections.unmodifiableSortedMap(copy);
    }

    /**
     * Data of which nothing but the checksum is known: they are like themselves alone.
     *
     * @param dataChecksum SHA-256 of the data
     * @return the mark
     */
    public static DataMark of(String dataChecksum) {
        return new DataMark(dataChecksum, Map.of());
    }

    /**
     * Whether two sets of data are the same for who searches in them: at least half the instruments of the smaller one are
     * in the other, by name or by two fingerprints.
     *
     * @param other other data
     * @return true if so, or if the checksums are equal
     */
    public boolean isLike(DataMark other) {
        if (dataChecksum.equals(other.dataChecksum)) {
            return true;
        }
        return shares(other, true);
    }

    /**
     * Whether two sets of data are the same by what their bars did, whatever their instruments are called: at least half the
     * instruments of the smaller one are in the other by two fingerprints.
     *
     * @param other other data
     * @return true if so, or if the checksums are equal
     */
    boolean movesLike(DataMark other) {
        return dataChecksum.equals(other.dataChecksum) || shares(other, false);
    }

    private boolean shares(DataMark other, boolean byName) {
        boolean isSmaller = instruments.size() <= other.instruments.size();
        DataMark smaller = isSmaller ? this : other;
        DataMark larger = isSmaller ? other : this;
        long shared = smaller.instruments.entrySet().stream()
                .filter(entry -> (byName && larger.instruments.containsKey(entry.getKey()))
                        || larger.instruments.values().stream().anyMatch(prints -> alike(entry.getValue(), prints)))
                .count();
        return shared > 0 && 2 * shared >= smaller.instruments.size();
    }

    private static boolean alike(List<String> first, List<String> second) {
        return first.stream().filter(second::contains).count() >= ENOUGH_ALIKE;
    }
}
