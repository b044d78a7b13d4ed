package org.lama.core.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lama.core.base.Issue;
import org.lama.core.market.Instrument;
import org.lama.core.market.InstrumentId;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/**
 * Announcements of ends of trading as JSON: entries with a title, coins and a date. The end is the last date of the title
 * (the date field says only when the entry was made); coins that are pairs are perpetuals, others whole assets. Stateless.
 */
final class EventFiles {
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Identity.Market BINANCE = new Identity.Market("BINANCE", Instrument.Kind.SPOT);

    private EventFiles() {}

    static void read(SeriesSink sink) throws IOException {
        FileBytes.Content content =
                FileBytes.read(sink.file().path(), sink.file().name());
        sink.sha256(content.sha256());
        Node root = Documents.parseJson(
                new String(content.bytes(), StandardCharsets.UTF_8), sink.file().name());
        for (Node entry : entries(root)) {
            announcement(sink, entry);
        }
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

    private static void announcement(SeriesSink sink, Node entry) {
        String title = entry.get("title").asText();
        String said = entry.get("date").asText();
        Optional<Long> end = lastDate(title);
        if (end.isEmpty()) {
            sink.found(Issue.Reason.UNREADABLE, 1, () -> "no date in the title: " + title);
            return;
        }
        long known = lastDate(said).map(date -> Math.min(date, end.get())).orElse(end.get());
        boolean perpetual = title.toUpperCase(Locale.ROOT).contains("PERPETUAL");
        Identity.Market market = sink.market(BINANCE);
        for (String coin : entry.get("coins").asTexts()) {
            InstrumentId id = perpetual
                    ? new Identity.Market(market.venue(), Instrument.Kind.PERP).instrument(coin)
                    : market.named(coin);
            sink.event(Universe.Event.of(Universe.What.DELISTED, id, end.get())
                    .knownAt(known)
                    .from(title));
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
