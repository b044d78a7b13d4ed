package org.lama.core.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A body as a stream that does not wait for ever: silence, or a trickle of bytes, ends it. Takes one portion from the
 * network at a time. One reader.
 */
final class TimedBody extends InputStream implements HttpResponse.BodySubscriber<TimedBody> {
    private final TransportSettings settings;
    private final NetClock clock;
    private final String shown;
    private final Redactor redactor;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final ArrayDeque<ByteBuffer> portions = new ArrayDeque<>();
    private Flow.@Nullable Subscription subscription;
    private @Nullable Throwable failure;
    private boolean complete;
    private boolean closed;
    private long lastNanos;
    private long windowNanos;
    private long windowBytes;
    private long bytes;

    TimedBody(TransportSettings settings, NetClock clock, String shown, Redactor redactor) {
        this.settings = settings;
        this.clock = clock;
        this.shown = shown;
        this.redactor = redactor;
        lastNanos = clock.steadyNanos();
        windowNanos = lastNanos;
    }

    @Override
    public CompletionStage<TimedBody> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        signal(() -> subscription = newSubscription);
        newSubscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        signal(() -> {
            lastNanos = clock.steadyNanos();
            for (ByteBuffer buffer : buffers) {
                windowBytes += buffer.remaining();
                bytes += buffer.remaining();
                portions.add(buffer);
            }
        });
    }

    @Override
    public void onError(Throwable problem) {
        signal(() -> failure = problem);
    }

    @Override
    public void onComplete() {
        signal(() -> complete = true);
    }

    private void signal(Runnable change) {
        lock.lock();
        try {
            change.run();
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        lock.lock();
        try {
            while (true) {
                ByteBuffer first = portions.peek();
                if (first == null) {
                    if (!waitForMore()) {
                        return -1;
                    }
                } else if (first.hasRemaining()) {
                    int taken = Math.min(length, first.remaining());
                    first.get(into, offset, taken);
                    return taken;
                } else {
                    portions.remove();
                    if (portions.isEmpty()) {
                        requestMore();
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cancel();
            throw new NetException(
                    NetException.Reason.INTERRUPTED, shown, "the thread was interrupted; run it again", 0, 0, e);
        } finally {
            lock.unlock();
        }
    }

    /** The time that the reader spent elsewhere is not the sender's. */
    private void requestMore() {
        long now = clock.steadyNanos();
        windowNanos += now - lastNanos;
        lastNanos = now;
        if (subscription != null) {
            subscription.request(1);
        }
    }

    private boolean waitForMore() throws InterruptedException, NetException {
        if (closed) {
            throw new NetException(NetException.Reason.BROKEN, shown, "the body was closed", "open it again");
        }
        Throwable problem = failure;
        if (problem != null) {
            throw new NetException(
                    NetException.Reason.BROKEN,
                    shown,
                    "the connection broke after " + bytes + " bytes of the body; fetch it again",
                    0,
                    0,
                    redactor.cause(problem));
        }
        if (complete) {
            return false;
        }
        long now = clock.steadyNanos();
        long left = settings.idleTimeout().toNanos() - (now - lastNanos);
        if (left <= 0) {
            cancel();
            throw new NetException(
                    NetException.Reason.STALLED,
                    shown,
                    "no byte for " + settings.idleTimeout().toSeconds() + " s after " + bytes + " bytes",
                    "try again later");
        }
        judgeSpeed(now);
        clock.await(arrived, left);
        return true;
    }

    private void judgeSpeed(long now) throws NetException {
        if (now - windowNanos < settings.slowWindow().toNanos()) {
            return;
        }
        double seconds = (now - windowNanos) * 1e-9;
        if (windowBytes < seconds * settings.fewestBytesPerSecond()) {
            cancel();
            throw new NetException(
                    NetException.Reason.STALLED,
                    shown,
                    windowBytes + " bytes in " + Math.round(seconds) + " s, fewer than "
                            + settings.fewestBytesPerSecond() + " per second",
                    "try again later");
        }
        windowNanos = now;
        windowBytes = 0;
    }

    private void cancel() {
        closed = true;
        portions.clear();
        if (subscription != null) {
            subscription.cancel();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            cancel();
        } finally {
            lock.unlock();
        }
    }
}
