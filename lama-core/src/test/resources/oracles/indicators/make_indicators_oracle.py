#!/usr/bin/env python3
"""make_indicators_oracle.py FOLDER: one file of bars and indicators from ohlcv.csv, indicators_talib.csv and indicators_own.csv.

Numbers keep 14 significant digits, enough for a tolerance of 1e-9, so that the file stays small.
"""
import csv
import gzip
import os
import sys

OWN = ("donchian_up_20", "donchian_low_20", "donchian_mid_20", "vwap_cum", "vwap_roll_20")


def rows(name):
    with open(os.path.join(sys.argv[1], name), newline="", encoding="ascii") as source:
        return list(csv.DictReader(source))


def short(text):
    return "%.14g" % float(text) if text else ""


bars, talib, own = rows("ohlcv.csv"), rows("indicators_talib.csv"), rows("indicators_own.csv")
columns = [(name, bars) for name in ("open", "high", "low", "close", "volume")]
columns += [(name, talib) for name in talib[0] if name != "i"] + [(name, own) for name in OWN]
target = os.path.join(os.path.dirname(os.path.realpath(__file__)), "indicators.csv.gz")
with gzip.GzipFile(target, "wb", 9, mtime=0) as out:
    out.write((",".join(name for name, _ in columns) + "\n").encode())
    for row in range(len(bars)):
        out.write((",".join(short(table[row][name]) for name, table in columns) + "\n").encode())
