package org.lama.backtest.api;

import java.nio.file.Path;
import org.lama.core.base.Api;

/**
 * What runs here: the one place that reads system properties.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Versions {
    private static final String DEVELOPMENT = "0.1.0-SNAPSHOT";

    private Versions() {}

    /**
     * The version of LAMA.
     *
     * @return the jar's version, or the development version when run from classes
     */
    public static String lama() {
        String version = Versions.class.getPackage().getImplementationVersion();
        return version == null ? DEVELOPMENT : version;
    }

    /**
     * The Java runtime, as far as it can change the last bits of a result.
     *
     * @return for example {@code 17.0.15+6 Debian amd64}
     */
    public static String java() {
        return Runtime.version() + " " + System.getProperty("java.vendor") + " " + System.getProperty("os.arch");
    }

    /**
     * The folder of the checkout, as the launcher tells it.
     *
     * @return the folder, or the working directory without a launcher
     */
    public static Path home() {
        return Path.of(System.getProperty("lama.home", "")).toAbsolutePath().normalize();
    }
}
