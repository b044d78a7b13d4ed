"""1,000 pairs of moving averages over 100,000 minute bars, and 100 rules as columns of signals, in other people's hands.

    bench_sweep.py FILE --lib numba|vectorbt --task pairs|pairs-figures|pairs-2|signals [--reps N]

FILE holds bars as CSV(.gz) with open and close. numba: a bare compiled loop over exact cents that does no more than end
equity, on one thread or on two. vectorbt: Portfolio.from_signals in chunks of 50; pairs-figures adds Sharpe ratio and
maximum drawdown. Prints one JSON line with the fields of PeerTask; the first call is not counted (numba compiles).
"""
import argparse
import json
import statistics
import sys
import time

import numba
import numpy as np
import pandas as pd
from numba import njit, prange

FEE, SLIP, CASH, CHUNK = 0.001, 0.0005, 1_000_000.0, 50
FASTS, SLOWS = [10 + 10 * i for i in range(25)], [300 + 40 * j for j in range(40)]
PAIRS = np.array([(f, s) for f in FASTS for s in SLOWS])


@njit
def one(cs, o, c, f, s, fee, slip, cash):
    n, size, pos = len(c), 0.0, False
    for t in range(s - 1, n - 1):
        up = (cs[t + 1] - cs[t + 1 - f]) * s > (cs[t + 1] - cs[t + 1 - s]) * f
        if up != pos:
            if up:
                size = cash / (o[t + 1] * (1 + slip) * (1 + fee))
                cash = 0.0
            else:
                p = o[t + 1] * (1 - slip)
                cash = size * p - size * p * fee
                size = 0.0
            pos = up
    return cash + size * c[n - 1]


@njit
def serial(cs, o, c, pairs, fee, slip, cash):
    out = np.empty(len(pairs))
    for i in range(len(pairs)):
        out[i] = one(cs, o, c, pairs[i, 0], pairs[i, 1], fee, slip, cash)
    return out


@njit(parallel=True)
def parallel(cs, o, c, pairs, fee, slip, cash):
    out = np.empty(len(pairs))
    for i in prange(len(pairs)):
        out[i] = one(cs, o, c, pairs[i, 0], pairs[i, 1], fee, slip, cash)
    return out


@njit
def lanes(entries, exits, o, c, fee, slip, cash0):
    out = np.empty(len(entries))
    n = len(c)
    for k in range(len(entries)):
        entry, leave, size, cash, pos = entries[k], exits[k], 0.0, cash0, False
        for t in range(n - 1):
            if pos:
                if leave[t]:
                    p = o[t + 1] * (1 - slip)
                    cash = size * p - size * p * fee
                    size, pos = 0.0, False
            elif entry[t]:
                size = cash / (o[t + 1] * (1 + slip) * (1 + fee))
                cash, pos = 0.0, True
        out[k] = cash + size * c[n - 1]
    return out


def signals(cs, n):
    entries, exits = np.zeros((100, n), np.bool_), np.zeros((100, n), np.bool_)
    for k in range(100):
        f, s = PAIRS[k * len(PAIRS) // 100]
        t = np.arange(s - 1, n)
        entries[k, t] = (cs[t + 1] - cs[t + 1 - f]) * s > (cs[t + 1] - cs[t + 1 - s]) * f
        exits[k, t] = ~entries[k, t]
    return entries, exits


def vectorbt_pairs(o, c, figures):
    import vectorbt as vbt
    cs, n = np.concatenate([[0.0], np.cumsum(c)]), len(c)

    def mean(k):
        out = np.full(n, np.nan)
        out[k - 1:] = (cs[k:] - cs[:-k]) / k
        return out

    means, total = {k: mean(k) for k in FASTS + SLOWS}, 0.0
    for at in range(0, len(PAIRS), CHUNK):
        sig = np.stack([means[f] > means[s] for f, s in PAIRS[at:at + CHUNK]], 1)
        prev, earlier = np.zeros_like(sig), np.zeros_like(sig)
        prev[1:] = sig[:-1]
        earlier[1:] = prev[:-1]
        done = vbt.Portfolio.from_signals(np.broadcast_to(c[:, None], sig.shape), prev & ~earlier, ~prev & earlier,
                                          price=np.broadcast_to(o[:, None], sig.shape), fees=FEE, slippage=SLIP,
                                          init_cash=CASH, size=np.inf, freq="1min")
        total += float(np.asarray(done.final_value()).sum())
        if figures:
            done.sharpe_ratio()
            done.max_drawdown()
    return total


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    parser.add_argument("--lib", required=True)
    parser.add_argument("--task", required=True)
    parser.add_argument("--reps", type=int, default=5)
    args = parser.parse_args()
    data = pd.read_csv(args.file)
    o, c = data.open.values, data.close.values
    cs = np.concatenate([[0], np.cumsum(np.rint(c * 100).astype(np.int64))])
    columns = signals(cs, len(c)) if args.task == "signals" else None
    numba.set_num_threads(2 if args.task == "pairs-2" else 1)
    work = {
        ("numba", "pairs"): lambda: float(serial(cs, o, c, PAIRS, FEE, SLIP, CASH).sum()),
        ("numba", "pairs-figures"): lambda: float(serial(cs, o, c, PAIRS, FEE, SLIP, CASH).sum()),
        ("numba", "pairs-2"): lambda: float(parallel(cs, o, c, PAIRS, FEE, SLIP, CASH).sum()),
        ("numba", "signals"): lambda: float(lanes(*columns, o, c, FEE, SLIP, CASH).sum()),
        ("vectorbt", "pairs"): lambda: vectorbt_pairs(o, c, False),
        ("vectorbt", "pairs-figures"): lambda: vectorbt_pairs(o, c, True),
    }.get((args.lib, args.task))
    if work is None:
        sys.exit(f"no {args.task} in {args.lib}")
    cpu, wall, end = [], [], None
    for rep in range(args.reps + 1):
        t, p = time.perf_counter(), time.process_time()
        end = work()
        if rep > 0:
            cpu.append(time.process_time() - p)
            wall.append(time.perf_counter() - t)
    print(json.dumps({"task": args.task, "n": len(c), "reps": len(cpu), "cpu_min": min(cpu),
                      "cpu_med": statistics.median(cpu), "wall_min": min(wall), "wall_med": statistics.median(wall),
                      "endEquity": end}))


if __name__ == "__main__":
    main()
