package org.lama.core.net.kit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

/**
 * A venue on the loopback of this machine: answers by script, breaks off, stalls, resets and lies as it is told, and
 * remembers what it was asked. A small server of its own over a socket, since a good server cannot misbehave. Usage:
 *
 * <pre>{@code
 * try (FakeVenue venue = FakeVenue.start()) {
 *   venue.on("/api/v3/time", FakeReply.tooManyRequests("7"), FakeReply.json("{\"serverTime\":1}"));
 *   ... BaseUrl.of(venue.url()) ...
 *   assertThat(venue.count("/api/v3/time")).isEqualTo(2);
 * }
 * }</pre>
 */
public final class FakeVenue implements AutoCloseable {
    private static final int TICK_MILLIS = 2;
    private static final int MOST_TICKS = 5_000;

    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Map<String, FakeReply.Handler> handlers = new ConcurrentHashMap<>();
    private final Map<String, List<FakeStream>> streams = new ConcurrentHashMap<>();
    private final Map<String, Integer> streamsOpened = new ConcurrentHashMap<>();
    private final List<FakeRequest> requests = new CopyOnWriteArrayList<>();
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private volatile Runnable tick = () -> {};
    private volatile Chaos chaos = new Chaos(0, 0, List.of());

    /** Faults that strike by chance. */
    public enum Fault {
        /** 429 with Retry-After: 1. */
        LIMITED,
        /** 503 with a page of HTML. */
        HTML,
        /** The body is cut off in its middle. */
        CUT,
        /** The connection is reset in the middle of the body. */
        RESET,
        /** The body stalls in its middle. */
        STALL
    }

    private static final class Chaos {
        private final double share;
        private final List<Fault> faults;
        private final Rng rng;

        Chaos(long seed, double share, List<Fault> faults) {
            this.share = share;
            this.faults = faults;
            rng = Seeds.rng(seed, 0);
        }

        synchronized FakeReply spoil(FakeReply good) {
            if (faults.isEmpty() || rng.nextDouble() >= share) {
                return good;
            }
            int half = good.body.length / 2;
            return switch (faults.get(rng.nextInt(faults.size()))) {
                case LIMITED -> FakeReply.tooManyRequests("1");
                case HTML -> FakeReply.html(503);
                case CUT -> good.cutAfter(half);
                case RESET -> good.resetAfter(half);
                case STALL -> good.stallAfter(half);
            };
        }
    }

    private FakeVenue(ServerSocket server) {
        this.server = server;
    }

    public static FakeVenue start() throws IOException {
        FakeVenue venue = new FakeVenue(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        venue.run("accept", venue::accept);
        return venue;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    public String streamUrl() {
        return "ws://127.0.0.1:" + server.getLocalPort();
    }

    /** Answers a path by script: one reply after the other, the last one for ever. */
    public FakeVenue on(String path, FakeReply... script) {
        List<FakeReply> left = new ArrayList<>(List.of(script));
        return on(path, request -> {
            synchronized (left) {
                return left.size() > 1 ? left.remove(0) : left.get(0);
            }
        });
    }

    /** Answers a path by rule. */
    public FakeVenue on(String path, FakeReply.Handler handler) {
        handlers.put(path, handler);
        return this;
    }

    /** What happens on the connections to a path, one script per connection, the last one for ever. */
    public FakeVenue onStream(String path, FakeStream... scripts) {
        streams.put(path, List.of(scripts));
        return this;
    }

    /** What is done again and again while a reply stalls or drips or a stream is silent: mostly, advance a clock. */
    public FakeVenue whileStalling(Runnable action) {
        tick = action;
        return this;
    }

    /** From now on a share of all replies is spoiled, by chance from a seed. */
    public FakeVenue chaos(long seed, double share, Fault... faults) {
        chaos = new Chaos(seed, share, List.of(faults));
        return this;
    }

    /** All calls so far, WebSocket handshakes included, in order. */
    public List<FakeRequest> requests() {
        return List.copyOf(requests);
    }

    public List<FakeRequest> requests(String path) {
        return requests.stream().filter(request -> request.path().equals(path)).toList();
    }

    public int count(String path) {
        return requests(path).size();
    }

    /** All text messages that came over WebSocket, in order. */
    public List<String> streamMessages() {
        return List.copyOf(messages);
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private void run(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        return; // the other side went, or the venue closed
                    }
                },
                "fake-venue-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (!server.isClosed()) {
            Socket socket = server.accept();
            sockets.add(socket);
            run("talk", () -> {
                try (socket) {
                    socket.setTcpNoDelay(true);
                    talk(socket);
                } finally {
                    sockets.remove(socket);
                }
            });
        }
    }

    private void talk(Socket socket) throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        Optional<FakeRequest> asked = request(in);
        if (asked.isEmpty()) {
            return;
        }
        FakeRequest request = asked.get();
        requests.add(request);
        if (request.header("upgrade").filter("websocket"::equalsIgnoreCase).isPresent()
                && streams.containsKey(request.path())) {
            List<FakeStream> scripts = streams.get(request.path());
            int number = streamsOpened.merge(request.path(), 1, Integer::sum);
            FakeStream script = scripts.get(Math.min(number, scripts.size()) - 1);
            new FakeSocket(socket, in, messages::add, this::wait).play(request, script);
            return;
        }
        FakeReply.Handler handler = handlers.get(request.path());
        FakeReply reply = handler == null
                ? FakeReply.jsonError(404, "{\"msg\":\"no such path\"}")
                : chaos.spoil(handler.reply(request));
        answer(socket, in, reply);
    }

    private static Optional<FakeRequest> request(InputStream in) throws IOException {
        String[] head = line(in).split(" ", -1);
        if (head.length < 3) {
            return Optional.empty();
        }
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        int query = head[1].indexOf('?');
        return Optional.of(new FakeRequest(
                head[0],
                query < 0 ? head[1] : head[1].substring(0, query),
                query < 0 ? "" : head[1].substring(query + 1),
                Map.copyOf(headers),
                new String(body, StandardCharsets.UTF_8)));
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            out.write(c);
        }
        return out.toString(StandardCharsets.ISO_8859_1).strip();
    }

    private void answer(Socket socket, InputStream in, FakeReply reply) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + reply.status + " Said\r\n");
        reply.headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        if (reply.status != 304) {
            head.append("Content-Length: " + reply.body.length + "\r\n");
        }
        head.append("Connection: close\r\n\r\n");
        OutputStream out = socket.getOutputStream();
        out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        int first =
                reply.ending == FakeReply.Ending.WHOLE ? reply.body.length : Math.min(reply.after, reply.body.length);
        out.write(reply.body, 0, first);
        out.flush();
        switch (reply.ending) {
            case STALL -> wait(socket, in);
            case RESET -> socket.setSoLinger(true, 0);
            case DRIP -> drip(socket, in, reply);
            default -> {
                socket.shutdownOutput();
                // a close with unread bytes would reset what was sent
                in.transferTo(OutputStream.nullOutputStream());
            }
        }
    }

    private void drip(Socket socket, InputStream in, FakeReply reply) throws IOException {
        for (int at = reply.after; at < reply.body.length; at += reply.after) {
            tick.run();
            if (isGone(socket, in)) {
                return;
            }
            socket.getOutputStream().write(reply.body, at, Math.min(reply.after, reply.body.length - at));
            socket.getOutputStream().flush();
        }
    }

    /** Ticks until the other side goes. */
    private void wait(Socket socket, InputStream in) throws IOException {
        for (int i = 0; i < MOST_TICKS && !isGone(socket, in); i++) {
            tick.run();
        }
    }

    private static boolean isGone(Socket socket, InputStream in) throws IOException {
        socket.setSoTimeout(TICK_MILLIS);
        try {
            return in.read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } finally {
            socket.setSoTimeout(0);
        }
    }
}
