package org.lama.models.garch;

import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.signal.ModelTool;
import org.lama.core.signal.ModelToolProvider;

/**
 * Offers the volatility tool. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
public final class GarchToolProvider implements ModelToolProvider {
    /** The provider. */
    public GarchToolProvider() {}

    @Override
    public List<ModelTool> offers() {
        return List.of(new GarchTool());
    }
}
