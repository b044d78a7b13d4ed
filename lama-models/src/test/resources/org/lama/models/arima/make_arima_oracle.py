"""Trims the ARIMA oracle values (R 4.2.2 stats::arima, forecast 8.20; statsmodels 0.15.0) to what the tests read.

Usage: make_arima_oracle.py ORACLES_STATS_FOLDER. Writes arima-oracle.tsv.gz beside itself. Lines:
series NAME values | fit NAME p,d,q mean drift loglik reference coef se params fixed forecast se residuals |
auto NAME d aicc order. Lists are joined by blanks, missing numbers are NaN.
"""
import glob
import gzip
import json
import os
import sys

src = sys.argv[1]
out = os.path.join(os.path.dirname(os.path.abspath(__file__)), "arima-oracle.tsv.gz")


def nums(values):
    return " ".join("NaN" if v is None else repr(float(v)) for v in values)


check = {}
for c in json.load(open(src + "/arima_xcheck_statsmodels.json")):
    if c.get("flags", "-") != "-" and c["flags"] != "xreg" and c.get("r_loglik") is not None and not any(c["seasonal"]):
        check.setdefault((c["series"], tuple(c["order"])), []).append(c)
lines, names = [], set()
for f in sorted(glob.glob(src + "/arima/*.json")):
    for t in json.load(open(f))["fits"]:
        if t.get("period", 1) != 1 or any(t["seasonal_order"]) or t.get("xreg") or "error" in t:
            continue
        if t["include_drift"] and t["order"][1] == 0:
            continue  # a regression on time
        ml, e = t["ml"], t.get("eval_at_fixed") or {"params": {}, "ml_loglik": None}
        near = [c for c in check.get((t["series"], tuple(t["order"])), []) if abs(c["r_loglik"] - ml["loglik"]) < 1e-9]
        exact = near[0].get("sm_loglik_at_R_params") if near else None
        fixed = near[0].get("fixed_params_exact_loglik") if near else None
        gaps = t["series"].endswith("gaps")
        d = t["order"][1]
        reference = ml["loglik"] if d == 0 else exact if not gaps else None
        at = e["ml_loglik"] if d == 0 else fixed if not gaps else None
        val = lambda x: list(x.values()) if isinstance(x, dict) else []
        names.add(t["series"])
        lines.append("\t".join([
            "fit", t["series"], ",".join(map(str, t["order"])), str(int(t["include_mean"])), str(int(t["include_drift"])),
            nums([ml["loglik"]]), nums([reference]), nums(val(ml["coef"])), nums(val(ml["se"])), nums(val(e["params"])),
            nums([at]), nums(t["forecast"]["mean"]), nums(t["forecast"]["se"]), nums(ml["residuals_head"]),
            nums([ml["min_root_mod"]["ar"] or 99, ml["min_root_mod"]["ma"] or 99]), nums([ml["sigma2_mle"]])]))
for f in sorted(glob.glob(src + "/auto/*.R.json")):
    r = json.load(open(f))
    s = r["result"].get("stepwise_exact") or {}
    if "aicc" not in s or s["aicc"] is None or len(s["order"]) > 3 and any(s["order"][3:6]):
        continue
    names.add(r["series"])
    lines.append("\t".join(["auto", r["series"], str(s["order"][1]), nums([s["aicc"]]), ",".join(map(str, s["order"][:3]))]))
head = [f"series\t{n}\t{nums(json.load(open(src + '/series/' + n + '.json'))['values'])}" for n in sorted(names)]
with gzip.GzipFile(out, "wb", mtime=0) as z:
    z.write(("\n".join(head + lines) + "\n").encode())
print(len(head), len(lines), os.path.getsize(out))
