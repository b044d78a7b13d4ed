package org.lama.core.net;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

/**
 * A stream of messages that stays alive: a silent connection is given up, connections are made again with jittered
 * back-off, subscriptions are sent again after each of them and never faster than allowed, and a slow consumer makes the
 * source wait instead of filling the memory. It has no thread of its own: all of this happens in {@link #next}, which one
 * consumer calls in a loop. {@link #subscribe} and {@link #close} may be called by any thread.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class MessageStream implements AutoCloseable {
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final StreamTransport transport;
    private final HttpCall call;
    private final StreamSettings settings;
    private final NetClock clock;
    private final Rng jitter;
    private final Set<String> subscriptions = new LinkedHashSet<>();
    private final ArrayDeque<String> outgoing = new ArrayDeque<>();
    private final ArrayDeque<StreamEvent> own = new ArrayDeque<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile StreamTransport.@Nullable Connection connection;
    private volatile Inbox inbox;
    private volatile int connections;
    private int failures;
    private long openedNanos;
    private long connectAtNanos;
    private long sendAtNanos;
    private long pingedNanos;

    private MessageStream(
            StreamTransport transport, HttpCall call, StreamSettings settings, NetClock clock, long seed) {
        this.transport = transport;
        this.call = call;
        this.settings = settings;
        this.clock = clock;
        jitter = Seeds.rng(seed, 1);
        inbox = new Inbox(clock);
        connectAtNanos = clock.steadyNanos();
        sendAtNanos = connectAtNanos;
    }

    /**
     * Prepares a stream; the connection is made by the first {@link #next}.
     *
     * @param transport makes connections
     * @param call path and query, a GET
     * @param settings how it behaves
     * @param clock time and waiting
     * @param seed of the jitter
     * @return the stream
     */
    public static MessageStream over(
            StreamTransport transport, HttpCall call, StreamSettings settings, NetClock clock, long seed) {
        Check.that(call.method().equals("GET"), "a stream must begin with a GET, got " + call.method());
        return new MessageStream(transport, call, settings, clock, seed);
    }

    /**
     * Sends a message now, or as soon as a connection and the limit allow, and again after every reconnection. A message
     * that was given before is not sent twice.
     *
     * @param message for example a subscription in JSON; must hold no secret
     */
    public void subscribe(String message) {
        synchronized (outgoing) {
            if (subscriptions.add(Check.notBlank(message, "message"))) {
                outgoing.add(message);
            }
        }
        inbox.wake();
    }

    /**
     * Forgets a subscription and sends the message that ends it.
     *
     * @param message the subscription
     * @param ending the message that ends it
     */
    public void unsubscribe(String message, String ending) {
        synchronized (outgoing) {
            if (subscriptions.remove(message) && !outgoing.remove(message)) {
                outgoing.add(ending);
            }
        }
        inbox.wake();
    }

    /**
     * Number of connections made so far.
     *
     * @return at least 0
     */
    public int connections() {
        return connections;
    }

    /**
     * Waits for the next event.
     *
     * @param patience the longest wait
     * @return the event; empty if nothing came in that time or the stream is closed
     * @throws NetException if no further connection makes sense: the source bans us, did not prove who it is, or says that
     *     the path is wrong
     */
    public Optional<StreamEvent> next(Duration patience) throws NetException {
        long end = clock.steadyNanos() + patience.toNanos();
        try {
            while (!closed.get()) {
                StreamEvent event = step();
                if (event != null) {
                    return Optional.of(event);
                }
                long now = clock.steadyNanos();
                if (now >= end) {
                    return Optional.empty();
                }
                long until = Math.min(end, nextDutyNanos());
                if (until > now) {
                    inbox.await(until - now);
                }
            }
            drop();
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NetException(
                    NetException.Reason.INTERRUPTED,
                    call.shown(transport.base()),
                    "the thread was interrupted; run it again",
                    0,
                    0,
                    e);
        }
    }

    /** Does what is due and returns what there is to tell. */
    private @Nullable StreamEvent step() throws NetException {
        if (!own.isEmpty()) {
            return own.poll();
        }
        long now = clock.steadyNanos();
        StreamTransport.Connection open = connection;
        if (open == null) {
            if (now >= connectAtNanos) {
                connect();
            }
            return own.poll();
        }
        StreamEvent event = inbox.poll();
        if (event != null) {
            open.request(1);
            return event;
        }
        String ended = inbox.ended();
        long silence = now - inbox.aliveNanos();
        if (ended != null) {
            lose(ended);
        } else if (silence >= settings.heartbeat().toNanos()) {
            lose("silent for " + settings.heartbeat().toMillis() + " ms");
        } else {
            keepUp(open, now, silence);
        }
        return own.poll();
    }

    private void connect() throws NetException {
        Inbox fresh = new Inbox(clock);
        try {
            StreamTransport.Connection made = transport.connect(call, fresh);
            inbox = fresh;
            connection = made;
            int number = connections + 1;
            connections = number;
            openedNanos = clock.steadyNanos();
            pingedNanos = fresh.aliveNanos();
            synchronized (outgoing) {
                outgoing.clear();
                outgoing.addAll(subscriptions);
            }
            own.add(new StreamEvent.Opened(connections, clock.nowNanos()));
            made.request(settings.queueMessages());
        } catch (NetException e) {
            if (!e.reason().isPassing()) {
                throw e;
            }
            own.add(new StreamEvent.Lost(String.valueOf(e.getMessage()), clock.nowNanos()));
            failures++;
            long wait = settings.reconnect().delayNanos(failures, jitter);
            if (e.retryAtNanos().isPresent()) {
                long asked = Math.max(0, e.retryAtNanos().getAsLong() - clock.nowNanos());
                wait = Math.min(asked, settings.reconnect().longestRetryAfter().toNanos());
            }
            connectAtNanos = clock.steadyNanos() + wait;
        }
    }

    private void lose(String reason) {
        long now = clock.steadyNanos();
        drop();
        failures = now - openedNanos >= settings.stableAfter().toNanos() ? 1 : failures + 1;
        connectAtNanos = now + settings.reconnect().delayNanos(failures, jitter);
        own.add(new StreamEvent.Lost(reason, clock.nowNanos()));
    }

    private void drop() {
        StreamTransport.Connection open = connection;
        connection = null;
        if (open != null) {
            inbox = new Inbox(clock); // what the old connection still says reaches nobody
            open.abort();
        }
    }

    /** Sends what waits, if the limit allows, and asks a silent source for a sign of life. */
    private void keepUp(StreamTransport.Connection open, long now, long silence) {
        try {
            if (now >= sendAtNanos) {
                String message;
                synchronized (outgoing) {
                    message = outgoing.poll();
                }
                if (message != null) {
                    sendAtNanos = now + SECOND_NANOS / settings.sendsPerSecond();
                    open.send(message);
                }
            }
            if (!isPinged() && silence >= settings.heartbeat().toNanos() / 2) {
                pingedNanos = now;
                open.ping();
            }
        } catch (NetException e) {
            lose(String.valueOf(e.getMessage()));
        }
    }

    /** Whether a sign of life was asked for and did not come yet. */
    private boolean isPinged() {
        return pingedNanos > inbox.aliveNanos();
    }

    /** When something must be done even if nothing comes. */
    private long nextDutyNanos() {
        if (connection == null) {
            return connectAtNanos;
        }
        long beat = settings.heartbeat().toNanos();
        long duty = inbox.aliveNanos() + (isPinged() ? beat : beat / 2);
        synchronized (outgoing) {
            return outgoing.isEmpty() ? duty : Math.min(duty, sendAtNanos);
        }
    }

    /** Says good-bye; a consumer that waits in {@link #next} gets nothing more. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            StreamTransport.Connection open = connection;
            if (open != null) {
                open.close();
            }
            inbox.wake();
        }
    }
}
