package org.lama.core.sources;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lama.core.base.Api;
import org.lama.core.base.Issue;
import org.lama.core.market.InstrumentId;
import org.lama.core.net.Fetched;
import org.lama.core.net.HttpCall;
import org.lama.core.net.RateLimit;
import org.lama.core.net.Secret;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/**
 * Pools of Uniswap v3 on Ethereum through the subgraph of The Graph. Symbols are addresses of pools: trades are their
 * swaps, pools their states hour by hour. An hour stands at its end, since nothing of it is known before, under a series
 * of its own ({@code ADDRESS.HOURLY}). All pages of a fetch are asked as of one block with 12 confirmations, so that a
 * subgraph that moves on does not change what was read. A value is available 14 slots of 12 s after its time. The key
 * {@code THEGRAPH_API_KEY} goes into the path and is never shown. Written from the documentation, never run against the
 * real host nor a recorded reply. Thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class TheGraph extends Adapter {
    /** The name of the source. */
    public static final String NAME = "thegraph";

    static final List<String> HOURS = List.of("tvl", "volume", "fees", "liquidity", "sqrt_price", "tick");
    static final String SUBGRAPH = "5zvR82QoaXYFyDEKLZ9t6v9adgnptxYpKpSbxtgVENFV";
    private static final String KEY = "THEGRAPH_API_KEY";
    private static final int CONFIRMATIONS = 12;
    private static final long SECOND = 1_000_000_000L;
    private static final long HOUR = 3_600 * SECOND;
    private static final long SETTLED = (CONFIRMATIONS + 2) * 12 * SECOND;
    private static final int PAGE = 1000;
    private static final int MOST_PAGES = 100_000;
    private static final int MOST_BARREN = 3;
    private static final double TWO_96 = 0x1p96;
    private static final String META = "query now{_meta{block{number} hasIndexingErrors}}";
    private static final String META_AT =
            "query then($block:Int!){_meta(block:{number:$block}){block{number timestamp}}}";
    private static final String WHERE = "($pool:String!,$after:ID!,$block:Int!,$from:Int!,$to:Int!)";
    private static final String SWAPS = "query swaps" + WHERE + "{rows:swaps(first:1000,orderBy:id,orderDirection:asc,"
            + "where:{pool:$pool,id_gt:$after,timestamp_gte:$from,timestamp_lt:$to},block:{number:$block})"
            + "{id timestamp amount0 amount1 logIndex pool{id} transaction{blockNumber}}}";
    private static final String POOL_HOURS = "query hours" + WHERE + "{rows:poolHourDatas(first:1000,orderBy:id,"
            + "orderDirection:asc,where:{pool:$pool,id_gt:$after,periodStartUnix_gte:$from,periodStartUnix_lt:$to},"
            + "block:{number:$block}){id periodStartUnix liquidity sqrtPrice tick tvlUSD volumeUSD feesUSD pool{id}}}";

    private final Host host;
    private final Reading reading;

    /**
     * Makes the source.
     *
     * @param settings what all sources share, with the key
     */
    public TheGraph(SourceSettings settings) {
        super(
                Card.vendor(
                        NAME,
                        "UNISWAP_V3",
                        new Offer(RecordKind.TRADES, Reach.HISTORY, "swaps of a pool"),
                        new Offer(RecordKind.POOLS, Reach.HISTORY, "hours of a pool at their ends, values in dollars")),
                settings);
        host = host("https://gateway.thegraph.com", RateLimit.perMinute(300));
        reading = host.reading();
    }

    private record Answer(Node data, Fetched reply) {}

    private Answer ask(String query, Node variables) throws IOException {
        Optional<Secret> key = settings.secrets().find(KEY);
        if (key.isEmpty()) {
            throw host.notOffered(KEY, "needs a key; put it into the variable " + KEY + " of the environment");
        }
        String body = Documents.compactJson(
                Node.object().put("query", query).put("variables", variables).build());
        HttpCall call = HttpCall.post("/api/{key}/subgraphs/id/" + SUBGRAPH, body, "application/json")
                .part("key", key.get())
                .accept("application/json")
                .readOnly()
                .build();
        Fetched fetched = host.ask(call);
        Node reply = fetched.json();
        Optional<Node> errors = reading.find(reply, "errors");
        if (errors.isPresent()) {
            // the gateway may echo the key
            throw host.refused(
                    "the subgraph", call.redactor().redact(errors.get().toString()));
        }
        return new Answer(reading.field(reply, "data"), fetched);
    }

    /** The block as of which everything is asked, and its time. */
    private record AsOf(long block, long timeNanos) {}

    private AsOf asOf() throws IOException {
        Node now = reading.field(ask(META, Node.object().build()).data(), "_meta");
        if (reading.truth(now, "hasIndexingErrors")) {
            throw host.refused("the subgraph", "it has errors of indexing, so its values cannot be trusted");
        }
        long block = reading.whole(reading.field(now, "block"), "number") - CONFIRMATIONS;
        Node variables = Node.object().put("block", block).build();
        Node then = reading.field(reading.field(ask(META_AT, variables).data(), "_meta"), "block");
        if (reading.whole(then, "number") != block) {
            throw reading.wrong(then, "the block " + block + " that was asked for");
        }
        return new AsOf(block, seconds(reading.field(then, "timestamp")));
    }

    private long seconds(Node node) throws SourceException {
        long seconds = reading.whole(node);
        if (seconds < 0 || seconds > 9_000_000_000L) {
            throw reading.wrong(node, "a time in seconds since 1970");
        }
        return seconds * SECOND;
    }

    @Override
    public void fetch(FetchRequest request, Receiver receiver) throws IOException {
        offer(request.kind());
        AsOf asOf = asOf();
        Harvest harvest = new Harvest(this, settings, request, VenueTime.ofChain(asOf.timeNanos() + SECOND), receiver);
        for (String symbol : request.symbols()) {
            if (!symbol.matches("0[xX][0-9a-fA-F]{40}")) {
                throw host.unknown(symbol);
            }
            String pool = symbol.toLowerCase(Locale.ROOT);
            if (request.kind() == RecordKind.TRADES) {
                swaps(pool, asOf, harvest);
            } else {
                hours(pool, asOf, harvest);
            }
        }
    }

    private Harvest.Crop crop(SeriesKey key, List<String> columns, AsOf asOf) {
        return new Harvest.Crop(
                key, columns, host.shown("/api/***/subgraphs/id/" + SUBGRAPH), "as of block " + asOf.block());
    }

    /** Reads one item. */
    @FunctionalInterface
    private interface Item {
        Row row(Node item) throws IOException;
    }

    /** What is asked page by page. */
    private record Walk(String query, String pool, AsOf asOf, long from, long to) {}

    /** All items of a stretch by their names; a page that comes again brings nothing. */
    private List<Row> pages(Walk walk, SeriesFeed feed, Item item) throws IOException {
        List<Row> rows = new ArrayList<>();
        String after = "";
        int barren = 0;
        for (int pages = 0; pages < MOST_PAGES && barren <= MOST_BARREN; pages++) {
            Answer answer = ask(
                    walk.query(),
                    Node.object()
                            .put("pool", walk.pool())
                            .put("after", after)
                            .put("block", walk.asOf().block())
                            .put("from", Math.floorDiv(walk.from() + SECOND - 1, SECOND))
                            .put("to", Math.floorDiv(walk.to() + SECOND - 1, SECOND))
                            .build());
            feed.digest(answer.reply().bytes());
            List<Node> items = reading.items(reading.field(answer.data(), "rows"));
            String before = after;
            for (Node one : items) {
                String id = reading.text(one, "id");
                if (!reading.text(reading.field(one, "pool"), "id").equalsIgnoreCase(walk.pool())) {
                    throw reading.wrong(reading.field(one, "pool"), "the pool " + walk.pool());
                }
                if (id.compareTo(after) > 0) {
                    rows.add(item.row(one));
                    after = id;
                }
            }
            if (items.isEmpty() || (items.size() < PAGE && !after.equals(before))) {
                return rows;
            }
            barren = after.equals(before) ? barren + 1 : 0;
        }
        throw new SourceException(
                SourceException.Reason.PAGING, NAME, "id_gt", "pages go in circles or without end; try again later");
    }

    private void swaps(String pool, AsOf asOf, Harvest harvest) throws IOException {
        SeriesKey key = UniswapPool.key(pool, RecordKind.TRADES);
        harvest.history(crop(key, UniswapPool.TRADES, asOf), (feed, from, to) -> {
            // names of swaps are in no order of time, so an hour is read whole
            for (long at = from; at < to; at += HOUR) {
                Walk walk = new Walk(SWAPS, pool, asOf, at, Math.min(to, at + HOUR));
                List<Row> rows = pages(walk, feed, this::swap);
                rows.sort(java.util.Comparator.comparingLong(Row::time).thenComparingLong(Row::seq));
                feed.take(rows);
            }
        });
    }

    private Row swap(Node item) throws SourceException {
        long time = seconds(reading.field(item, "timestamp"));
        double base = amount(item, "amount0");
        double quote = amount(item, "amount1");
        long block = reading.whole(reading.field(item, "transaction"), "blockNumber");
        long number = UniswapPool.number(block, reading.whole(item, "logIndex"));
        return new Row(
                time, time + SETTLED, number, Math.abs(quote) / Math.abs(base), Math.abs(base), base < 0 ? 1 : 0);
    }

    /** A decimal with more digits than a double has. */
    private double amount(Node item, String name) throws SourceException {
        String text = reading.text(item, name);
        if (!Decimal.isNumber(text)) {
            throw reading.wrong(reading.field(item, name), "a number");
        }
        return new BigDecimal(text).doubleValue();
    }

    private void hours(String pool, AsOf asOf, Harvest harvest) throws IOException {
        InstrumentId id = UniswapPool.key(pool, RecordKind.POOLS).instrument();
        SeriesKey key =
                new SeriesKey(new InstrumentId(id.venue(), id.kind(), id.name() + ".HOURLY"), RecordKind.POOLS, 0);
        harvest.history(crop(key, HOURS, asOf), (feed, from, to) -> {
            // rows stand at the ends of the hours
            List<Row> rows = pages(new Walk(POOL_HOURS, pool, asOf, from - HOUR, to - HOUR), feed, this::hour);
            List<Row> ended = new ArrayList<>();
            for (Row row : rows) {
                if (row.time() <= asOf.timeNanos()) {
                    ended.add(row);
                } else {
                    feed.count(Issue.Reason.UNFINISHED, key.toString(), "an hour that has not ended was left out");
                }
            }
            feed.take(ended);
        });
    }

    private Row hour(Node item) throws SourceException {
        long end = seconds(reading.field(item, "periodStartUnix")) + HOUR;
        return new Row(
                end,
                end + SETTLED,
                0,
                positive(item, "tvlUSD"),
                positive(item, "volumeUSD"),
                positive(item, "feesUSD"),
                positive(item, "liquidity"),
                positive(item, "sqrtPrice") / TWO_96,
                reading.decimal(reading.nullable(item, "tick")));
    }

    private double positive(Node item, String name) throws SourceException {
        double value = amount(item, name);
        if (value < 0 || Double.isInfinite(value)) {
            throw reading.wrong(reading.field(item, name), "a number of at least 0");
        }
        return value;
    }
}
