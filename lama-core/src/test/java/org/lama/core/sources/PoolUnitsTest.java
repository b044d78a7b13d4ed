package org.lama.core.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.data.FileImport;
import org.lama.core.data.ImportOptions;
import org.lama.core.data.PoolColumns;
import org.lama.core.features.ConstantProduct;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.MarketStore;
import org.lama.core.store.ParquetStore;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/** One state of one pool, read from a node, a subgraph and files: the columns of the store mean the same. */
class PoolUnitsTest {
    private static final String ROOT = "1771595571142957102961017161607260"; // sqrtPriceX96: 1 ETH = 2000 USDC
    private static final String LIQUIDITY = "12345678901234567890";
    private static final int TICK = 200_311;
    private static final long HOUR = 3_600_000_000_000L;
    private static final Provenance MADE = new Provenance(Provenance.Kind.EXCHANGE, "made", "", "");

    @TempDir
    Path folder;

    private MarketStore store;

    @BeforeEach
    void open() throws IOException {
        store = ParquetStore.open(folder.resolve("store"));
    }

    private SeriesKey ofNode() throws IOException {
        UniswapPool.Swap swap = new UniswapPool.Swap(
                BigInteger.ONE,
                BigInteger.ONE,
                new BigInteger(ROOT),
                new BigInteger(LIQUIDITY),
                BigInteger.valueOf(TICK));
        Row row = UniswapPool.state(swap, 18_900_000, Scenes.FROM, Scenes.FROM, 1);
        SeriesKey key = UniswapPool.key(FakeNode.POOL, RecordKind.POOLS);
        ParquetTable.Builder table = ParquetTable.builder(1)
                .times(RecordKind.TIME, new long[] {row.time()})
                .longs(RecordKind.SEQUENCE, new long[] {row.seq()});
        for (int i = 1; i < UniswapPool.STATES.size(); i++) {
            table.doubles(UniswapPool.STATES.get(i), new double[] {row.values()[i]});
        }
        store.write(key, table.build(), MADE, true);
        return key;
    }

    private SeriesKey ofSubgraph() throws IOException {
        Scene hours = Scenes.theGraph().get(1);
        String path = "/api/" + Scene.KEY + "/subgraphs/id/" + TheGraph.SUBGRAPH;
        String row =
                "{\"id\":\"a-1\",\"periodStartUnix\":1704060000,\"liquidity\":\"" + LIQUIDITY + "\",\"sqrtPrice\":\""
                        + ROOT + "\",\"tick\":\"" + TICK + "\",\"tvlUSD\":\"1\",\"volumeUSD\":\"1\",\"feesUSD\":\"1\","
                        + "\"pool\":{\"id\":\"" + FakeNode.POOL + "\"}}";
        Scene.Outcome outcome = hours.answering(
                        path,
                        asked -> asked.body().contains("_meta")
                                ? Scenes.meta(asked.body())
                                : "{\"data\":{\"rows\":[" + (asked.body().contains("\"after\":\"\"") ? row : "")
                                        + "]}}")
                .play(folder);
        Source.Batch batch = outcome.batches().get(0);
        store.write(batch.key(), batch.rows(), batch.provenance(), true);
        return batch.key();
    }

    private SeriesKey ofFile(String name, String header, String line) throws IOException {
        Path file = folder.resolve("uniswap_v3_" + name + "_ETH.csv");
        long hour = Scenes.FROM / 1_000_000 - HOUR / 1_000_000;
        Files.writeString(file, header + "\n" + hour + line + "\n" + (hour + 3_600_000) + line + "\n");
        FileImport.run(file, store, ImportOptions.defaults());
        return SeriesKey.of("UNISWAP_V3.SPOT." + name + "-ETH", RecordKind.POOLS);
    }

    private double root(SeriesKey key) throws IOException {
        return store.read(MarketStore.Query.all(key)).doubles("sqrt_price")[0];
    }

    private Frame joined(SeriesKey key) throws IOException {
        Frame bars = Frame.of(
                "ETH",
                TimeIndex.regular(Scenes.FROM, HOUR, 3),
                HOUR,
                new Provenance(Provenance.Kind.EXCHANGE, "bars", "", ""));
        return PoolColumns.join(bars, store, key, new PoolColumns.Terms(18, 6, true, 10), 100 * HOUR);
    }

    @Test
    void everyReaderGivesTheRootOfThePriceInTheSameUnits() throws IOException {
        SeriesKey node = ofNode();
        double root = root(node);
        // the definition, by integers: sqrtPriceX96 / 2^96
        assertThat(root * root).isCloseTo(1e12 / 2000, offset(1e-4));
        List<SeriesKey> others = List.of(
                ofSubgraph(),
                ofFile("A", "time_ms,liquidity,sqrtPriceX96,tick", "," + LIQUIDITY + "," + ROOT + "," + TICK),
                ofFile("B", "time_ms,liquidity,sqrt_price,tick", "," + LIQUIDITY + "," + ROOT + "," + TICK),
                ofFile("C", "time_ms,liquidity,sqrt_price,tick", "," + LIQUIDITY + "," + root + "," + TICK));
        for (SeriesKey other : others) {
            assertThat(root(other)).as(other.toString()).isEqualTo(root);
        }
        SeriesKey prices = ofFile(
                "D",
                "time_ms,liquidity,close,feeGrowthGlobal0X128,pool.token0.decimals,pool.token1.decimals",
                "," + LIQUIDITY + ",2000,1,6,18");
        // tolerance: 2000 is the price rounded to 15 digits
        assertThat(root(prices)).isCloseTo(root, offset(root * 1e-14));
    }

    @Test
    void slippageIsTheSameWhoeverReadThePool() throws IOException {
        SeriesKey node = ofNode();
        SeriesKey ticks = ofFile("E", "time_ms,currentLiquidity,closeTick", "," + LIQUIDITY + "," + TICK);
        double expected = joined(node).column(Columns.POOL_RESERVE_QUOTE).get(2);
        // L·√P with L = 12345678901234567890 / 10^12 and P = 2000
        assertThat(expected).isCloseTo(12_345_678.901234567 * Math.sqrt(2000), offset(1e-5));
        assertThat(joined(ofSubgraph()).column(Columns.POOL_RESERVE_QUOTE).get(2))
                .isEqualTo(expected);
        for (double notional : new double[] {1e4, 1e5}) {
            double coarse = ConstantProduct.slippage(
                    joined(ticks).column(Columns.POOL_RESERVE_QUOTE).get(2), notional);
            // a tick is a step of 0.01 %, its middle at most half of that away, and the reserve goes with the root
            assertThat(coarse).isCloseTo(ConstantProduct.slippage(expected, notional), offset(coarse * 2.6e-5));
        }
        assertThat(joined(node).column(PoolColumns.RANGE_QUOTE).get(2)).isBetween(0.0, expected * 5.1e-4);
    }
}
