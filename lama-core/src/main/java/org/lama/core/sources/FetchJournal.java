package org.lama.core.sources;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lama.core.base.Issue;
import org.lama.core.market.InstrumentId;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/**
 * Remembers which stretches of a symbol were fetched into a store: one small JSON file per source, symbol, kind and bar
 * length, replaced at once. A file that cannot be understood counts as nothing, since fetching twice does no harm.
 */
final class FetchJournal {
    private final Path file;
    private final String series;
    private final TimeRanges covered;
    private final Optional<Issue> issue;

    private FetchJournal(Path file, String series, TimeRanges covered, Optional<Issue> issue) {
        this.file = file;
        this.series = series;
        this.covered = covered;
        this.issue = issue;
    }

    static FetchJournal open(Path folder, String source, FetchRequest request) throws IOException {
        String symbol = InstrumentId.encode(request.symbols().get(0).toUpperCase(Locale.ROOT));
        String interval = request.barNanos() == 0 ? "" : "~" + request.barNanos() / 1_000_000_000L + "s";
        Path below = Files.createDirectories(folder.resolve(source));
        Path file = below.resolve(symbol + "~" + request.kind().folder() + interval + ".json");
        if (!Files.exists(file)) {
            return new FetchJournal(file, "", TimeRanges.NONE, Optional.empty());
        }
        try {
            Node node = Documents.read(file);
            TimeRanges covered = TimeRanges.NONE;
            for (Node range : node.get("covered").items()) {
                covered = covered.plus(range.at(0).asLong(), range.at(1).asLong());
            }
            return new FetchJournal(file, node.get("series").asText(), covered, Optional.empty());
        } catch (IOException | IllegalArgumentException e) {
            Issue broken = new Issue(
                    Issue.Reason.UNREADABLE,
                    file.getFileName().toString(),
                    "the journal of fetches cannot be read (" + e.getMessage() + "); everything is fetched again");
            return new FetchJournal(file, "", TimeRanges.NONE, Optional.of(broken));
        }
    }

    /** The series that rows went to; empty if there were none. */
    String series() {
        return series;
    }

    TimeRanges covered() {
        return covered;
    }

    Optional<Issue> issue() {
        return issue;
    }

    /** The same file with nothing in it. */
    FetchJournal forgotten(Issue why) {
        return new FetchJournal(file, "", TimeRanges.NONE, Optional.of(why));
    }

    /** Writes down that the store now has some stretches. */
    FetchJournal plus(String newSeries, TimeRanges claimed) throws IOException {
        TimeRanges more = covered.plus(claimed);
        String kept = newSeries.isEmpty() ? series : newSeries;
        List<Node> ranges = new ArrayList<>();
        for (TimeRanges.Range range : more.ranges()) {
            ranges.add(Node.array(List.of(Node.of(range.from()), Node.of(range.to()))));
        }
        Documents.writeJson(
                file,
                Node.object()
                        .put("series", Node.of(kept))
                        .put("covered", Node.array(ranges))
                        .build());
        return new FetchJournal(file, kept, more, issue);
    }
}
