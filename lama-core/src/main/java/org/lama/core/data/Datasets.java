package org.lama.core.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import org.lama.core.base.Api;
import org.lama.core.base.Named;

/**
 * Finds data sets on the class path by explicit name. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Datasets {
    private Datasets() {}

    /**
     * All data sets found.
     *
     * @return in alphabetical order
     */
    public static List<DatasetProvider> all() {
        List<DatasetProvider> found = new ArrayList<>();
        ServiceLoader.load(DatasetProvider.class, DatasetProvider.class.getClassLoader())
                .forEach(found::add);
        found.sort(Comparator.comparing(Named::name));
        return List.copyOf(found);
    }

    /**
     * The data set with a given name.
     *
     * @param name the wanted name
     * @return the data set
     * @throws IllegalArgumentException if there is none, listing what was found
     */
    public static DatasetProvider named(String name) {
        List<DatasetProvider> found = all();
        return found.stream()
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no data set is called '" + name + "'; found: "
                        + found.stream().map(Named::name).toList()));
    }
}
