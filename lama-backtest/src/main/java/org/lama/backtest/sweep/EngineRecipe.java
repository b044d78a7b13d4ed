package org.lama.backtest.sweep;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.engine.EngineSettings;
import org.lama.backtest.engine.Market;
import org.lama.backtest.sizing.AllocationSettings;
import org.lama.backtest.sizing.Allocations;
import org.lama.backtest.sizing.Rebalancing;
import org.lama.backtest.strategies.SizedStrategy;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.store.Checksums;

/**
 * What {@link EngineTrials} are made of, so that any process with LAMA on its class path can make equal ones: the strategy by
 * name or with its code, the market, the settings. As bytes it carries a SHA-256; a far process refuses bytes that changed
 * on the way, and a strategy whose code has another checksum there than here.
 *
 * <p>Source files and jars of users travel as a whole and are compiled or loaded on the far side, with the rights of that
 * process; a source file needs a JDK there. Immutable and thread-safe; the bytes take about 8 per value of the market.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class EngineRecipe {
    static final String WORKER = "engine-trials";
    private static final String FORMAT = "lama-engine-recipe-1";

    private final StrategyCode code;
    private final Map<String, String> parameters;
    private final Market market;
    private final EngineSettings settings;
    private final SweepMetric metric;
    private final String rule;
    private final Optional<Sizing> sizing;
    private final String text;
    private byte @Nullable [] bytes;

    /**
     * Sizes that are not the strategy's own.
     *
     * @param mode name of an allocation
     * @param settings of the allocation
     * @param windowBars bars of returns that it sees, at least 2
     * @param rebalancing calendar and band; empty for new weights whenever the strategy asks
     */
    public record Sizing(String mode, AllocationSettings settings, int windowBars, Optional<Rebalancing> rebalancing) {}

    private EngineRecipe(Builder from) {
        code = from.code;
        parameters = new LinkedHashMap<>(from.parameters);
        market = from.market;
        settings = from.settings;
        metric = from.metric;
        rule = from.rule;
        sizing = from.sizing;
        text = from.text.isEmpty() ? code.what() + " " + code.sha256() + " " + parameters + " " + settings : from.text;
    }

    /**
     * A recipe to which more can be added.
     *
     * @param strategy built-in name, class name, or path of a source file
     * @param jar where the class lies; empty for the class path, which must then be that of the far side as well
     * @param market what the strategy trades
     * @param settings capital, costs, limits; the cost model must be one of LAMA's
     * @return a builder
     * @throws IOException if a file cannot be read or does not compile
     */
    public static Builder builder(String strategy, Optional<Path> jar, Market market, EngineSettings settings)
            throws IOException {
        return new Builder(StrategyCode.find(strategy, jar), market, settings);
    }

    /**
     * The trials, which travel to an executor that needs it.
     *
     * @return new ones, with the fast path of the rule if there is one and the settings allow it
     */
    public EngineTrials trials() {
        return EngineTrials.of(market, this::strategy, settings, metric, text)
                .withRule(rule)
                .withPortable(new TrialFunction.Portable(WORKER, this::toBytes));
    }

    private Strategy strategy(Map<String, String> chosen) {
        Map<String, String> all = new LinkedHashMap<>(parameters);
        all.putAll(chosen);
        Strategy own = code.blueprint().create(all);
        return sizing.map(each -> SizedStrategy.of(
                        own, Allocations.named(each.mode(), each.settings()), each.windowBars(), each.rebalancing()))
                .orElse(own);
    }

    /**
     * The recipe as bytes.
     *
     * @return the same array each time, not to be changed
     * @throws IllegalArgumentException if the settings hold something that is not LAMA's, such as another cost model
     */
    public synchronized byte[] toBytes() {
        if (bytes == null) {
            bytes = written();
        }
        return bytes;
    }

    private byte[] written() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(body);
                DataOutputStream head = new DataOutputStream(whole)) {
            code.write(out);
            out.writeInt(parameters.size());
            for (Map.Entry<String, String> each : parameters.entrySet()) {
                RecordBytes.text(out, each.getKey());
                RecordBytes.text(out, each.getValue());
            }
            RecordBytes.write(out, settings);
            RecordBytes.text(out, metric.key());
            RecordBytes.text(out, rule);
            RecordBytes.write(out, sizing);
            RecordBytes.text(out, text);
            MarketBytes.write(out, market);
            RecordBytes.text(head, FORMAT);
            RecordBytes.text(head, Checksums.sha256(body.toByteArray()));
            body.writeTo(head);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return whole.toByteArray();
    }

    /**
     * Reads a recipe.
     *
     * @param bytes of {@link #toBytes()}
     * @return an equal recipe
     * @throws IOException if they are damaged, naming both checksums, or the strategy is another one here
     */
    public static EngineRecipe fromBytes(byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            byte[] format = RecordBytes.bytes(in, Math.min(in.readInt(), FORMAT.length()));
            if (!FORMAT.equals(new String(format, StandardCharsets.UTF_8))) {
                throw new IOException("the bytes are no " + FORMAT);
            }
            String expected = RecordBytes.text(in);
            byte[] body = in.readAllBytes();
            String found = Checksums.sha256(body);
            if (!found.equals(expected)) {
                throw new IOException(
                        "the recipe was damaged on its way: checksum " + found + ", expected " + expected);
            }
            return read(new DataInputStream(new ByteArrayInputStream(body)));
        }
    }

    private static EngineRecipe read(DataInputStream in) throws IOException {
        StrategyCode code = StrategyCode.read(in);
        Map<String, String> parameters = new LinkedHashMap<>();
        int count = in.readInt();
        for (int k = 0; k < count; k++) {
            String name = RecordBytes.text(in);
            parameters.put(name, RecordBytes.text(in));
        }
        EngineSettings settings = RecordBytes.read(in, EngineSettings.class);
        SweepMetric metric = SweepMetric.named(RecordBytes.text(in));
        String rule = RecordBytes.text(in);
        Optional<?> sizing = RecordBytes.read(in, Optional.class);
        String text = RecordBytes.text(in);
        Builder builder = new Builder(code, MarketBytes.read(in), settings)
                .parameters(parameters)
                .metric(metric)
                .rule(rule)
                .text(text);
        sizing.ifPresent(each -> builder.sizing((Sizing) each));
        return builder.build();
    }

    /** Collects what has a default; not thread-safe. */
    public static final class Builder {
        private final StrategyCode code;
        private final Market market;
        private final EngineSettings settings;
        private Map<String, String> parameters = Map.of();
        private SweepMetric metric = SweepMetric.SHARPE;
        private String rule = "";
        private Optional<Sizing> sizing = Optional.empty();
        private String text = "";

        private Builder(StrategyCode code, Market market, EngineSettings settings) {
            this.code = code;
            this.market = Check.notNull(market, "market");
            this.settings = Check.notNull(settings, "settings");
        }

        /**
         * Parameters that all trials share; those of a trial come on top.
         *
         * @param values texts by name; none by default
         * @return this
         */
        public Builder parameters(Map<String, String> values) {
            parameters = values;
            return this;
        }

        /**
         * What ranks trials.
         *
         * @param value annualised Sharpe ratio by default
         * @return this
         */
        public Builder metric(SweepMetric value) {
            metric = Check.notNull(value, "metric");
            return this;
        }

        /**
         * The rule of window sums that the strategy is, for the fast path.
         *
         * @param name as in {@link EngineTrials#withRule}; empty, the default, for the engine alone
         * @return this
         */
        public Builder rule(String name) {
            rule = Check.notNull(name, "rule");
            return this;
        }

        /**
         * Other sizes than the strategy's own.
         *
         * @param value none by default
         * @return this
         */
        public Builder sizing(Sizing value) {
            sizing = Optional.of(value);
            return this;
        }

        /**
         * Names strategy, code and settings, for the checksum of the sweep.
         *
         * @param value by default made of them
         * @return this
         */
        public Builder text(String value) {
            text = Check.notNull(value, "text");
            return this;
        }

        /**
         * The recipe.
         *
         * @return all that was collected
         */
        public EngineRecipe build() {
            return new EngineRecipe(this);
        }
    }
}
