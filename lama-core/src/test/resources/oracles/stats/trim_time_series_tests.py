"""Packs the reference values for the time-series tests into one file.

Usage: python3 trim_time_series_tests.py ORACLES OUT
ORACLES holds series/<name>.json and tests/<name>.json (statsmodels 0.15.0, arch 8.0.0; R 4.2.2 data sets and seeded
simulations). Kept: ADF, KPSS, ACF, PACF, Ljung-Box, Box-Pierce, Jarque-Bera and the series they were computed on.
"""
import gzip
import json
import pathlib
import sys

KEPT = ("series", "n", "adf", "kpss", "acf", "acf_adjusted", "acf_bartlett_ci_and_q", "acf_conservative",
        "pacf_ywadjusted", "pacf_ywm", "pacf_ols", "pacf_ldb", "pacf_burg", "portmanteau", "portmanteau_of_diff",
        "jarque_bera")
root = pathlib.Path(sys.argv[1])
packed = []
for path in sorted((root / "tests").glob("*.json")):
    values = json.loads(path.read_text())
    entry = {key: values[key] for key in KEPT if key in values}
    entry["values"] = json.loads((root / "series" / path.name).read_text())["values"]
    packed.append(entry)
text = json.dumps(packed, separators=(",", ":")).encode()
with open(sys.argv[2], "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as out:
    out.write(text)
