package org.lama.backtest.strategies;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
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
    private final String name;
    private final String description;
    private final String codeSha256;
    private final Function<Parameters, Strategy> maker;

    private Blueprint(String name, String description, String codeSha256, Function<Parameters, Strategy> maker) {
        this.name = name;
        this.description = description;
        this.codeSha256 = codeSha256;
        this.maker = maker;
    }

    /**
     * A blueprint from a constructor that takes parameters, such as {@code MyStrategy::new}.
     *
     * @param type the class of the strategy; its name and the checksum of its code stand in results
     * @param maker builds the strategy; asks for all its parameters
     * @return the blueprint
     */
    public static Blueprint of(Class<? extends Strategy> type, Function<Parameters, Strategy> maker) {
        return new Blueprint(type.getName(), "", codeOf(type), maker);
    }

    static Blueprint of(String name, String description, String codeSha256, Function<Parameters, Strategy> maker) {
        return new Blueprint(name, description, codeSha256, maker);
    }

    static Blueprint builtIn(
            String name, String description, Class<? extends Strategy> type, Function<Parameters, Strategy> maker) {
        return new Blueprint(name, description, codeOf(type), maker);
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
     * The names of all parameters with the values in force.
     *
     * @param values given ones by name; empty for the defaults
     * @return in the order in which the strategy asks for them
     * @throws IllegalArgumentException if one is unknown or out of range
     */
    public Map<String, String> effective(Map<String, String> values) {
        Parameters parameters = Parameters.of(values);
        make(parameters);
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
