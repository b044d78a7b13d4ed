package org.lama.core.signal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.lama.core.base.Api;
import org.lama.core.base.Named;
import org.lama.core.base.Suggestion;

/**
 * Finds models, combiners, regime detectors and model tools on the class path by explicit name.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Providers {
    private Providers() {}

    /**
     * All signal models found, by name.
     *
     * @return models in alphabetical order
     */
    public static List<SignalModel> models() {
        return all(ModelProvider.class, ModelProvider::offers);
    }

    /**
     * All combiners found, by name.
     *
     * @return combiners in alphabetical order
     */
    public static List<Combiner> combiners() {
        return all(CombinerProvider.class, CombinerProvider::offers);
    }

    /**
     * All regime detectors found, by name.
     *
     * @return detectors in alphabetical order
     */
    public static List<RegimeDetector> regimes() {
        return all(RegimeProvider.class, RegimeProvider::offers);
    }

    /**
     * All model tools found, by name.
     *
     * @return tools in alphabetical order
     */
    public static List<ModelTool> tools() {
        return all(ModelToolProvider.class, ModelToolProvider::offers);
    }

    /**
     * The one with a given name.
     *
     * @param <T> type of the thing
     * @param offers what was found
     * @param name the wanted name
     * @param kind what it is, in the message
     * @return the thing
     * @throws IllegalArgumentException if there is none, listing what was found
     */
    public static <T extends Named> T named(List<T> offers, String name, String kind) {
        return offers.stream()
                .filter(offer -> offer.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(unknown(kind, name, offers)));
    }

    private static String unknown(String kind, String name, List<? extends Named> offers) {
        List<String> names = offers.stream().map(Named::name).toList();
        return "no " + kind + " is called '" + name + "'; found: " + names + Suggestion.alike(name, names);
    }

    private static <P, T extends Named> List<T> all(Class<P> type, Function<P, List<T>> offers) {
        List<T> found = new ArrayList<>();
        ServiceLoader.load(type, type.getClassLoader()).forEach(provider -> found.addAll(offers.apply(provider)));
        found.sort(Comparator.comparing(Named::name));
        return List.copyOf(found);
    }
}
