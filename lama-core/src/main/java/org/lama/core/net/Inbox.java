package org.lama.core.net;

import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What came over one connection and waits for the consumer. Never holds more than its capacity: the source is asked for
 * as many messages as there is room. Filled by the network's thread, emptied by the consumer's.
 */
final class Inbox implements StreamTransport.Receiver {
    private final NetClock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<StreamEvent> events = new ArrayDeque<>();
    private long aliveNanos;
    private @Nullable String ended;
    private boolean woken;

    Inbox(NetClock clock) {
        this.clock = clock;
        aliveNanos = clock.steadyNanos();
    }

    @Override
    public void text(String text) {
        put(new StreamEvent.Text(text, clock.nowNanos()));
    }

    @Override
    public void binary(byte[] bytes) {
        put(new StreamEvent.Binary(bytes, clock.nowNanos()));
    }

    private void put(StreamEvent event) {
        change(() -> events.add(event));
    }

    @Override
    public void alive() {
        change(() -> {});
    }

    @Override
    public void ended(String reason) {
        change(() -> ended = ended == null ? reason : ended);
    }

    private void change(Runnable what) {
        lock.lock();
        try {
            aliveNanos = clock.steadyNanos();
            what.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Wakes the consumer. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The oldest message, if there is one. While the consumer was busy the source could not show that it lives. */
    @Nullable
    StreamEvent poll() {
        lock.lock();
        try {
            StreamEvent event = events.poll();
            if (event != null) {
                aliveNanos = clock.steadyNanos();
            }
            return event;
        } finally {
            lock.unlock();
        }
    }

    /** Why nothing more comes, if so. */
    @Nullable
    String ended() {
        lock.lock();
        try {
            return events.isEmpty() ? ended : null;
        } finally {
            lock.unlock();
        }
    }

    /** When the other side last gave a sign of life, steady clock. */
    long aliveNanos() {
        lock.lock();
        try {
            return aliveNanos;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something comes or the time is over; may return early. */
    void await(long nanos) throws InterruptedException {
        lock.lock();
        try {
            if (events.isEmpty() && ended == null && !woken) {
                clock.await(changed, nanos);
            }
            woken = false;
        } finally {
            lock.unlock();
        }
    }
}
