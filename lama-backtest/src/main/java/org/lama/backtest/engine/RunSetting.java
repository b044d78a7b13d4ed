package org.lama.backtest.engine;

/** What all desks of a run share. */
record RunSetting(
        MarketTape tape,
        MarketCursor cursor,
        Prices prices,
        VolumeShare share,
        Ticker ticker,
        Agenda agenda,
        EngineSettings settings,
        EngineObserver observer) {}
