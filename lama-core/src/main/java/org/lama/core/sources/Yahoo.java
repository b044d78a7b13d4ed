package org.lama.core.sources;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.lama.core.base.Api;
import org.lama.core.base.Issue;
import org.lama.core.market.Instrument;
import org.lama.core.market.InstrumentId;
import org.lama.core.net.Fetched;
import org.lama.core.net.HttpCall;
import org.lama.core.net.RateLimit;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/**
 * Daily bars as Yahoo Finance gave them for download: a text of lines {@code Date,Open,High,Low,Close,Adj Close,Volume}.
 * Symbols are Yahoo's ({@code BTC-USD}): a composite of venues, never the pair of an exchange. Days without values are
 * left out and counted; volume is in dollars, as Yahoo has it for coins. Yahoo has closed this address to the anonymous
 * in 2024, so it serves mirrors and proxies that speak it. Never run against the real host. Thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Yahoo extends Adapter {
    /** The name of the source. */
    public static final String NAME = "yahoo";

    static final List<String> BARS = List.of("open", "high", "low", "close", "quote_volume");
    private static final List<String> HEADINGS = List.of("date", "open", "high", "low", "close", "volume");
    private static final long SECOND = 1_000_000_000L;
    private static final long DAY = 86_400 * SECOND;

    private final Host host;

    /**
     * Makes the source.
     *
     * @param settings what all sources share
     */
    public Yahoo(SourceSettings settings) {
        super(
                Card.vendor(NAME, "YAHOO", new Offer(RecordKind.BARS, Reach.HISTORY, "1d, as the vendor has it now")),
                settings);
        host = host("https://query1.finance.yahoo.com", RateLimit.perMinute(30));
    }

    @Override
    public void fetch(FetchRequest request, Receiver receiver) throws IOException {
        offer(request.kind());
        if (request.barNanos() != DAY) {
            throw host.notOffered("interval", "bars must be days, got " + request.barNanos() / SECOND + " s");
        }
        Harvest harvest = new Harvest(this, settings, request, VenueTime.ours(settings.clock()), receiver);
        for (String symbol : request.symbols()) {
            String upper = symbol.toUpperCase(Locale.ROOT);
            InstrumentId id = new InstrumentId(venue(), Instrument.Kind.SPOT, InstrumentId.encode(upper));
            SeriesKey key = new SeriesKey(id, RecordKind.BARS, DAY);
            Harvest.Crop crop = new Harvest.Crop(
                    key, BARS, host.shown("/v7/finance/download/" + upper), "a composite, not adjusted");
            harvest.history(crop, (feed, from, to) -> {
                Fetched fetched = host.ask(HttpCall.get("/v7/finance/download/{symbol}")
                        .part("symbol", upper)
                        .accept("text/csv", "text/plain")
                        .query("period1", Math.floorDiv(from, SECOND))
                        .query("period2", Math.floorDiv(to + SECOND - 1, SECOND))
                        .query("interval", "1d")
                        .query("events", "history"));
                feed.digest(fetched.bytes());
                feed.take(rows(fetched.text(), harvest, feed));
            });
        }
    }

    private List<Row> rows(String text, Harvest harvest, SeriesFeed feed) throws SourceException {
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        List<String> head = lines.isEmpty() ? List.of() : fields(lines.get(0).toLowerCase(Locale.ROOT));
        int[] places = new int[HEADINGS.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = head.indexOf(HEADINGS.get(i));
            if (places[i] < 0) {
                throw new SourceException(
                        SourceException.Reason.MISSING_FIELD,
                        NAME,
                        HEADINGS.get(i),
                        "required column '" + HEADINGS.get(i) + "' is missing, the reply has " + head);
            }
        }
        List<Row> rows = new ArrayList<>();
        for (int number = 1; number < lines.size(); number++) {
            List<String> fields = fields(lines.get(number));
            if (fields.size() != head.size()) {
                throw wrong(number, "must have " + head.size() + " fields, got " + fields.size());
            }
            double[] values = new double[BARS.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = number(fields.get(places[i + 1]), number);
            }
            long open = day(fields.get(places[0]), number);
            if (Arrays.stream(values).allMatch(Double::isNaN)) {
                feed.count(Issue.Reason.NON_FINITE, feed.key().toString(), "a day without values was left out");
            } else if (harvest.isFinished(open, feed)) {
                rows.add(Row.at(open, 0, values));
            }
        }
        return rows;
    }

    private static List<String> fields(String line) {
        return Arrays.stream(line.split(",", -1)).map(String::strip).toList();
    }

    private double number(String text, int line) throws SourceException {
        if (!Decimal.isNothing(text) && !Decimal.isNumber(text)) {
            throw wrong(line, "must hold numbers, got '" + (text.length() > 40 ? text.substring(0, 40) : text) + "'");
        }
        return Decimal.parse(text);
    }

    private long day(String text, int line) throws SourceException {
        try {
            return Math.multiplyExact(LocalDate.parse(text).toEpochDay(), DAY);
        } catch (DateTimeException | ArithmeticException e) {
            throw wrong(line, "must begin with a day such as 2024-01-31");
        }
    }

    private static SourceException wrong(int line, String sentence) {
        return new SourceException(
                SourceException.Reason.WRONG_VALUE, NAME, "line " + (line + 1), "line " + (line + 1) + " " + sentence);
    }
}
