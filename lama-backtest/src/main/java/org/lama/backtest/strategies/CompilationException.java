package org.lama.backtest.strategies;

import java.io.IOException;
import java.util.List;
import org.lama.core.base.Api;

/**
 * A source file of a user does not compile. The message has several lines: for each error the file, line and column, what
 * is wrong, the line itself, and a mark below the place.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class CompilationException extends IOException {
    private static final long serialVersionUID = 1L;

    CompilationException(String file, List<String> lines) {
        super(file + " does not compile:\n" + String.join("\n", lines));
    }
}
