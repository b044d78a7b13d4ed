"""hftbacktest 2.4.4 (pip install hftbacktest==2.4.4 pyarrow pandas), partial-fill exchange, on the 2 M synthetic events:
a taker that sends one order every 100 ms, IOC, market and FOK in turn. Prints totals.
Usage: l2_takers.py l2_events.parquet"""
import sys, numpy as np, pyarrow.parquet as pq
from numba import njit
from hftbacktest import BacktestAsset, HashMapMarketDepthBacktest, LIMIT
from hftbacktest.order import IOC, FOK, MARKET
from hftbacktest.types import EXCH_EVENT,LOCAL_EVENT,BUY_EVENT,SELL_EVENT,DEPTH_EVENT,TRADE_EVENT
from hftbacktest.binding import event_dtype
t=pq.read_table(sys.argv[1]).to_pandas()
a=np.zeros(len(t),event_dtype)
a['ev']=np.where(t.kind==1,DEPTH_EVENT,TRADE_EVENT)|np.where(t.side==1,BUY_EVENT,SELL_EVENT)|EXCH_EVENT|LOCAL_EVENT
a['exch_ts']=t.exch_ns; a['local_ts']=t.local_ns; a['px']=t.price_ticks*0.1; a['qty']=t.qty_lots/1000
@njit
def taker(hbt,size):
    n=0; oid=0
    while hbt.elapse(10_000_000)==0:
        hbt.clear_inactive_orders(0); d=hbt.depth(0); n+=1
        if n%10==0:
            bid=d.best_bid; ask=d.best_ask; oid+=1; k=oid%6
            if k==0: hbt.submit_buy_order(0,oid,ask+0.2,4.0,IOC,LIMIT,False)
            elif k==1: hbt.submit_sell_order(0,oid,bid,3.0,IOC,MARKET,False)
            elif k==2: hbt.submit_buy_order(0,oid,ask,2.5,FOK,LIMIT,False)
            elif k==3: hbt.submit_sell_order(0,oid,bid-0.1,6.0,FOK,LIMIT,False)
            elif k==4: hbt.submit_sell_order(0,oid,bid,0.7,IOC,LIMIT,False)
            else: hbt.submit_buy_order(0,oid,ask,2.2,IOC,MARKET,False)
    return n
def run(name,f,q,size):
    x=BacktestAsset().data([a]).linear_asset(1.0).constant_order_latency(10_000_000,10_000_000)
    x=getattr(x,q)(3.0) if q.startswith('power') else getattr(x,q)()
    x=x.partial_fill_exchange().trading_value_fee_model(-0.00005,0.0007).tick_size(0.1).lot_size(0.001)
    h=HashMapMarketDepthBacktest([x]); f(h,size); s=h.state_values(0)
    totals=dict(position=float(s.position),balance=float(s.balance),fee=float(s.fee),num_trades=int(s.num_trades),volume=float(s.trading_volume)); print(name,totals,flush=True)
    h.close()
run('taker',taker,'risk_adverse_queue_model',0.0)
