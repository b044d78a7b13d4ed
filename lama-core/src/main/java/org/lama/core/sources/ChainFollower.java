package org.lama.core.sources;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lama.core.base.Api;
import org.lama.core.series.Provenance;
import org.lama.core.store.RecordKind;

/**
 * Follows the swaps of a pool to the newest block. Blocks are known by their hashes: each must name the one before as its
 * parent. When it does not, the chain was reorganised: blocks are taken back, newest first, down to the last one that the
 * node still has, and read anew. Swaps are provisional until their block has 12 confirmations; only then are they
 * handed to a store. A reorganisation that reaches into confirmed blocks is an exception, since what is stored would be
 * wrong. Not thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class ChainFollower {
    private static final int MOST_BLOCKS = 500;
    private static final int MOST_MOVES = 5;

    private final EthereumNode node;
    private final Subject subject;
    private final int confirmations;
    private final Deque<Held> held = new ArrayDeque<>();
    private final Deque<EthereumNode.Block> confirmed = new ArrayDeque<>();
    private long next;

    /** Whose swaps, and how long after a block they count as known. */
    record Subject(UniswapPool pool, Host host, long settledNanos) {}

    private record Held(EthereumNode.Block block, List<Row> rows) {}

    ChainFollower(EthereumNode node, Subject subject, int confirmations, long firstBlock) {
        this.node = node;
        this.subject = subject;
        this.confirmations = confirmations;
        next = Math.max(0, firstBlock);
    }

    /**
     * What a poll led to.
     *
     * @param head number of the newest block that was read
     * @param confirmedRows rows handed over in this poll
     * @param provisionalRows rows that wait for confirmations now
     * @param takenBackBlocks blocks that the chain dropped since the last poll
     * @param takenBackRows provisional rows that went with them
     */
    public record Step(long head, int confirmedRows, int provisionalRows, int takenBackBlocks, int takenBackRows) {
        /**
         * Keeps the figures.
         *
         * @param head number of the newest block that was read
         * @param confirmedRows rows handed over in this poll
         * @param provisionalRows rows that wait for confirmations now
         * @param takenBackBlocks blocks that the chain dropped
         * @param takenBackRows provisional rows that went with them
         */
        public Step {
            org.lama.core.base.Check.atLeast(confirmedRows, 0, "confirmedRows");
        }
    }

    /**
     * Reads what is new, at most 500 blocks. A poll that fails may be repeated.
     *
     * @param receiver gets the swaps that were confirmed now, as trades
     * @return what happened
     * @throws IOException if the node cannot be asked, or confirmed blocks were reorganised
     */
    public Step poll(Source.Receiver receiver) throws IOException {
        int blocksBack = 0;
        int rowsBack = 0;
        for (int moves = 0; ; moves++) {
            List<Held> back = takeBack();
            blocksBack += back.size();
            rowsBack += back.stream().mapToInt(one -> one.rows().size()).sum();
            if (advance(Math.min(node.head(), next + MOST_BLOCKS - 1))) {
                break;
            }
            if (moves == MOST_MOVES) {
                throw changed("the chain changed " + MOST_MOVES + " times while it was read; poll again");
            }
        }
        int rows = confirm(receiver);
        int waiting = held.stream().mapToInt(one -> one.rows().size()).sum();
        return new Step(next - 1, rows, waiting, blocksBack, rowsBack);
    }

    /**
     * The swaps that are not confirmed yet, oldest first: for looking, not for storing.
     *
     * @return their prices, second token per first
     */
    public double[] provisionalPrices() {
        return held.stream()
                .flatMap(one -> one.rows().stream())
                .mapToDouble(row -> row.values()[0])
                .toArray();
    }

    /** Drops the blocks that the node has no longer, newest first. */
    private List<Held> takeBack() throws IOException {
        List<Held> back = new ArrayList<>();
        while (!held.isEmpty() && !isStill(held.getLast().block())) {
            back.add(held.removeLast());
            next--;
        }
        if (held.isEmpty() && !confirmed.isEmpty() && !isStill(confirmed.getLast())) {
            throw changed("block " + confirmed.getLast().number() + " was confirmed " + confirmations
                    + " times and is gone; what was stored since must be deleted and fetched again");
        }
        return back;
    }

    private boolean isStill(EthereumNode.Block block) throws IOException {
        return node.block(block.number())
                .map(now -> now.hash().equals(block.hash()))
                .orElse(false);
    }

    /** Reads blocks up to a number; false if the chain moved meanwhile. */
    private boolean advance(long head) throws IOException {
        if (head < next) {
            return true;
        }
        List<EthereumNode.Block> fresh = new ArrayList<>();
        String parent = !held.isEmpty()
                ? held.getLast().block().hash()
                : confirmed.isEmpty() ? "" : confirmed.getLast().hash();
        for (long number = next; number <= head; number++) {
            EthereumNode.Block block = node.block(number).orElse(null);
            if (block == null || (!parent.isEmpty() && !block.parentHash().equals(parent))) {
                return false;
            }
            fresh.add(block);
            parent = block.hash();
        }
        Map<String, List<Row>> byBlock = new HashMap<>();
        if (!swaps(fresh, byBlock)) {
            return false;
        }
        for (EthereumNode.Block block : fresh) {
            held.add(new Held(block, List.copyOf(byBlock.getOrDefault(block.hash(), List.of()))));
        }
        next = head + 1;
        return true;
    }

    /** The swaps of some blocks; false if one is of a block that we do not know. */
    private boolean swaps(List<EthereumNode.Block> blocks, Map<String, List<Row>> byBlock) throws IOException {
        Map<String, EthereumNode.Block> known = new HashMap<>();
        blocks.forEach(block -> known.put(block.hash(), block));
        Set<String> strange = new HashSet<>();
        EthereumNode.Filter filter = new EthereumNode.Filter(subject.pool().address(), UniswapPool.SWAP);
        long first = blocks.get(0).number();
        node.logs(filter, first, blocks.get(blocks.size() - 1).number(), (logs, bytes, done) -> {
            for (EthereumNode.Log log : logs) {
                EthereumNode.Block block = known.get(log.blockHash());
                if (block == null) {
                    strange.add(log.blockHash());
                    continue;
                }
                Row row = subject.pool()
                        .trade(
                                UniswapPool.swap(log, subject.host().reading()),
                                block.timeNanos(),
                                block.timeNanos() + subject.settledNanos(),
                                UniswapPool.number(log.block(), log.index()));
                byBlock.computeIfAbsent(log.blockHash(), none -> new ArrayList<>())
                        .add(row);
            }
        });
        return strange.isEmpty();
    }

    /** Hands over the blocks with enough others on top. */
    private int confirm(Source.Receiver receiver) throws IOException {
        List<Row> rows = new ArrayList<>();
        List<Held> ready = new ArrayList<>();
        Iterator<Held> all = held.iterator();
        while (all.hasNext()) {
            Held one = all.next();
            if (one.block().number() > next - 1 - confirmations) {
                break;
            }
            ready.add(one);
            rows.addAll(one.rows());
        }
        if (!rows.isEmpty()) {
            Provenance origin = subject.host()
                    .settings()
                    .honest(new Provenance(
                            Provenance.Kind.EXCHANGE,
                            "Ethereum, blocks " + ready.get(0).block().number() + " to "
                                    + ready.get(ready.size() - 1).block().number(),
                            "",
                            confirmations + " confirmations"));
            SeriesFeed feed = new SeriesFeed(
                    UniswapPool.key(subject.pool().address(), RecordKind.TRADES),
                    UniswapPool.TRADES,
                    origin,
                    new SeriesFeed.Span(Long.MIN_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE),
                    receiver);
            feed.take(rows);
            feed.flushUnclaimed();
        }
        // forgotten only after they were kept
        for (Held one : ready) {
            held.removeFirst();
            confirmed.add(one.block());
            if (confirmed.size() > confirmations) {
                confirmed.removeFirst();
            }
        }
        return rows.size();
    }

    private SourceException changed(String sentence) {
        return new SourceException(
                SourceException.Reason.PAGING, subject.host().reading().source(), "hash of a block", sentence);
    }
}
