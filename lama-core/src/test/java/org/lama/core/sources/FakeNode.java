package org.lama.core.sources;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.lama.core.net.kit.FakeRequest;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/** A node of Ethereum with a chain that can be reorganised: one pool, some swaps in each block. */
final class FakeNode implements Function<FakeRequest, String> {
    static final String POOL = "0x88e6a0c2ddd26feeb64f039a2c41296fcb3f5640";
    static final String TOKEN = "0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48";
    private static final HexFormat HEX = HexFormat.of();

    /** A block with the prices of its swaps. */
    record FakeBlock(long number, String hash, String parent, long seconds, List<Integer> prices) {}

    private final List<FakeBlock> chain = new ArrayList<>();
    private int forks;
    private int mostLogs = 10_000;
    private Runnable before = () -> {};

    /** The first block: number 0, 12 s before the second. */
    static FakeNode since(long seconds, int blocks) {
        FakeNode node = new FakeNode();
        node.chain.add(new FakeBlock(0, hash("genesis"), hash("none"), seconds, List.of()));
        for (int i = 1; i < blocks; i++) {
            node.mine(i % 3);
        }
        return node;
    }

    FakeNode mostLogs(int most) {
        mostLogs = most;
        return this;
    }

    /** What is done before each answer. */
    void before(Runnable action) {
        before = action;
    }

    synchronized void mine(int swaps) {
        FakeBlock last = chain.get(chain.size() - 1);
        long number = last.number() + 1;
        List<Integer> prices = new ArrayList<>();
        for (int i = 0; i < swaps; i++) {
            prices.add((int) (1000 + number * 10 + i + forks));
        }
        chain.add(new FakeBlock(
                number, hash("block " + number + " of fork " + forks), last.hash(), last.seconds() + 12, prices));
    }

    /** Replaces the newest blocks by as many and one more of another fork. */
    synchronized void reorganise(int depth, int swaps) {
        forks += 100_000;
        for (int i = 0; i < depth; i++) {
            chain.remove(chain.size() - 1);
        }
        for (int i = 0; i <= depth; i++) {
            mine(swaps);
        }
    }

    synchronized long head() {
        return chain.size() - 1L;
    }

    /** The prices of all swaps up to a block. */
    synchronized List<Double> pricesTo(long block) {
        return chain.stream()
                .filter(one -> one.number() <= block)
                .flatMap(one -> one.prices().stream())
                .map(Integer::doubleValue)
                .collect(Collectors.toList());
    }

    private static String hash(String text) {
        return "0x" + HEX.formatHex(Keccak.hash(text));
    }

    @Override
    public synchronized String apply(FakeRequest asked) {
        before.run();
        try {
            Node question = Documents.parseJson(asked.body(), "question");
            List<Node> parameters = question.get("params").items();
            return switch (question.get("method").asText()) {
                case "eth_blockNumber" -> result('"' + EthereumNode.hex(head()) + '"');
                case "eth_getBlockByNumber" -> result(block(number(parameters.get(0))));
                case "eth_getLogs" -> logs(parameters.get(0));
                case "eth_call" ->
                    result('"' + call(parameters.get(0).get("data").asText()) + '"');
                case "eth_getBalance" -> result("\"0x1bc16d674ec80000\"");
                default -> "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32601,\"message\":\"no such method\"}}";
            };
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long number(Node node) {
        return Long.parseLong(node.asText().substring(2), 16);
    }

    private static String result(String json) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":" + json + "}";
    }

    private String block(long number) {
        if (number >= chain.size()) {
            return "null";
        }
        FakeBlock block = chain.get((int) number);
        return "{\"number\":\"" + EthereumNode.hex(number) + "\",\"hash\":\"" + block.hash() + "\",\"parentHash\":\""
                + block.parent() + "\",\"timestamp\":\"" + EthereumNode.hex(block.seconds())
                + "\",\"transactions\":[]}";
    }

    /** Tokens of 6 and 18 decimals. */
    private static String call(String data) {
        String word;
        if (data.equals(Abi.call("token0()"))) {
            word = TOKEN.substring(2);
        } else if (data.equals(Abi.call("token1()"))) {
            word = TOKEN.substring(2);
        } else if (data.equals(Abi.call("totalSupply()"))) {
            word = BigInteger.valueOf(25_000_000_000_000L).toString(16);
        } else {
            word = "6";
        }
        return "0x" + "0".repeat(64 - word.length()) + word;
    }

    private String logs(Node query) {
        List<String> logs = new ArrayList<>();
        boolean swaps = query.get("topics").at(0).asText().equals(UniswapPool.SWAP);
        for (FakeBlock block : chain) {
            if (block.number() >= number(query.get("fromBlock")) && block.number() <= number(query.get("toBlock"))) {
                for (int i = 0; i < block.prices().size(); i++) {
                    logs.add(log(block, i, swaps, query.get("address").asText()));
                }
            }
        }
        if (logs.size() > mostLogs) {
            return "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32005,\"message\":\"query returned more than "
                    + mostLogs + " results\"}}";
        }
        return result("[" + String.join(",", logs) + "]");
    }

    private static String log(FakeBlock block, int index, boolean swap, String address) {
        BigInteger price = BigInteger.valueOf(block.prices().get(index));
        BigInteger base = BigInteger.valueOf(index % 2 == 0 ? -2_000_000 : 2_000_000);
        byte[] data = swap
                ? Abi.encode(
                        "(int256,int256,uint160,uint128,int24)",
                        List.of(
                                base,
                                base.negate().multiply(price),
                                BigInteger.ONE.shiftLeft(96),
                                BigInteger.valueOf(77),
                                BigInteger.valueOf(-5)))
                : Abi.encode("(uint256)", List.of(base.abs()));
        String topic = swap ? UniswapPool.SWAP : Abi.topic("Transfer(address,address,uint256)");
        return "{\"address\":\"" + address + "\",\"topics\":[\"" + topic + "\",\"" + hash("sender")
                + "\"],\"data\":\"0x"
                + HEX.formatHex(data) + "\",\"blockNumber\":\"" + EthereumNode.hex(block.number())
                + "\",\"transactionHash\":\"" + hash("transaction " + index) + "\",\"transactionIndex\":\"0x0\","
                + "\"blockHash\":\"" + block.hash() + "\",\"logIndex\":\"" + EthereumNode.hex(index)
                + "\",\"removed\":false}";
    }
}
