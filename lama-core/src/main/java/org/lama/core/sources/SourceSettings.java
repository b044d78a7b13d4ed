package org.lama.core.sources;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.net.BaseUrl;
import org.lama.core.net.BodyLimits;
import org.lama.core.net.HttpCache;
import org.lama.core.net.HttpFetcher;
import org.lama.core.net.HttpTransports;
import org.lama.core.net.NetClock;
import org.lama.core.net.RateLimit;
import org.lama.core.net.Secrets;
import org.lama.core.net.StreamTransport;
import org.lama.core.net.StreamTransports;
import org.lama.core.net.TransportSettings;
import org.lama.core.series.Provenance;

/**
 * What all sources share: where they may write, by which clock they wait, where keys are found, and whether another host
 * stands in for all venues. Immutable.
 *
 * @param folder for downloads and kept replies; made when first used
 * @param clock time and waiting
 * @param transport patience of connections
 * @param secrets where keys of vendors are found
 * @param insteadOf base of a stand-in that is asked instead of every host, such as a proxy or a venue of tests; https, or
 *     http to this machine
 * @param batchRows rows of a batch, at least 1: memory against the number of writes
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record SourceSettings(
        Path folder,
        NetClock clock,
        TransportSettings transport,
        Secrets secrets,
        Optional<String> insteadOf,
        int batchRows) {
    private static final long CACHE_BYTES = 256L << 20;

    /**
     * Checks the settings.
     *
     * @param folder for downloads and kept replies
     * @param clock time and waiting
     * @param transport patience of connections
     * @param secrets where keys are found
     * @param insteadOf base of a stand-in; may be empty
     * @param batchRows at least 1
     */
    public SourceSettings {
        Check.notNull(folder, "folder");
        Check.notNull(clock, "clock");
        Check.notNull(transport, "transport");
        Check.notNull(secrets, "secrets");
        Check.notNull(insteadOf, "insteadOf");
        Check.atLeast(batchRows, 1, "batchRows");
        insteadOf.ifPresent(BaseUrl::of);
    }

    /**
     * The defaults: the machine's clock, keys from the environment, the real hosts, batches of 50 000 rows.
     *
     * @param folder for downloads and kept replies
     * @return the settings
     */
    public static SourceSettings in(Path folder) {
        return new SourceSettings(
                folder,
                NetClock.system(),
                TransportSettings.defaults(),
                Secrets.ofEnvironment(),
                Optional.empty(),
                50_000);
    }

    /**
     * A copy that asks one host instead of all.
     *
     * @param url https, or http to this machine
     * @return the copy
     */
    public SourceSettings asking(String url) {
        return new SourceSettings(folder, clock, transport, secrets, Optional.of(url), batchRows);
    }

    /**
     * A copy with another clock.
     *
     * @param other time and waiting
     * @return the copy
     */
    public SourceSettings by(NetClock other) {
        return new SourceSettings(folder, other, transport, secrets, insteadOf, batchRows);
    }

    /**
     * A copy with keys from elsewhere.
     *
     * @param other where keys are found
     * @return the copy
     */
    public SourceSettings with(Secrets other) {
        return new SourceSettings(folder, clock, transport, other, insteadOf, batchRows);
    }

    /**
     * A copy with other batches.
     *
     * @param rows rows of a batch, at least 1
     * @return the copy
     */
    public SourceSettings batches(int rows) {
        return new SourceSettings(folder, clock, transport, secrets, insteadOf, rows);
    }

    /** Asks a host, or its stand-in; replies that may be kept are kept in this folder. */
    HttpFetcher fetcher(String url, RateLimit rate, BodyLimits limits) throws IOException {
        return HttpFetcher.over(HttpTransports.overNetwork(BaseUrl.of(insteadOf.orElse(url)), transport, clock), clock)
                .rate(rate)
                .limits(limits)
                .cache(HttpCache.in(folder("replies"), CACHE_BYTES))
                .build();
    }

    /**
     * Where journals of fetches lie: those of a stand-in by themselves, since what it gave was never asked of the venue.
     *
     * @return a folder, made when first used
     */
    public Path journals() {
        return insteadOf.isEmpty() ? folder : folder.resolve("at-" + standIn().replaceAll("[^A-Za-z0-9.]", "-"));
    }

    private String standIn() {
        return insteadOf.orElse("").replaceFirst("^https?://", "").replaceFirst("/+$", "");
    }

    /** Says where rows truly came from: a stand-in is no exchange, whatever it passes on; what is made here came from nobody. */
    Provenance honest(Provenance said) {
        if (insteadOf.isEmpty() || said.kind() == Provenance.Kind.SYNTHETIC) {
            return said;
        }
        Provenance.Kind kind = said.kind() == Provenance.Kind.EXCHANGE ? Provenance.Kind.VENDOR : said.kind();
        return new Provenance(kind, standIn() + " instead of " + said.source(), said.sha256(), said.note());
    }

    /** Streams of a host, or of its stand-in. */
    StreamTransport stream(String url) {
        String base = insteadOf.map(other -> other.replaceFirst("^http", "ws")).orElse(url);
        return StreamTransports.overNetwork(BaseUrl.of(base), transport, clock);
    }

    /** A folder below the folder, which is made. */
    Path folder(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }
}
