package org.lama.core.sources;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.lama.core.market.Instrument;
import org.lama.core.market.InstrumentId;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/**
 * A pool of Uniswap v3: base is its first token, quote its second.
 *
 * @param address in lower case
 * @param decimals0 decimals of the first token
 * @param decimals1 decimals of the second token
 */
record UniswapPool(String address, int decimals0, int decimals1) {
    static final String SWAP = Abi.topic("Swap(address,address,int256,int256,uint160,uint128,int24)");
    static final List<String> TRADES = List.of("price", "size", "side");
    static final List<String> STATES = List.of("block", "liquidity", "sqrt_price", "tick");
    private static final String DATA = "(int256,int256,uint160,uint128,int24)";
    private static final long ENTRIES = 100_000;
    private static final double TWO_96 = 0x1p96;

    /** A swap: what the pool took in (positive) and gave away (negative). */
    record Swap(BigInteger amount0, BigInteger amount1, BigInteger sqrtPrice, BigInteger liquidity, BigInteger tick) {}

    static Swap swap(EthereumNode.Log log, Reading reading) throws SourceException {
        try {
            List<Object> values = Abi.decode(DATA, Abi.bytes(log.data()));
            return new Swap(
                    (BigInteger) values.get(0),
                    (BigInteger) values.get(1),
                    (BigInteger) values.get(2),
                    (BigInteger) values.get(3),
                    (BigInteger) values.get(4));
        } catch (IllegalArgumentException e) {
            throw new SourceException(
                    SourceException.Reason.WRONG_VALUE,
                    reading.source(),
                    log.where() + ".data",
                    "the data of a swap cannot be decoded (" + e.getMessage()
                            + "); is the address a pool of Uniswap v3?");
        }
    }

    /** Asks the pool for its tokens and these for their decimals. */
    static UniswapPool read(EthereumNode node, String address, long block) throws IOException {
        return new UniswapPool(
                address,
                decimals(node, token(node, address, 0, block), block),
                decimals(node, token(node, address, 1, block), block));
    }

    private static String token(EthereumNode node, String address, int number, long block) throws IOException {
        return (String) node.contract(address, "token" + number + "()", "(address)", block)
                .get(0);
    }

    static int decimals(EthereumNode node, String token, long block) throws IOException {
        return ((BigInteger)
                        node.contract(token, "decimals()", "(uint8)", block).get(0))
                .intValue();
    }

    /** Pools of one pair differ by their fee, so the address is the name. */
    static SeriesKey key(String address, RecordKind kind) {
        String name = InstrumentId.encode(address.toUpperCase(java.util.Locale.ROOT));
        return new SeriesKey(new InstrumentId("UNISWAP_V3", Instrument.Kind.SPOT, name), kind, 0);
    }

    /** The place of an entry in the chain. */
    static long number(long block, long index) {
        return block * ENTRIES + index;
    }

    /** A swap as a trade: bought if the pool gave away its first token. */
    Row trade(Swap swap, long time, long available, long number) {
        double base = new BigDecimal(swap.amount0().abs(), decimals0).doubleValue();
        double quote = new BigDecimal(swap.amount1().abs(), decimals1).doubleValue();
        return new Row(
                time, available, number, quote / base, base, swap.amount0().signum() < 0 ? 1 : 0);
    }

    /** The state of the pool after a swap. */
    static Row state(Swap swap, long block, long time, long available, long number) {
        return new Row(
                time,
                available,
                number,
                block,
                swap.liquidity().doubleValue(),
                swap.sqrtPrice().doubleValue() / TWO_96,
                swap.tick().intValue());
    }
}
