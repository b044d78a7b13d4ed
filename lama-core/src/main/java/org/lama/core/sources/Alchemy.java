package org.lama.core.sources;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.lama.core.base.Api;
import org.lama.core.market.Instrument;
import org.lama.core.market.InstrumentId;
import org.lama.core.net.RateLimit;
import org.lama.core.net.Secret;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/**
 * The chain of Ethereum through a node of Alchemy. Symbols are addresses: trades and pools take one of a pool of Uniswap
 * v3 and read its swaps; metrics take one of a token (supply, number and amount of its transfers, day by day) or {@code
 * ETH:} and an address (coins it holds at the end of each day). Only blocks with 12 confirmations are given; a value is
 * available 14 slots of 12 s after its block (12 confirmations and two slots without a block). The key {@code
 * ALCHEMY_API_KEY} goes into the path and is never shown. For the blocks that are not confirmed yet see {@link
 * #follow}. Run against recorded replies of the interface, never against the real host. Thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Alchemy extends Adapter {
    /** The name of the source. */
    public static final String NAME = "alchemy";

    static final int CONFIRMATIONS = 12;
    static final List<String> TOKEN = List.of("total_supply", "transfers", "transferred");
    static final List<String> COINS = List.of("balance");
    private static final String TRANSFER = Abi.topic("Transfer(address,address,uint256)");
    private static final String KEY = "ALCHEMY_API_KEY";
    private static final long SECOND = 1_000_000_000L;
    private static final long DAY = 86_400 * SECOND;
    private static final long SETTLED = (CONFIRMATIONS + 2) * 12 * SECOND;
    private static final long BLOCKS_AT_ONCE = 2_000;
    private static final int ETHER_DECIMALS = 18;

    private final Host host;
    private final Reading reading;

    /**
     * Makes the source.
     *
     * @param settings what all sources share, with the key
     */
    public Alchemy(SourceSettings settings) {
        super(
                Card.recorded(
                        NAME,
                        "ETHEREUM",
                        new Offer(RecordKind.TRADES, Reach.HISTORY, "swaps of a pool of Uniswap v3"),
                        new Offer(
                                RecordKind.POOLS, Reach.HISTORY, "state of the pool after the last swap of each block"),
                        new Offer(
                                RecordKind.METRICS, Reach.HISTORY, "of a token, or ETH:address; days, at their ends")),
                settings);
        host = host("https://eth-mainnet.g.alchemy.com", RateLimit.perMinute(1200));
        reading = host.reading();
    }

    EthereumNode node() throws IOException {
        Optional<Secret> key = settings.secrets().find(KEY);
        if (key.isEmpty()) {
            throw host.notOffered(KEY, "needs a key; put it into the variable " + KEY + " of the environment");
        }
        return new EthereumNode(host, key);
    }

    private String address(String text) throws SourceException {
        if (!text.matches("0[xX][0-9a-fA-F]{40}")) {
            throw host.unknown(text);
        }
        return text.toLowerCase(Locale.ROOT);
    }

    /**
     * Follows the swaps of a pool up to the newest block: those that are not confirmed yet are shown, and taken back when
     * the chain is reorganised.
     *
     * @param pool address of a pool of Uniswap v3
     * @param firstBlock where to begin; at least 0
     * @return a follower to be polled by one thread
     * @throws IOException if there is no key
     */
    public ChainFollower follow(String pool, long firstBlock) throws IOException {
        EthereumNode node = node();
        String address = address(pool);
        long confirmed = Math.max(0, node.head() - CONFIRMATIONS);
        return new ChainFollower(
                node,
                new ChainFollower.Subject(UniswapPool.read(node, address, confirmed), host, SETTLED),
                CONFIRMATIONS,
                firstBlock);
    }

    @Override
    public void fetch(FetchRequest request, Receiver receiver) throws IOException {
        offer(request.kind());
        EthereumNode node = node();
        EthereumNode.Block newest = node.existing(Math.max(0, node.head() - CONFIRMATIONS));
        VenueTime confirmed = VenueTime.ofChain(newest.timeNanos() + SECOND);
        Harvest harvest = new Harvest(this, settings, request, confirmed, receiver);
        Walker walker = new Walker(node, newest.number(), harvest);
        for (String symbol : request.symbols()) {
            if (request.kind() != RecordKind.METRICS) {
                walker.swaps(address(symbol));
            } else if (symbol.regionMatches(true, 0, "ETH:", 0, 4)) {
                walker.coins(address(symbol.substring(4)));
            } else {
                walker.token(address(symbol));
            }
        }
    }

    /** The walks over confirmed blocks. */
    private final class Walker {
        private final EthereumNode node;
        private final long newest;
        private final Harvest harvest;
        private final Map<Long, EthereumNode.Block> blocks = new HashMap<>();

        Walker(EthereumNode node, long newest, Harvest harvest) {
            this.node = node;
            this.newest = newest;
            this.harvest = harvest;
        }

        private long time(EthereumNode.Log log) throws IOException {
            if (blocks.size() > BLOCKS_AT_ONCE) {
                blocks.clear();
            }
            EthereumNode.Block block = blocks.get(log.block());
            if (block == null) {
                block = node.existing(log.block());
                blocks.put(log.block(), block);
            }
            if (!block.hash().equals(log.blockHash())) {
                throw new SourceException(
                        SourceException.Reason.PAGING,
                        NAME,
                        log.where(),
                        "the chain changed at block " + log.block() + " while it was read, beyond " + CONFIRMATIONS
                                + " confirmations; fetch it again");
            }
            return block.timeNanos();
        }

        private Harvest.Crop crop(SeriesKey key, List<String> columns) {
            return new Harvest.Crop(
                    key, columns, host.shown("/v2/***"), "blocks with " + CONFIRMATIONS + " confirmations");
        }

        void swaps(String address) throws IOException {
            boolean trades = harvest.request().kind() == RecordKind.TRADES;
            SeriesKey key = UniswapPool.key(address, harvest.request().kind());
            harvest.history(crop(key, trades ? UniswapPool.TRADES : UniswapPool.STATES), (feed, from, to) -> {
                long first = node.firstBlockAt(from, newest);
                long last = node.firstBlockAt(to, newest) - 1;
                UniswapPool pool = trades ? UniswapPool.read(node, address, newest) : new UniswapPool(address, 0, 0);
                EthereumNode.Filter filter = new EthereumNode.Filter(address, UniswapPool.SWAP);
                walk(filter, first, last, (logs, bytes, done) -> {
                    feed.digest(bytes);
                    feed.take(trades ? trades(pool, logs) : states(logs));
                });
            });
        }

        private void walk(EthereumNode.Filter filter, long first, long last, EthereumNode.LogTaker taker)
                throws IOException {
            for (long at = first; at <= last; at += BLOCKS_AT_ONCE) {
                node.logs(filter, at, Math.min(last, at + BLOCKS_AT_ONCE - 1), taker);
            }
        }

        private List<Row> trades(UniswapPool pool, List<EthereumNode.Log> logs) throws IOException {
            List<Row> rows = new ArrayList<>();
            for (EthereumNode.Log log : logs) {
                long time = time(log);
                long number = UniswapPool.number(log.block(), log.index());
                rows.add(pool.trade(UniswapPool.swap(log, reading), time, time + SETTLED, number));
            }
            return rows;
        }

        private List<Row> states(List<EthereumNode.Log> logs) throws IOException {
            List<Row> rows = new ArrayList<>();
            for (int i = 0; i < logs.size(); i++) {
                EthereumNode.Log log = logs.get(i);
                boolean last = i + 1 == logs.size() || logs.get(i + 1).block() != log.block();
                UniswapPool.Swap swap = UniswapPool.swap(log, reading);
                long time = time(log);
                if (last) {
                    long number = UniswapPool.number(log.block(), log.index());
                    rows.add(UniswapPool.state(swap, log.block(), time, time + SETTLED, number));
                }
            }
            return rows;
        }

        /** Days whose ends lie in the range. */
        private interface DayWalk {
            double[] values(long firstBlock, long lastBlock, SeriesFeed feed) throws IOException;
        }

        private void days(Harvest.Crop crop, DayWalk walk) throws IOException {
            harvest.history(crop, (feed, from, to) -> {
                long end = Math.floorDiv(from + DAY - 1, DAY) * DAY;
                long first = node.firstBlockAt(end - DAY, newest);
                for (; end < to; end += DAY) {
                    long next = node.firstBlockAt(end, newest);
                    if (next > 0) {
                        double[] values = walk.values(first, next - 1, feed);
                        feed.take(List.of(new Row(end, end + SETTLED, 0, values)));
                    }
                    first = next;
                }
            });
        }

        void token(String address) throws IOException {
            int decimals = UniswapPool.decimals(node, address, newest);
            EthereumNode.Filter filter = new EthereumNode.Filter(address, TRANSFER);
            days(crop(key("TOKEN." + address), TOKEN), (first, last, feed) -> {
                BigInteger supply = (BigInteger) node.contract(address, "totalSupply()", "(uint256)", last)
                        .get(0);
                BigInteger[] moved = {BigInteger.ZERO};
                long[] transfers = new long[1];
                walk(filter, first, last, (logs, bytes, done) -> {
                    feed.digest(bytes);
                    for (EthereumNode.Log log : logs) {
                        moved[0] = moved[0].add(amount(log));
                        transfers[0]++;
                    }
                });
                return new double[] {
                    new BigDecimal(supply, decimals).doubleValue(),
                    transfers[0],
                    new BigDecimal(moved[0], decimals).doubleValue()
                };
            });
        }

        private BigInteger amount(EthereumNode.Log log) throws SourceException {
            try {
                return (BigInteger) Abi.decodeWord("uint256", Abi.bytes(log.data()));
            } catch (IllegalArgumentException e) {
                throw new SourceException(
                        SourceException.Reason.WRONG_VALUE,
                        NAME,
                        log.where() + ".data",
                        "a transfer must have an amount (" + e.getMessage() + "); is the address a token of coins?");
            }
        }

        void coins(String address) throws IOException {
            days(crop(key("ETH." + address), COINS), (first, last, feed) ->
                    new double[] {new BigDecimal(node.balance(address, last), ETHER_DECIMALS).doubleValue()});
        }

        private SeriesKey key(String name) {
            return new SeriesKey(
                    new InstrumentId(
                            "ETHEREUM", Instrument.Kind.SPOT, InstrumentId.encode(name.toUpperCase(Locale.ROOT))),
                    RecordKind.METRICS,
                    0);
        }
    }
}
