package org.lama.core.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.series.Provenance;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/** Replies with fields lost, renamed, of another type, and text cut off: the right rows, or the typed exception. */
class BinanceFuzzPropertyTest {
    private static final String[] RUBBISH = {
        "null",
        "{}",
        "[]",
        "\"true\"",
        "\"\"",
        "\"abc\"",
        "\"NaN\"",
        "-1",
        "1e400",
        "\"0x1p3\"",
        "\"1d\"",
        "\"Infinity\"",
        "[[[[1]]]]",
        "\"\\u0000\""
    };
    private static final long MILLIS = 1_704_067_200_000L;

    private interface Parse {
        List<Row> rows(Node reply, SeriesFeed feed) throws IOException;
    }

    private static Set<String> shown(List<Row> rows) {
        Set<String> all = new TreeSet<>();
        rows.forEach(row -> all.add(row.time() + " " + row.seq() + " " + Arrays.toString(row.values())));
        return all;
    }

    /** Mutates one reply again and again; what comes out of the feed must be rows of the unharmed reply. */
    private static int[] fuzz(String good, SeriesKey key, List<String> columns, Parse parse) throws IOException {
        int[] counts = new int[2];
        List<Row> right = parse.rows(Documents.parseJson(good, "good"), feed(key, columns, new ArrayList<>()));
        Set<String> allowed = shown(right);
        Rng rng = Seeds.rng(4711, key.toString().hashCode());
        for (int i = 0; i < 1500; i++) {
            String bad = mutated(good, rng);
            List<Source.Batch> batches = new ArrayList<>();
            SeriesFeed feed = feed(key, columns, batches);
            try {
                Node node;
                try {
                    node = Documents.parseJson(bad, "bad");
                } catch (IOException e) {
                    counts[1]++;
                    continue; // a fetcher makes a NetException of it
                }
                feed.take(parse.rows(node, feed));
                feed.flush(Long.MAX_VALUE);
                counts[0]++;
            } catch (SourceException e) {
                assertThat(e)
                        .hasMessageStartingWith("binance")
                        .hasMessageContaining(
                                e.reason() == SourceException.Reason.MISSING_FIELD ? "is missing" : "must be");
                counts[1]++;
            }
            for (Source.Batch batch : batches) {
                assertThat(allowed).as(bad).containsAll(shownOf(batch, columns));
            }
        }
        return counts;
    }

    private static List<String> shownOf(Source.Batch batch, List<String> columns) {
        List<String> all = new ArrayList<>();
        boolean numbered = batch.rows().names().contains("seq");
        for (int i = 0; i < batch.rows().rows(); i++) {
            double[] values = new double[columns.size()];
            for (int c = 0; c < values.length; c++) {
                values[c] = batch.rows().doubles(columns.get(c))[i];
            }
            long number = numbered ? batch.rows().longs("seq")[i] : 0;
            all.add(batch.rows().times("time")[i] + " " + number + " " + Arrays.toString(values));
        }
        return all;
    }

    private static SeriesFeed feed(SeriesKey key, List<String> columns, List<Source.Batch> batches) {
        return new SeriesFeed(
                key,
                columns,
                new Provenance(Provenance.Kind.EXCHANGE, "fuzz", "", ""),
                new SeriesFeed.Span(MILLIS * 1_000_000L, Long.MAX_VALUE, 10),
                batches::add);
    }

    private static String mutated(String good, Rng rng) {
        List<int[]> tokens = tokens(good);
        int[] token = tokens.get(rng.nextInt(tokens.size()));
        return switch (rng.nextInt(5)) {
            case 0 -> good.substring(0, rng.nextInt(good.length()));
            case 1 -> good.substring(0, token[0]) + good.substring(token[1]);
            case 2 -> good.replace(good.substring(token[0], token[1]), "\"x\"");
            case 3 -> good.substring(0, token[0]) + RUBBISH[rng.nextInt(RUBBISH.length)] + good.substring(token[1]);
            default ->
                good.substring(0, token[0]) + RUBBISH[rng.nextInt(RUBBISH.length)] + "," + good.substring(token[0]);
        };
    }

    /** Texts, numbers and words. */
    private static List<int[]> tokens(String text) {
        List<int[]> tokens = new ArrayList<>();
        for (int at = 0; at < text.length(); at++) {
            int from = at;
            if (text.charAt(at) == '"') {
                at = text.indexOf('"', at + 1);
                tokens.add(new int[] {from, at + 1});
            } else if (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '-') {
                while (Character.isLetterOrDigit(text.charAt(at + 1)) || text.charAt(at + 1) == '.') {
                    at++;
                }
                tokens.add(new int[] {from, at + 1});
            }
        }
        return Collections.unmodifiableList(tokens);
    }

    private static String list(String... rows) {
        return "[" + String.join(",", rows) + "]";
    }

    @Test
    void namedFieldsNeverBecomeAWrongRow() throws IOException {
        BinanceReplies replies = new BinanceReplies(BinanceMarket.USD_M);
        int[] funding = fuzz(
                list(
                        "{\"symbol\":\"BTCUSDT\",\"fundingTime\":" + MILLIS + ",\"fundingRate\":\"0.0001\"}",
                        "{\"symbol\":\"BTCUSDT\",\"fundingTime\":" + (MILLIS + 7) + ",\"fundingRate\":\"0.0002\"}"),
                SeriesKey.of("BINANCE.PERP.BTC-USDT", RecordKind.FUNDING),
                List.of("rate"),
                (reply, feed) -> replies.funding(reply, "BTCUSDT").stream()
                        .map(row -> Row.at(row.time(), 0, row.values()[0]))
                        .filter(row -> row.values()[0] != -1) // a rate of any sign is a rate
                        .toList());
        int[] interest = fuzz(
                list("{\"symbol\":\"BTCUSDT\",\"sumOpenInterest\":\"20403.5\",\"sumOpenInterestValue\":\"150.25\","
                        + "\"timestamp\":\"" + MILLIS + "\",\"new\":{\"a\":[1]}}"),
                SeriesKey.of("BINANCE.PERP.BTC-USDT", RecordKind.OPEN_INTEREST),
                List.of("open_interest"),
                (reply, feed) -> replies.openInterest(reply, "BTCUSDT").stream()
                        .map(row -> Row.at(row.time(), 0, row.values()[0]))
                        .toList());
        int[] trades = fuzz(
                list(BinanceScript.trade(5, MILLIS), BinanceScript.trade(6, MILLIS + 3)),
                SeriesKey.of("BINANCE.SPOT.BTC-USDT", RecordKind.TRADES),
                BinanceReplies.TRADES,
                (reply, feed) -> replies.trades(reply).stream()
                        .filter(row -> row.seq() > 0) // a number that stays a number cannot be told
                        .toList());
        for (int[] counts : List.of(funding, interest, trades)) {
            assertThat(counts[0]).isPositive(); // nearly every word of so short a reply is needed
            assertThat(counts[1]).isGreaterThan(300);
        }
    }

    @Test
    void booksAndListingsNeverThrowAnythingElse() throws IOException {
        BinanceReplies replies = new BinanceReplies(BinanceMarket.SPOT);
        String book =
                "{\"lastUpdateId\":160,\"bids\":[[\"100.1\",\"1\"],[\"100.0\",\"2\"]],\"asks\":[[\"100.2\",\"3\"]]}";
        Rng rng = Seeds.rng(12, 0);
        int refused = 0;
        for (int i = 0; i < 3000; i++) {
            boolean info = i % 2 == 0;
            String bad = mutated(info ? BinanceScript.FUTURES_INFO : book, rng);
            try {
                Node node = Documents.parseJson(bad, "bad");
                if (info) {
                    new BinanceListings(BinanceMarket.USD_M).read(node, Map.of());
                } else {
                    double[] last = {Double.POSITIVE_INFINITY};
                    for (Row row : replies.book(node, MILLIS)) {
                        if (row.values()[0] == 0) {
                            assertThat(row.values()[2]).isLessThan(last[0]);
                            last[0] = row.values()[2];
                        }
                    }
                }
            } catch (IOException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(1000, 2990);
    }
}
