package org.lama.core.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lama.core.base.Issue;
import org.lama.core.market.Instrument;
import org.lama.core.market.InstrumentId;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/**
 * Events as a universe writes them; or announcements of ends of trading as JSON: entries with a title, coins and a date. The end is the last date of the title
 * (the date field says only when the entry was made); coins that are pairs are perpetuals, others whole assets. Titles
 * name coins that the list beside them left out, so both are read; a list of coins for the whole file has its title in
 * the address of its source. Stateless.
 */
final class EventFiles {
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern NAMED = Pattern.compile("(?i)\\bwill delist\\b(.*?)(?:\\bon\\b|\\(|$)");
    private static final Pattern COIN = Pattern.compile("[A-Z0-9]{2,20}");
    private static final Identity.Market BINANCE = new Identity.Market("BINANCE", Instrument.Kind.SPOT);

    private EventFiles() {}

    static void read(SeriesSink sink) throws IOException {
        FileBytes.Content content =
                FileBytes.read(sink.file().path(), sink.file().name());
        sink.sha256(content.sha256());
        Node root = Documents.parseJson(
                new String(content.bytes(), StandardCharsets.UTF_8), sink.file().name());
        if (root.has("events")) {
            Universe.parse(root, sink.file().name()).events().forEach(sink::event);
            return;
        }
        Set<String> dated = new LinkedHashSet<>();
        for (Node entry : entries(root)) {
            Set<String> listed = new LinkedHashSet<>(entry.get("coins").asTexts());
            announcement(
                    sink, entry.get("title").asText(), listed, entry.get("date").asText());
            dated.addAll(listed);
        }
        if (root.has("delisted_coins")) {
            Set<String> rest = new LinkedHashSet<>(root.get("delisted_coins").asTexts());
            rest.removeAll(dated);
            whole(sink, root, rest);
        }
    }

    /** Coins that stand in the list of the whole file only: their end is told by the address of the announcement. */
    private static void whole(SeriesSink sink, Node root, Set<String> coins) {
        String address = root.has("source") ? root.get("source").asText() : "";
        String title = address.substring(address.lastIndexOf('/') + 1)
                .replaceAll("(?<!\\d)-|-(?!\\d)", " ")
                .toUpperCase(Locale.ROOT);
        Set<String> named = named(title);
        coins.removeIf(coin -> {
            boolean undated = !named.contains(coin);
            if (undated) {
                sink.found(Issue.Reason.UNREADABLE, 1, () -> "no announcement says when " + coin + " ends");
            }
            return undated;
        });
        if (!coins.isEmpty()) {
            announcement(sink, title, coins, "");
        }
    }

    /** The coins that a title names as ending. */
    private static Set<String> named(String title) {
        Set<String> coins = new LinkedHashSet<>();
        Matcher named = NAMED.matcher(title);
        if (named.find()) {
            for (String word : named.group(1).split("[,\\s]+", 0)) {
                if (COIN.matcher(word).matches() && !DATE.matcher(word).matches()) {
                    coins.add(word);
                }
            }
        }
        return coins;
    }

    private static List<Node> entries(Node root) {
        if (root.has("delisting_history")) {
            return root.get("delisting_history").items();
        }
        List<Node> entries = new ArrayList<>();
        for (String name : root.names()) {
            Node entry = root.get(name);
            if (entry.kind() == Node.Kind.OBJECT && entry.has("coins") && entry.has("title")) {
                entries.add(entry);
            }
        }
        return entries;
    }

    private static void announcement(SeriesSink sink, String title, Set<String> listed, String said) {
        Optional<Long> end = lastDate(title);
        if (end.isEmpty()) {
            sink.found(Issue.Reason.UNREADABLE, 1, () -> "no date in the title: " + title);
            return;
        }
        long known = lastDate(said).map(date -> Math.min(date, end.get())).orElse(end.get());
        boolean perpetual = title.toUpperCase(Locale.ROOT).contains("PERPETUAL");
        Identity.Market market = sink.market(BINANCE);
        Set<String> coins = new LinkedHashSet<>(listed);
        coins.addAll(named(title));
        for (String coin : coins) {
            InstrumentId id = perpetual
                    ? new Identity.Market(market.venue(), Instrument.Kind.PERP).instrument(coin)
                    : market.named(coin);
            sink.event(Universe.Event.of(Universe.What.DELISTED, id, end.get())
                    .knownAt(known)
                    .from(listed.contains(coin) ? title : title + " (named by the title only)"));
        }
    }

    private static Optional<Long> lastDate(String text) {
        Optional<Long> last = Optional.empty();
        for (Matcher date = DATE.matcher(text); date.find(); ) {
            byte[] word = date.group().getBytes(StandardCharsets.US_ASCII);
            long nanos = TimeText.nanos(word, 0, word.length);
            last = nanos == TimeText.NONE ? last : Optional.of(nanos);
        }
        return last;
    }
}
