package org.lama.models.regime;

import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.signal.RegimeDetector;
import org.lama.core.signal.RegimeProvider;

/**
 * Offers the regime detector with default settings to {@link java.util.ServiceLoader}.
 *
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
public final class StandardRegimes implements RegimeProvider {
    /** Called by the service loader. */
    public StandardRegimes() {}

    @Override
    public List<RegimeDetector> offers() {
        return List.of(new FourRegimes(FourRegimeSettings.defaults()));
    }
}
