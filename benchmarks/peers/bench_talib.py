#!/usr/bin/env python3
"""bench_talib.py BARS.csv --reps 9 --task indicator:sma(20) ... : CPU and wall seconds of TA-Lib, one JSON line per task.

bench_talib.py --convert BARS.parquet BARS.csv writes the file of bars that both sides read.
"""
import argparse
import json
import statistics
import sys
import time

import numpy as np

COLUMNS = ["open", "high", "low", "close", "volume"]

if sys.argv[1:2] == ["--convert"]:
    import pandas
    pandas.read_parquet(sys.argv[2])[COLUMNS].to_csv(sys.argv[3], index=False)
    sys.exit(0)

import talib

parser = argparse.ArgumentParser()
parser.add_argument("csv")
parser.add_argument("--reps", type=int, default=9)
parser.add_argument("--task", nargs="+")
args = parser.parse_args()
o, h, l, c, v = np.ascontiguousarray(np.loadtxt(args.csv, delimiter=",", skiprows=1).T)
WORK = {
    "sma(20)": lambda: talib.SMA(c, 20),
    "ema(20)": lambda: talib.EMA(c, 20),
    "kama(10)": lambda: talib.KAMA(c, 10),
    "rsi(14)": lambda: talib.RSI(c, 14),
    "macd(12,26,9)": lambda: talib.MACD(c, 12, 26, 9),
    "atr(14)": lambda: talib.ATR(h, l, c, 14),
    "adx(14)": lambda: talib.ADX(h, l, c, 14),
    "bbands(20,2,2)": lambda: talib.BBANDS(c, 20, 2, 2, 0),
    "stoch(14,3,3)": lambda: talib.STOCH(h, l, c, 14, 3, 0, 3, 0),
    "psar(0.02,0.2)": lambda: talib.SAR(h, l, 0.02, 0.2),
    "obv": lambda: talib.OBV(c, v),
    "cci(20)": lambda: talib.CCI(h, l, c, 20),
    "wma(20)": lambda: talib.WMA(c, 20),
    "tema(20)": lambda: talib.TEMA(c, 20),
    "max(20)": lambda: talib.MAX(c, 20),
    "stddev(20,1)": lambda: talib.STDDEV(c, 20, 1),
    "correl(30)": lambda: talib.CORREL(h, l, 30),
    "mfi(14)": lambda: talib.MFI(h, l, c, v, 14),
    "ultosc(7,14,28)": lambda: talib.ULTOSC(h, l, c),
}
for task in args.task:
    work = WORK[task.partition(":")[2]]
    result = work()
    cpu, wall = [], []
    for _ in range(args.reps):
        w, p = time.perf_counter(), time.process_time()
        result = work()
        cpu.append(time.process_time() - p)
        wall.append(time.perf_counter() - w)
    first = result[0] if isinstance(result, tuple) else result
    print(json.dumps({"lib": "talib", "task": task, "n": len(c), "reps": args.reps, "cpu_min": min(cpu), "cpu_med":
                      statistics.median(cpu), "wall_min": min(wall), "wall_med": statistics.median(wall),
                      "last": float(first[-1])}))
