"""Cuts auto-oracle.tsv.gz from the shared fixtures: python3 make_auto_oracle.py SHARED/oracles/stats

Source: R 4.2.2, forecast 8.20, auto.arima(stepwise, approximation = FALSE) and its full search, ndiffs and nsdiffs with
their defaults. Lines, tab-separated:
series  name  period  values (blank-separated, NaN where missing)
differences  name  kpss  adf  pp  nsdiffs (0 where R reports none)
auto  name  mode  p,d,q,P,D,Q,m  mean  drift  aicc
"""
import glob, gzip, io, json, os, sys

root = sys.argv[1]
out = io.StringIO()
for path in sorted(glob.glob(os.path.join(root, "auto", "*.R.json"))):
    j = json.load(open(path))
    name, result = j["series"], j["result"]
    s = json.load(open(os.path.join(root, "series", name + ".json")))
    values = " ".join("NaN" if v is None else repr(float(v)) for v in s["values"])
    print("series", name, s["frequency"], values, sep="\t", file=out)
    n = result["ndiffs"]
    print("differences", name, n["kpss"], n["adf"], n["pp"], n["nsdiffs_seas"], sep="\t", file=out)
    for mode in ("stepwise_default", "stepwise_exact", "full_exact"):
        r = result.get(mode)
        if r and r.get("aicc") is not None:
            order = r["order"] + ([] if len(r["order"]) == 7 else [0, 0, 0, 1])
            print("auto", name, mode, ",".join(map(str, order)), int(r["mean"]), int(r["drift"]), repr(r["aicc"]), sep="\t", file=out)
with open("auto-oracle.tsv.gz", "wb") as f:
    f.write(gzip.compress(out.getvalue().encode(), 9, mtime=0))
