"""One SMA crossover over 1 M minute bars and a monthly momentum rotation over 100 assets, in other people's engines.

    bench_engine.py FOLDER --lib vectorbt|backtesting|backtrader|bt --task sma-cross|rotation [--bars N] [--reps N]

FOLDER holds minute_1m.parquet and daily100.parquet of the peers' data. Prints one JSON line per task: the same fields as
PeerTask. The first call is warm-up and not counted (numba compiles), unless it is
the only one (--reps 0).
"""
import argparse
import json
import os
import statistics
import sys
import time

import numpy as np
import pandas as pd

FAST, SLOW, FEE, SLIP, CASH = 600, 3600, 0.001, 0.0005, 1_000_000.0
LOOK, TOP, EVERY = 90, 10, 30


def minutes(folder, bars):
    data = pd.read_parquet(os.path.join(folder, "minute_1m.parquet")).iloc[:bars].reset_index(drop=True)
    data["ts"] = pd.to_datetime(data.time_ms, unit="ms")
    return data


def panel(folder):
    data = pd.read_parquet(os.path.join(folder, "daily100.parquet"))
    data["ts"] = pd.to_datetime(data.time_ms, unit="ms")
    return (data.pivot(index="ts", columns="asset", values=name) for name in ("open", "close"))


def weights(close):
    """Every 30 bars the ten best of the last 90, equally; executed at the next open."""
    values, chosen = close.values, {}
    for t in range(LOOK, len(values) - 1, EVERY):
        top = np.argsort(-(values[t] / values[t - LOOK] - 1), kind="stable")[:TOP]
        w = np.zeros(values.shape[1])
        w[top] = 1.0 / TOP
        chosen[t] = w
    return chosen


def sma_vectorbt(data):
    import vectorbt as vbt
    signal = vbt.MA.run(data.close, FAST).ma > vbt.MA.run(data.close, SLOW).ma
    before = signal.shift(1, fill_value=False)
    earlier = before.shift(1, fill_value=False)
    done = vbt.Portfolio.from_signals(data.close, before & ~earlier, ~before & earlier, price=data.open, fees=FEE,
                                      slippage=SLIP, init_cash=CASH, size=np.inf, freq="1min")
    return float(done.value().iloc[-1])


def rotation_vectorbt(pair):
    import vectorbt as vbt
    opens, close = pair
    size = np.full(close.shape, np.nan)
    for t, w in weights(close).items():
        size[t + 1] = w / ((1 + SLIP) * (1 + FEE))
    done = vbt.Portfolio.from_orders(close, size=size, size_type="targetpercent", price=opens, val_price=opens, fees=FEE,
                                     slippage=SLIP, init_cash=CASH, cash_sharing=True, group_by=True, call_seq="auto",
                                     freq="1D")
    return float(done.final_value())


def rotation_bt(pair):
    import bt
    _, close = pair
    table = pd.DataFrame(np.nan, index=close.index, columns=close.columns)
    for t, w in weights(close).items():
        table.iloc[t] = w
    table = table.dropna(how="all")
    plan = bt.Strategy("rotation", [bt.algos.WeighTarget(table), bt.algos.Rebalance()])
    test = bt.Backtest(plan, close, initial_capital=CASH, integer_positions=False,
                       commissions=lambda q, p: abs(q) * p * (FEE + SLIP), progress_bar=False)
    return float(bt.run(test).backtests["rotation"].strategy.value)


def sma_backtesting(data):
    from backtesting import Backtest, Strategy
    frame = data.set_index("ts").rename(columns=str.capitalize)[["Open", "High", "Low", "Close", "Volume"]]

    def average(values, n):
        return pd.Series(values).rolling(n).mean()

    class Cross(Strategy):
        def init(self):
            self.fast = self.I(average, self.data.Close, FAST, plot=False)
            self.slow = self.I(average, self.data.Close, SLOW, plot=False)

        def next(self):
            above = self.fast[-1] > self.slow[-1]
            if above and not self.position:
                self.buy(size=0.9999)
            elif not above and self.position:
                self.position.close()

    test = Backtest(frame, Cross, cash=CASH * 1e3, commission=FEE, spread=SLIP, trade_on_close=False)
    return float(test.run()["Equity Final [$]"])


def sma_backtrader(data):
    import backtrader as bt
    frame = data.set_index("ts")[["open", "high", "low", "close", "volume"]]

    class Cross(bt.Strategy):
        def __init__(self):
            self.fast = bt.indicators.SMA(self.data.close, period=FAST)
            self.slow = bt.indicators.SMA(self.data.close, period=SLOW)

        def next(self):
            above = self.fast[0] > self.slow[0]
            if above and not self.position:
                self.order_target_percent(target=0.99)
            elif not above and self.position:
                self.close()

    cerebro = bt.Cerebro(stdstats=False)
    cerebro.adddata(bt.feeds.PandasData(dataname=frame))
    cerebro.addstrategy(Cross)
    cerebro.broker.setcash(CASH)
    cerebro.broker.setcommission(FEE)
    cerebro.broker.set_slippage_perc(SLIP)
    cerebro.run()
    return float(cerebro.broker.getvalue())


WORK = {
    ("vectorbt", "sma-cross"): sma_vectorbt,
    ("vectorbt", "rotation"): rotation_vectorbt,
    ("bt", "rotation"): rotation_bt,
    ("backtesting", "sma-cross"): sma_backtesting,
    ("backtrader", "sma-cross"): sma_backtrader,
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--lib", required=True)
    parser.add_argument("--task", required=True)
    parser.add_argument("--bars", type=int, default=1_000_000)
    parser.add_argument("--reps", type=int, default=3)
    args = parser.parse_args()
    work = WORK.get((args.lib, args.task))
    if work is None:
        sys.exit(f"no {args.task} in {args.lib}")
    data = minutes(args.folder, args.bars) if args.task == "sma-cross" else tuple(panel(args.folder))
    cpu, wall, end = [], [], None
    for rep in range(args.reps + 1):
        t, p = time.perf_counter(), time.process_time()
        end = work(data)
        if rep > 0 or args.reps == 0:
            cpu.append(time.process_time() - p)
            wall.append(time.perf_counter() - t)
    n = len(data) if args.task == "sma-cross" else data[1].size
    print(json.dumps({"task": args.task, "n": n, "reps": len(cpu), "cpu_min": min(cpu), "cpu_med": statistics.median(cpu),
                      "wall_min": min(wall), "endEquity": end}))


if __name__ == "__main__":
    main()
