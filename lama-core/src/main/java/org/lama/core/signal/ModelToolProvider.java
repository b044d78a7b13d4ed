package org.lama.core.signal;

import java.util.List;
import org.lama.core.base.Api;

/**
 * Offers model tools of a module through {@link java.util.ServiceLoader}; users choose one by its explicit name.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public interface ModelToolProvider {
    /**
     * Everything this provider offers, with default settings.
     *
     * @return at least one; names are unique over all providers
     */
    List<ModelTool> offers();
}
