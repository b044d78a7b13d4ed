package org.lama.core.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.market.InstrumentId;
import org.lama.core.store.MarketStore;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;

/**
 * Which coins were the largest at a time, by the market capitalisations that were known then: coins that died later are
 * in it, coins that came later are not. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class CoinRanking {
    private static final String CAP = "market_cap";

    private record Member(InstrumentId coin, double cap) {}

    private final NavigableMap<Long, List<Member>> days;

    private CoinRanking(NavigableMap<Long, List<Member>> days) {
        this.days = days;
    }

    /**
     * Reads the capitalisations of all coins of a vendor.
     *
     * @param store where they are: series of metrics with the column {@code market_cap}
     * @param venue the vendor, for example COINGECKO
     * @return the rankings, one per time at which some were known
     * @throws IOException if the store cannot be read
     */
    public static CoinRanking load(MarketStore store, String venue) throws IOException {
        TreeMap<Long, List<Member>> days = new TreeMap<>();
        for (MarketStore.Entry entry : store.catalogue()) {
            InstrumentId coin = entry.key().instrument();
            if (entry.key().kind() == RecordKind.METRICS && coin.venue().equals(venue)) {
                ParquetTable rows = store.read(MarketStore.Query.all(entry.key()));
                if (rows.names().contains(CAP)) {
                    add(days, coin, rows);
                }
            }
        }
        Comparator<Member> order = Comparator.comparingDouble(Member::cap)
                .reversed()
                .thenComparing(member -> member.coin().name());
        for (Map.Entry<Long, List<Member>> day : days.entrySet()) {
            day.getValue().sort(order);
        }
        return new CoinRanking(days);
    }

    private static void add(Map<Long, List<Member>> days, InstrumentId coin, ParquetTable rows) {
        long[] known = rows.times(RecordKind.AVAILABLE);
        double[] caps = rows.doubles(CAP);
        for (int i = 0; i < caps.length; i++) {
            // a capitalisation of 0 is none: such a coin has no rank
            if (caps[i] > 0) {
                days.computeIfAbsent(known[i], key -> new ArrayList<>()).add(new Member(coin, caps[i]));
            }
        }
    }

    /**
     * The largest coins by the last ranking that was known.
     *
     * @param count how many at most, at least 1
     * @param nanos UTC epoch nanoseconds
     * @return from the largest on; none before the first ranking
     */
    public List<InstrumentId> top(int count, long nanos) {
        Check.atLeast(count, 1, "count");
        Map.Entry<Long, List<Member>> day = days.floorEntry(nanos);
        return day == null
                ? List.of()
                : day.getValue().stream().limit(count).map(Member::coin).toList();
    }
}
