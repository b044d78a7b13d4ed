package org.lama.backtest.sweep;

import org.lama.core.search.ParameterSet;

/** One evaluation that a sweep asks for, with the arguments of {@link TrialFunction#run}. */
record TrialCase(ParameterSet parameters, long step, boolean wantsReturns) {}
