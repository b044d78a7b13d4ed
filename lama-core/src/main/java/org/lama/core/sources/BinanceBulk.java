package org.lama.core.sources;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lama.core.base.Issue;
import org.lama.core.net.BodyLimits;
import org.lama.core.net.Download;
import org.lama.core.net.HttpCall;
import org.lama.core.net.HttpFetcher;
import org.lama.core.net.NetException;
import org.lama.core.net.ZipArchive;
import org.lama.core.series.Provenance;

/**
 * The public files of Binance: one zip per symbol and month or day, with a checksum beside it. A file that was fetched
 * stays until its rows were taken, so that a killed run does not fetch it again. Immutable.
 */
final class BinanceBulk {
    private static final int CHUNK_ROWS = 4096;
    private static final String HOST = "data.binance.vision";
    private static final BodyLimits LIMITS = new BodyLimits(8L << 30, 64L << 30, 100);

    private final BinanceMarket market;
    private final HttpFetcher fetcher;
    private final SourceSettings settings;
    private final Path folder;

    BinanceBulk(BinanceMarket market, HttpFetcher fetcher, SourceSettings settings) throws IOException {
        this.market = market;
        this.fetcher = fetcher;
        this.settings = settings;
        folder = settings.folder("bulk-" + market.source());
    }

    /**
     * Feeds the rows of a file. The feed must not claim anything before the file is through.
     *
     * @param to end of the stretch that the file covers
     * @return false if the venue has no such file
     */
    boolean feed(BulkName name, double contractSize, long to, SeriesFeed feed) throws IOException {
        String path = "/data/" + market.bulk() + "/" + name.folder() + "/" + name.file();
        Path target = folder.resolve(name.file());
        Download.Finished done;
        try {
            done = Download.of(fetcher, call(path), target)
                    .checksumFrom(call(path + ".CHECKSUM"))
                    .maximumBytes(LIMITS.maximumBytes())
                    .run();
        } catch (NetException e) {
            if (e.status().orElse(0) == 404) {
                return false;
            }
            throw e;
        }
        feed.from(settings.honest(new Provenance(Provenance.Kind.EXCHANGE, HOST + path, done.sha256(), "")));
        ZipArchive.read(target, LIMITS, 1, (entry, content) -> read(name, contractSize, content, feed));
        feed.flush(to);
        Files.deleteIfExists(target);
        return true;
    }

    private static HttpCall call(String path) {
        return HttpCall.get(encoded(path)).build();
    }

    /** Symbols of other alphabets. */
    private static String encoded(String path) {
        StringBuilder out = new StringBuilder();
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            if (b > 0) {
                out.append((char) b);
            } else {
                out.append(String.format("%%%02X", b & 0xff));
            }
        }
        return out.toString();
    }

    private void read(BulkName name, double contractSize, InputStream content, SeriesFeed feed) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8), 1 << 16);
        BulkLines parser = new BulkLines(market.source(), name, contractSize);
        List<Row> rows = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            parser.line(line).ifPresent(rows::add);
            if (rows.size() >= CHUNK_ROWS) {
                feed.take(rows);
                rows.clear();
            }
        }
        feed.take(rows);
        if (parser.rows() == 0) {
            feed.count(Issue.Reason.NOT_COVERED, name.file(), "the file of the venue has no rows");
        }
    }
}
