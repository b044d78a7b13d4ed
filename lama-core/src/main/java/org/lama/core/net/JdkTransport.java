package org.lama.core.net;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;

/** HTTP over the client of the JDK, with the rules of {@link HttpTransports}. Thread-safe. */
final class JdkTransport implements HttpTransport {
    private static final int MOST_REDIRECTS = 3;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final String AGENT = "lama/0.1";

    private final BaseUrl base;
    private final TransportSettings settings;
    private final NetClock clock;
    private final AddressRules addresses;
    private final HttpClient client;

    JdkTransport(BaseUrl base, TransportSettings settings, NetClock clock, AddressRules addresses) {
        this.base = base;
        this.settings = settings;
        this.clock = clock;
        this.addresses = addresses;
        client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout())
                .version(base.isLoopback() ? HttpClient.Version.HTTP_1_1 : HttpClient.Version.HTTP_2)
                .build();
    }

    @Override
    public BaseUrl base() {
        return base;
    }

    @Override
    public HttpReply send(HttpCall call) throws NetException {
        String shown = call.shown(base);
        URI uri = call.uri(base);
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            addresses.check(base, shown);
            HttpResponse<TimedBody> response = exchange(uri, call, shown);
            Optional<String> location = response.headers().firstValue("Location");
            if (!REDIRECTS.contains(response.statusCode()) || location.isEmpty()) {
                return HttpReply.of(response.statusCode(), response.headers().map(), response.body());
            }
            response.body().close();
            uri = follow(uri, location.get(), call, shown);
        }
        throw new NetException(
                NetException.Reason.REDIRECT,
                shown,
                "more than " + MOST_REDIRECTS + " redirects",
                "check the path with the source's documentation");
    }

    private URI follow(URI from, String location, HttpCall call, String shown) throws NetException {
        URI to;
        try {
            to = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw refused("redirect to something that is no address", shown);
        }
        if (!call.method().equals("GET")) {
            throw refused("redirect of a call that is not a read", shown);
        }
        if (!base.isSamePlace(to)) {
            throw refused(
                    "redirect to " + to.getScheme() + "://" + to.getRawAuthority() + ", which is another place", shown);
        }
        return to;
    }

    private NetException refused(String rule, String shown) {
        return new NetException(
                NetException.Reason.REDIRECT,
                shown,
                Redactor.of(List.of()).redact(rule),
                "give the new base URL yourself if you trust it");
    }

    private HttpResponse<TimedBody> exchange(URI uri, HttpCall call, String shown) throws NetException {
        HttpRequest request = request(uri, call);
        CompletableFuture<HttpResponse<TimedBody>> future =
                client.sendAsync(request, info -> new TimedBody(settings, clock, shown, call.redactor()));
        long patience = settings.connectTimeout().plus(settings.replyTimeout()).toNanos();
        return Waiting.on(future, clock, patience, shown, problem -> failure(problem, call.redactor(), shown));
    }

    private static HttpRequest request(URI uri, HttpCall call) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("User-Agent", AGENT);
        call.headers().forEach(request::setHeader);
        if (call.method().equals("POST")) {
            request.POST(HttpRequest.BodyPublishers.ofByteArray(call.body()));
        }
        return request.build();
    }

    private static NetException failure(Throwable problem, Redactor redactor, String shown) {
        Throwable cause = redactor.cause(problem);
        if (problem instanceof ConnectException || problem instanceof HttpConnectTimeoutException) {
            return new NetException(
                    NetException.Reason.CONNECT, shown, "nobody answers; check host and network", 0, 0, cause);
        }
        if (problem instanceof SSLException) {
            return new NetException(
                    NetException.Reason.TLS,
                    shown,
                    "the host did not prove who it is (" + redactor.redact(String.valueOf(problem.getMessage()))
                            + "); do not go on, check host name, clock and network",
                    0,
                    0,
                    cause);
        }
        String name = problem.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        return new NetException(
                NetException.Reason.BROKEN,
                shown,
                "the connection broke before the status (" + name + "); try again",
                0,
                0,
                cause);
    }
}
