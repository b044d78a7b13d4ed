package org.lama.backtest.strategies;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.store.Checksums;

/**
 * Builds a strategy anew for each run, from parameters. Immutable; as thread-safe as the constructor it calls.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Blueprint {
    private static final String NOTEBOOK = "REPL.";

    private final String name;
    private final String description;
    private final String codeSha256;
    private final Function<Parameters, Strategy> maker;
    private final boolean repeatable;
    private final boolean sellsShort;

    private Blueprint(
            String name,
            String description,
            String codeSha256,
            Function<Parameters, Strategy> maker,
            boolean repeatable,
            boolean sellsShort) {
        this.name = name;
        this.description = description;
        this.codeSha256 = codeSha256;
        this.maker = maker;
        this.repeatable = repeatable;
        this.sellsShort = sellsShort;
    }

    /**
     * A blueprint from a constructor that takes parameters, such as {@code MyStrategy::new}.
     *
     * @param type the class of the strategy; its name and the checksum of its code stand in results
     * @param maker builds the strategy; asks for all its parameters
     * @return the blueprint
     */
    public static Blueprint of(Class<? extends Strategy> type, Function<Parameters, Strategy> maker) {
        return new Blueprint(nameOf(type), "", codeOf(type), maker, true, false);
    }

    /**
     * A blueprint that holds one finished strategy and gives it away once: an object keeps state, so a second run with it
     * would not begin anew.
     *
     * @param strategy decides; has not run before
     * @return the blueprint, without parameters
     */
    public static Blueprint ofObject(Strategy strategy) {
        Class<? extends Strategy> type = Check.notNull(strategy, "strategy").getClass();
        AtomicBoolean given = new AtomicBoolean();
        return new Blueprint(
                nameOf(type),
                "",
                codeOf(type),
                parameters -> {
                    Check.that(
                            !given.getAndSet(true),
                            "a strategy object serves one run; give its class and constructor, which make a new one for each");
                    return strategy;
                },
                false,
                false);
    }

    /** Classes of notebook cells lie in numbered shells of the interpreter, lambdas and anonymous classes have no name. */
    private static String nameOf(Class<?> type) {
        String simple = type.getSimpleName();
        if (simple.isEmpty() || type.isHidden() || type.isSynthetic()) {
            return "strategy";
        }
        return type.getName().startsWith(NOTEBOOK) ? simple : type.getName();
    }

    static Blueprint of(String name, String description, String codeSha256, Function<Parameters, Strategy> maker) {
        return new Blueprint(name, description, codeSha256, maker, true, false);
    }

    static Blueprint builtIn(
            String name, String description, Class<? extends Strategy> type, Function<Parameters, Strategy> maker) {
        return new Blueprint(name, description, codeOf(type), maker, true, false);
    }

    /** The same strategy, known to be no strategy at all where nothing can be sold short. */
    Blueprint sellingShort() {
        return new Blueprint(name, description, codeSha256, maker, repeatable, true);
    }

    /**
     * Whether the strategy is known to need short positions, so that it makes no sense where all instruments are spot.
     *
     * @return false for the strategies of users, of which nothing is known
     */
    public boolean sellsShort() {
        return sellsShort;
    }

    /**
     * What the strategy is called: a built-in name, a class name, or the name of a source file.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * What a built-in strategy does.
     *
     * @return one sentence; empty for the strategies of users
     */
    public String description() {
        return description;
    }

    /**
     * Checksum of the code: of the source file, the jar, or the class file.
     *
     * @return SHA-256 in hexadecimal digits; of nothing where the class file cannot be found
     */
    public String codeSha256() {
        return codeSha256;
    }

    /**
     * Whether every run gets a new strategy.
     *
     * @return false for a single object
     */
    public boolean isRepeatable() {
        return repeatable;
    }

    /**
     * The names of all parameters with the values in force.
     *
     * @param values given ones by name; empty for the defaults
     * @return in the order in which the strategy asks for them
     * @throws IllegalArgumentException if one is unknown or out of range
     */
    public Map<String, String> effective(Map<String, String> values) {
        Parameters parameters = Parameters.of(values);
        if (repeatable) {
            make(parameters);
        } else {
            parameters.requireAllAsked(name);
        }
        return parameters.effective();
    }

    /**
     * A new strategy for one run.
     *
     * @param values parameters by name; those that are missing have their defaults
     * @return the strategy
     * @throws IllegalArgumentException if one is unknown, naming the nearest, or out of range
     */
    public Strategy create(Map<String, String> values) {
        return make(Parameters.of(values));
    }

    private Strategy make(Parameters parameters) {
        Strategy strategy = Check.notNull(maker.apply(parameters), "strategy");
        parameters.requireAllAsked(name);
        return strategy;
    }

    private static String codeOf(Class<?> type) {
        String file = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
        try (InputStream in = type.getResourceAsStream(file)) {
            return Checksums.sha256(in == null ? new byte[0] : in.readAllBytes());
        } catch (IOException unreadable) {
            return Checksums.sha256(new byte[0]);
        }
    }
}
