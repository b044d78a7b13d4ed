package org.lama.core.sources;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lama.core.net.Fetched;
import org.lama.core.net.HttpCall;
import org.lama.core.net.NetException;
import org.lama.core.net.Secret;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/** The JSON-RPC interface of a node of Ethereum; the key of the provider is a part of the path. Thread-safe. */
final class EthereumNode {
    private static final int MOST_SPLITS = 40;
    private static final int MOST_HEX = 66;

    private final Host host;
    private final Optional<Secret> key;
    private final Reading reading;

    /** A block; hashes in lower case. */
    record Block(long number, String hash, String parentHash, long timeNanos) {}

    /** An entry of the log of a block; never one that was taken back. */
    record Log(
            String address, List<String> topics, String data, long block, String blockHash, long index, String where) {}

    /** Which entries; the first topic names the event. */
    record Filter(String address, String topic) {}

    EthereumNode(Host host, Optional<Secret> key) {
        this.host = host;
        this.key = key;
        reading = host.reading();
    }

    /** What a call answered: its result, and the reply for checksums. */
    record Answer(Node result, Fetched reply) {}

    private static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        Refused(String words) {
            super(words);
        }
    }

    private Answer ask(String method, Node... parameters) throws IOException {
        try {
            return tryAsk(method, parameters);
        } catch (Refused e) {
            throw host.refused(method, String.valueOf(e.getMessage()));
        }
    }

    private Answer tryAsk(String method, Node... parameters) throws IOException {
        String body = Documents.compactJson(Node.object()
                .put("jsonrpc", "2.0")
                .put("id", 1)
                .put("method", method)
                .put("params", Node.array(List.of(parameters)))
                .build());
        HttpCall.Builder builder = HttpCall.post(key.isPresent() ? "/v2/{key}" : "/", body, "application/json")
                .accept("application/json")
                .readOnly();
        key.ifPresent(secret -> builder.part("key", secret));
        HttpCall call = builder.build();
        Fetched fetched;
        try {
            fetched = host.ask(call);
        } catch (NetException e) {
            if (e.reason() == NetException.Reason.REFUSED) {
                throw new Refused(String.valueOf(e.getMessage()));
            }
            throw e;
        }
        Node reply = fetched.json();
        Optional<Node> error = reading.find(reply, "error");
        if (error.isPresent()) {
            // a provider may echo the key
            throw new Refused(call.redactor().redact(error.get().toString()));
        }
        return new Answer(reading.nullable(reply, "result"), fetched);
    }

    /** The newest block. */
    long head() throws IOException {
        return quantity(ask("eth_blockNumber").result());
    }

    /** A block of the chain as the node sees it now; empty if it has none. */
    Optional<Block> block(long number) throws IOException {
        Node block = ask("eth_getBlockByNumber", Node.of(hex(number)), Node.of(false))
                .result();
        if (block.isNull()) {
            return Optional.empty();
        }
        long said = quantity(reading.field(block, "number"));
        if (said != number) {
            throw reading.wrong(reading.field(block, "number"), "the number " + hex(number) + " that was asked for");
        }
        long seconds = quantity(reading.field(block, "timestamp"));
        if (seconds > 9_000_000_000L) {
            throw reading.wrong(reading.field(block, "timestamp"), "a time in seconds since 1970");
        }
        return Optional.of(new Block(said, hash(block, "hash"), hash(block, "parentHash"), seconds * 1_000_000_000L));
    }

    /** A block that must be there. */
    Block existing(long number) throws IOException {
        return block(number)
                .orElseThrow(() -> new SourceException(
                        SourceException.Reason.NOT_OFFERED,
                        reading.source(),
                        "block " + number,
                        "the node has no block " + number + "; it may be behind, try again later"));
    }

    /** The first block at or after a time, at most the given one plus one: by halving, 25 calls. */
    long firstBlockAt(long nanos, long newest) throws IOException {
        long low = 0;
        long high = newest + 1;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (existing(middle).timeNanos() >= nanos) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Takes the entries of a range of blocks, in parts that the node is willing to give. */
    interface LogTaker {
        void take(List<Log> logs, byte[] bytes, long lastBlock) throws IOException;
    }

    /** All entries of a range, oldest first; a range that the node finds too large is cut in halves. */
    void logs(Filter filter, long first, long last, LogTaker taker) throws IOException {
        logs(filter, first, last, 0, taker);
    }

    private void logs(Filter filter, long first, long last, int splits, LogTaker taker) throws IOException {
        Node query = Node.object()
                .put("address", filter.address())
                .put("topics", Node.texts(List.of(filter.topic())))
                .put("fromBlock", hex(first))
                .put("toBlock", hex(last))
                .build();
        Answer answer;
        try {
            answer = tryAsk("eth_getLogs", query);
        } catch (Refused e) {
            if (!isTooMuch(String.valueOf(e.getMessage())) || first == last || splits == MOST_SPLITS) {
                throw host.refused("eth_getLogs", String.valueOf(e.getMessage()));
            }
            long middle = (first + last) >>> 1;
            logs(filter, first, middle, splits + 1, taker);
            logs(filter, middle + 1, last, splits + 1, taker);
            return;
        }
        List<Log> logs = new ArrayList<>();
        for (Node one : reading.items(answer.result())) {
            Log log = log(one);
            boolean asked = log.address().equals(filter.address())
                    && log.block() >= first
                    && log.block() <= last
                    && !log.topics().isEmpty()
                    && log.topics().get(0).equals(filter.topic());
            if (!asked) {
                throw reading.wrong(one, "an entry of the address, event and blocks that were asked for");
            }
            if (!reading.find(one, "removed")
                    .map(Node::toString)
                    .orElse("false")
                    .equals("true")) {
                logs.add(log);
            }
        }
        taker.take(logs, answer.reply().bytes(), last);
    }

    /** The words that nodes and their providers have for it. */
    private static boolean isTooMuch(String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        return lower.contains("-32005")
                || lower.contains("response size")
                || lower.contains("block range")
                || lower.contains("too many")
                || lower.contains("more than")
                || lower.contains("limit exceeded");
    }

    private Log log(Node one) throws SourceException {
        List<String> topics = new ArrayList<>();
        for (Node topic : reading.items(reading.field(one, "topics"))) {
            topics.add(hash(topic));
        }
        return new Log(
                text(reading.field(one, "address")).toLowerCase(Locale.ROOT),
                List.copyOf(topics),
                text(reading.field(one, "data")),
                quantity(reading.field(one, "blockNumber")),
                hash(one, "blockHash"),
                quantity(reading.field(one, "logIndex")),
                one.path());
    }

    /** Asks a contract as of a block. */
    List<Object> contract(String address, String signature, String types, long block) throws IOException {
        Node call = Node.object()
                .put("to", address)
                .put("data", Abi.call(signature))
                .build();
        Node result = ask("eth_call", call, Node.of(hex(block))).result();
        return decoded(result, types);
    }

    /** Coins of an address as of a block, in the smallest unit. */
    BigInteger balance(String address, long block) throws IOException {
        Node result =
                ask("eth_getBalance", Node.of(address), Node.of(hex(block))).result();
        return number(result);
    }

    /** Decodes data that a node sent. */
    List<Object> decoded(Node data, String types) throws SourceException {
        try {
            return Abi.decode(types, Abi.bytes(text(data)));
        } catch (IllegalArgumentException e) {
            throw reading.wrong(data, "data of the types " + types + " (" + e.getMessage() + ")");
        }
    }

    private String text(Node node) throws SourceException {
        if (node.kind() != Node.Kind.STRING) {
            throw reading.wrong(node, "a text");
        }
        return node.asText();
    }

    private String hash(Node object, String name) throws SourceException {
        return hash(reading.field(object, name));
    }

    private String hash(Node node) throws SourceException {
        String text = text(node).toLowerCase(Locale.ROOT);
        if (!text.matches("0x[0-9a-f]{64}")) {
            throw reading.wrong(node, "a hash of 32 bytes");
        }
        return text;
    }

    private BigInteger number(Node node) throws SourceException {
        String text = text(node);
        if (text.length() > MOST_HEX || !text.matches("0x[0-9a-fA-F]+")) {
            throw reading.wrong(node, "a hexadecimal number");
        }
        return new BigInteger(text.substring(2), 16);
    }

    private long quantity(Node node) throws SourceException {
        BigInteger number = number(node);
        if (number.bitLength() > 53) {
            throw reading.wrong(node, "a number below 2^53");
        }
        return number.longValue();
    }

    static String hex(long number) {
        return "0x" + Long.toHexString(number);
    }
}
