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
    "wma(20)": lambda: talib.WMA(c, 20),
    "dema(20)": lambda: talib.DEMA(c, 20),
    "tema(20)": lambda: talib.TEMA(c, 20),
    "trima(20)": lambda: talib.TRIMA(c, 20),
    "kama(10)": lambda: talib.KAMA(c, 10),
    "t3(5,0.7)": lambda: talib.T3(c, 5, 0.7),
    "ht_trendline": lambda: talib.HT_TRENDLINE(c),
    "macd(12,26,9)": lambda: talib.MACD(c, 12, 26, 9),
    "ppo(12,26)": lambda: talib.PPO(c, 12, 26, 1),
    "rsi(14)": lambda: talib.RSI(c, 14),
    "cmo(14)": lambda: talib.CMO(c, 14),
    "mom(10)": lambda: talib.MOM(c, 10),
    "roc(10)": lambda: talib.ROC(c, 10),
    "trix(15)": lambda: talib.TRIX(c, 15),
    "ultosc(7,14,28)": lambda: talib.ULTOSC(h, l, c, 7, 14, 28),
    "stoch(14,3,3)": lambda: talib.STOCH(h, l, c, 14, 3, 0, 3, 0),
    "stochf(14,3)": lambda: talib.STOCHF(h, l, c, 14, 3, 0),
    "stochrsi(14,5,3)": lambda: talib.STOCHRSI(c, 14, 5, 3, 0),
    "willr(14)": lambda: talib.WILLR(h, l, c, 14),
    "cci(20)": lambda: talib.CCI(h, l, c, 20),
    "trange": lambda: talib.TRANGE(h, l, c),
    "atr(14)": lambda: talib.ATR(h, l, c, 14),
    "natr(14)": lambda: talib.NATR(h, l, c, 14),
    "adx(14)": lambda: talib.ADX(h, l, c, 14),
    "aroon(14)": lambda: talib.AROON(h, l, 14),
    "psar(0.02,0.2)": lambda: talib.SAR(h, l, 0.02, 0.2),
    "donchian(20)": lambda: (talib.MAX(h, 20), talib.MIN(l, 20), talib.MIDPRICE(h, l, 20)),
    "obv": lambda: talib.OBV(c, v),
    "ad": lambda: talib.AD(h, l, c, v),
    "adosc(3,10)": lambda: talib.ADOSC(h, l, c, v, 3, 10),
    "mfi(14)": lambda: talib.MFI(h, l, c, v, 14),
    "stddev(20,1)": lambda: talib.STDDEV(c, 20, 1),
    "bbands(20,2,2)": lambda: talib.BBANDS(c, 20, 2, 2, 0),
    "linreg(14)": lambda: talib.LINEARREG(c, 14),
    "linreg_slope(14)": lambda: talib.LINEARREG_SLOPE(c, 14),
    "max(20)": lambda: talib.MAX(c, 20),
    "min(20)": lambda: talib.MIN(c, 20),
    "beta(5)": lambda: talib.BETA(h, l, 5),
    "correl(30)": lambda: talib.CORREL(h, l, 30),
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
