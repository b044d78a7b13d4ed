package org.lama.backtest.sweep.internal;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.sweep.ClusterExecutor;
import org.lama.backtest.sweep.ClusterSettings;
import org.lama.core.base.Check;
import org.lama.core.search.PortableTask;
import org.lama.core.search.RemoteTaskException;
import org.lama.core.search.TaskWorker;
import scala.Function1;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;
import scala.concurrent.Await;
import scala.concurrent.duration.Duration;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;

/**
 * Runs tasks as one Spark job per call, one partition per chunk of consecutive indices. Failures of tasks are results of
 * partitions, so Spark repeats only what it lost itself, such as the partitions of a process that died.
 */
final class SparkTaskExecutor implements ClusterExecutor {
    private static final int CHUNKS_PER_SLOT = 4;
    private static final String LOOPBACK = "127.0.0.1";

    private final JavaSparkContext context;
    private final OwnJars jars;
    private final int chunk;
    private final AtomicBoolean closed = new AtomicBoolean();
    private @Nullable SparkParcel packed;
    private @Nullable Broadcast<SparkParcel> sent;
    /** Tasks of a call that was given up may still read what was sent; it goes when the application ends. */
    private boolean givenUp;

    private SparkTaskExecutor(JavaSparkContext context, OwnJars jars, int chunk) {
        this.context = context;
        this.jars = jars;
        this.chunk = chunk;
    }

    static SparkTaskExecutor start(ClusterSettings settings) throws IOException {
        requireOpenModules();
        OwnJars jars = OwnJars.of(TaskWorker.class, ClusterSettings.class);
        try {
            SparkConf conf = conf(settings);
            if (!settings.master().startsWith("local[") && !settings.master().equals("local")) {
                conf.setJars(jars.with(settings.jars()));
            }
            return new SparkTaskExecutor(new JavaSparkContext(new SparkContext(conf)), jars, settings.chunk());
        } catch (Exception | ExceptionInInitializerError failed) {
            // Spark is Scala: its checked exceptions come undeclared
            jars.close();
            String reason = failed.toString().lines().findFirst().orElse("");
            throw new IOException("Spark does not start on " + settings.master() + ": " + reason, failed);
        }
    }

    private static SparkConf conf(ClusterSettings settings) {
        SparkConf conf = new SparkConf()
                .setMaster(settings.master())
                .setIfMissing("spark.app.name", "lama")
                .setIfMissing("spark.ui.enabled", "false")
                .setIfMissing("spark.log.level", "ERROR");
        if (settings.master().startsWith("local")) {
            conf.setIfMissing("spark.driver.host", LOOPBACK).setIfMissing("spark.driver.bindAddress", LOOPBACK);
        }
        settings.options().forEach(conf::set);
        return conf;
    }

    /** Spark looks into the JDK; without these it fails later and says less. */
    private static void requireOpenModules() throws IOException {
        Module base = Object.class.getModule();
        Module spark = SparkContext.class.getModule();
        if (!base.isOpen("sun.nio.ch", spark) || !base.isOpen("java.nio", spark)) {
            throw new IOException("Spark needs the JDK opened: start Java with the --add-opens of docs/sweeps-spark.md,"
                    + " or through spark-submit");
        }
    }

    @Override
    public <T> List<T> map(int count, Task<T> task, Progress progress) {
        Check.atLeast(count, 0, "count");
        if (!(task instanceof PortableTask<T> portable)) {
            throw new IllegalArgumentException("the task must be able to travel to another process, got "
                    + task.getClass().getName()
                    + "; sweeps do with an EngineRecipe, other tasks as PortableTask, and threads run any task");
        }
        return count == 0 ? List.of() : run(count, portable, progress);
    }

    private synchronized <T> List<T> run(int count, PortableTask<T> task, Progress progress) {
        Check.that(!closed.get(), "the executor must be open, but was closed");
        RemoteSlots<T> slots = new RemoteSlots<>(task, count, chunkSize(count), progress);
        Optional<SimpleFutureAction<BoxedUnit>> job = Optional.empty();
        boolean whole = false;
        try {
            job = Optional.of(submit(slots, parcel(task)));
            Await.ready(job.get(), Duration.Inf());
            if (!slots.hasFailed()) {
                requireDone(job.get());
                whole = true;
            }
        } catch (InterruptedException interrupted) {
            job.ifPresent(SimpleFutureAction::cancel);
            Thread.currentThread().interrupt();
            throw new CancellationException("the calling thread was interrupted; the tasks were given up");
        } catch (TimeoutException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            givenUp |= !whole;
        }
        return slots.results();
    }

    private <T> SimpleFutureAction<BoxedUnit> submit(RemoteSlots<T> slots, Broadcast<SparkParcel> parcel) {
        List<byte[]> inputs = new ArrayList<>();
        List<Object> partitions = new ArrayList<>();
        for (int c = 0; c < slots.chunks(); c++) {
            inputs.add(slots.inputs(c));
            partitions.add(c);
        }
        CompletableFuture<SimpleFutureAction<BoxedUnit>> started = new CompletableFuture<>();
        SimpleFutureAction<BoxedUnit> job = context.sc()
                .submitJob(
                        context.parallelize(inputs, inputs.size()).rdd(),
                        (Function1<Iterator<byte[]>, byte[]> & Serializable)
                                chunks -> parcel.value().run(chunks.next()),
                        sequence(partitions),
                        (number, answer) -> {
                            if (slots.accept((Integer) number, answer)) {
                                CompletableFuture<Void> unused = started.thenAccept(SimpleFutureAction::cancel);
                            }
                            return BoxedUnit.UNIT;
                        },
                        () -> BoxedUnit.UNIT);
        started.complete(job);
        return job;
    }

    private int chunkSize(int count) {
        int chunks = CHUNKS_PER_SLOT * Math.max(1, context.defaultParallelism());
        return chunk > 0 ? chunk : (count + chunks - 1) / chunks;
    }

    private static Seq<Object> sequence(List<Object> values) {
        return CollectionConverters.asScala(values).toSeq();
    }

    /** A family that was sent before is not sent again. */
    private Broadcast<SparkParcel> parcel(PortableTask<?> task) {
        byte[] shared = task.shared();
        Broadcast<SparkParcel> known = sent;
        if (known != null) {
            if (packed != null && packed.holds(task.worker(), shared)) {
                return known;
            }
            sent = null;
            if (!givenUp) {
                known.destroy();
            }
        }
        givenUp = false;
        packed = new SparkParcel(task.worker(), shared);
        Broadcast<SparkParcel> fresh = context.broadcast(packed);
        sent = fresh;
        return fresh;
    }

    private static void requireDone(SimpleFutureAction<BoxedUnit> job) {
        if (job.value().get().isFailure()) {
            Throwable cause = job.value().get().failed().get();
            RemoteTaskException failed = new RemoteTaskException(
                    "Spark gave the tasks up: " + cause.getMessage(),
                    cause.getClass().getName(),
                    "");
            failed.initCause(cause);
            throw failed;
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            context.stop();
            jars.close();
        }
    }
}
