"""Reference values for the tests that time-series-tests.json.gz leaves out.

Usage: python3 further_time_series_tests.py ORACLES OUT
ORACLES holds series/<name>.json, tests/<name>.json and cointegration.json (statsmodels 0.15.0, arch 8.0.0). Copied from
there: Phillips-Perron, DF-GLS, variance ratio, Durbin-Watson, ARCH-LM, half-life, Hurst, Engle-Granger, Johansen.
Computed here with the same versions (numpy 2.4.6, pandas 2.3.3, scipy 1.17.1): DF-GLS for both trends and all lag rules,
variance ratios for all options, Engle-Granger and Johansen of three series.
"""
import gzip
import json
import math
import pathlib
import sys
import warnings

import numpy as np
from arch.unitroot import DFGLS, VarianceRatio
from statsmodels.tsa.stattools import coint
from statsmodels.tsa.vector_ar.vecm import coint_johansen

warnings.simplefilter("ignore")
KEPT = ("series", "n", "phillips_perron", "dfgls_c", "variance_ratio_2", "durbin_watson_demeaned", "arch_lm", "half_life",
        "hurst_rs", "hurst_lagstd")
LEVELS = ("1%", "5%", "10%")


def number(x):
    x = float(x)
    return x if math.isfinite(x) else None


def attempt(call):
    try:
        return call()
    except Exception as e:
        return {"error": type(e).__name__ + ": " + str(e)[:80]}


def dfgls(y):
    def one(trend, method, lags):
        test = DFGLS(y, lags=lags, trend=trend, method=method or "aic")
        return {"stat": number(test.stat), "pvalue": number(test.pvalue), "lags": int(test.lags), "nobs": int(test.nobs),
                "crit": {level: number(test.critical_values[level]) for level in LEVELS}}
    rules = (("aic", None), ("bic", None), (None, 0), (None, 3))
    return [{"trend": trend, "method": method, "lags": lags, "result": attempt(lambda: one(trend, method, lags))}
            for trend in ("c", "ct") for method, lags in rules]


def ratios(y):
    def one(lags, **options):
        test = VarianceRatio(y, lags=lags, **options)
        return {"stat": number(test.stat), "pvalue": number(test.pvalue), "vr": number(test.vr)}
    found = []
    for lags in (2, 5):
        for robust, overlap, debiased, trend in ((True, True, True, "c"), (False, True, True, "c"), (True, True, False, "c"),
                                                 (False, False, False, "c"), (True, True, True, "n")):
            options = {"robust": robust, "overlap": overlap, "debiased": debiased, "trend": trend}
            found.append({"lags": lags, **options, "result": attempt(lambda: one(lags, **options))})
    return found


def triple(root):
    names = ("coint_a_y", "coint_a_x", "logDAX")
    columns = [json.loads((root / "series" / (name + ".json")).read_text())["values"][:800] for name in names]
    y = np.array(columns, dtype=float).T
    granger = []
    for trend in ("c", "ct", "ctt"):
        test = coint(y[:, 0], y[:, 1:], trend=trend, autolag="aic")
        granger.append({"trend": trend, "stat": number(test[0]), "pvalue": number(test[1]),
                        "crit": [number(c) for c in test[2]]})
    johansen = []
    for order in (-1, 0, 1):
        test = coint_johansen(y, order, 2)
        johansen.append({"det_order": order, "k_ar_diff": 2, "eig": test.eig.tolist(), "trace": test.lr1.tolist(),
                         "trace_crit_90_95_99": test.cvt.tolist(), "maxeig": test.lr2.tolist(),
                         "maxeig_crit_90_95_99": test.cvm.tolist(), "evec": test.evec.tolist()})
    return {"series": names, "rows": 800, "engle_granger": granger, "johansen": johansen}


root = pathlib.Path(sys.argv[1])
packed = []
for path in sorted((root / "tests").glob("*.json")):
    values = json.loads(path.read_text())
    entry = {key: values[key] for key in KEPT if key in values}
    y = json.loads((root / "series" / path.name).read_text())["values"]
    if all(v is not None for v in y):
        entry["dfgls"] = dfgls(np.array(y, dtype=float))
        entry["variance_ratio"] = ratios(np.array(y, dtype=float))
    packed.append(entry)
everything = {"tests": packed, "cointegration": json.loads((root / "cointegration.json").read_text()), "triple": triple(root)}
text = json.dumps(everything, separators=(",", ":")).encode()
with open(sys.argv[2], "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as out:
    out.write(text)
