package org.lama.core.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.market.InstrumentId;
import org.lama.core.store.MarketStore;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;

/**
 * Which coins were the largest at a time, by the market capitalisations that were known then: coins that died later are
 * in it, coins that came later are not. Each coin stands there with its own last value, whenever those of others came, and
 * a correction counts from when it was known. Immutable and thread-safe; a question costs {@code O(c log c)} for c coins.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class CoinRanking {
    private static final String CAP = "market_cap";

    /** A capitalisation of a time, as it was known. */
    private record Value(long time, double cap) {}

    private record Version(long known, Value value) {}

    private record Member(InstrumentId coin, double cap) {}

    /** Of each coin its last value, by when that became known. */
    private final Map<InstrumentId, NavigableMap<Long, Value>> coins;

    private CoinRanking(Map<InstrumentId, NavigableMap<Long, Value>> coins) {
        this.coins = coins;
    }

    /**
     * Reads the capitalisations of all coins of a vendor.
     *
     * @param store where they are: series of metrics with the column {@code market_cap}
     * @param venue the vendor, for example COINGECKO
     * @return the rankings
     * @throws IOException if the store cannot be read
     */
    public static CoinRanking load(MarketStore store, String venue) throws IOException {
        Map<InstrumentId, NavigableMap<Long, Value>> coins = new LinkedHashMap<>();
        for (MarketStore.Entry entry : store.catalogue()) {
            InstrumentId coin = entry.key().instrument();
            if (entry.key().kind() == RecordKind.METRICS && coin.venue().equals(venue)) {
                coins.put(coin, lastKnown(versions(store, MarketStore.Query.all(entry.key()))));
            }
        }
        return new CoinRanking(coins);
    }

    /** All versions of all capitalisations, none for a coin that has no such column. */
    private static List<Version> versions(MarketStore store, MarketStore.Query query) throws IOException {
        List<Version> versions = new ArrayList<>();
        try (MarketStore.Batches batches = store.scanVersions(query)) {
            for (ParquetTable rows = batches.next(); rows != null; rows = batches.next()) {
                if (rows.names().contains(CAP)) {
                    long[] times = rows.times(RecordKind.TIME);
                    long[] known = rows.times(RecordKind.AVAILABLE);
                    double[] caps = rows.doubles(CAP);
                    for (int i = 0; i < caps.length; i++) {
                        versions.add(new Version(known[i], new Value(times[i], caps[i])));
                    }
                }
            }
        }
        return versions;
    }

    /** What was the last value from when on: a version of a time that is not the last one any more changes nothing. */
    private static NavigableMap<Long, Value> lastKnown(List<Version> versions) {
        versions.sort(Comparator.comparingLong(Version::known));
        NavigableMap<Long, Value> last = new TreeMap<>();
        for (Version version : versions) {
            if (last.isEmpty()
                    || version.value().time() >= last.lastEntry().getValue().time()) {
                last.put(version.known(), version.value());
            }
        }
        return last;
    }

    /**
     * The largest coins by what was known.
     *
     * @param count how many at most, at least 1
     * @param nanos UTC epoch nanoseconds
     * @param maxAgeNanos coins whose last value is of a time longer before are not there any more: a bit over twice what
     *     lies between two values fits, since a value of a day is known at its end; above 0
     * @return from the largest on, of equal ones by name; none before the first ranking. A coin whose last value is missing
     *     or 0 has no rank
     */
    public List<InstrumentId> top(int count, long nanos, long maxAgeNanos) {
        Check.atLeast(count, 1, "count");
        Check.that(maxAgeNanos > 0, "maxAgeNanos must be > 0, got " + maxAgeNanos);
        return coins.entrySet().stream()
                .flatMap(coin -> {
                    Map.Entry<Long, Value> last = coin.getValue().floorEntry(nanos);
                    // a capitalisation of 0 is none
                    boolean ranks = last != null
                            && last.getValue().cap() > 0
                            && nanos - last.getValue().time() <= maxAgeNanos;
                    return ranks
                            ? Stream.of(
                                    new Member(coin.getKey(), last.getValue().cap()))
                            : Stream.empty();
                })
                .sorted(Comparator.comparingDouble(Member::cap)
                        .reversed()
                        .thenComparing(member -> member.coin().name()))
                .limit(count)
                .map(Member::coin)
                .toList();
    }
}
