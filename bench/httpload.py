#!/usr/bin/env python3
"""Parametrised HTTP load generator (one core, raw asyncio; uvloop if present).

Two phases in one call, so that every figure comes from the same minute:
  1. saturation  - closed loop, --conns keep-alive connections, --secs seconds
  2. half load   - open loop at --rate-frac (default 0.5) of the measured
                   saturation rate; latency is counted from the *scheduled*
                   send time, so a stalled server is not hidden
                   (no coordinated omission)

URL, header and body are templates. {name} is replaced per request by
  --range name=LO:HI    a uniform random integer
  --list  name=FILE     a random line of FILE
  {seq}                 a number unique within the run
  {u}                   a random 8-hex-digit word (use for unique bodies)
--session FILE: one JSON object of headers per line (e.g. {"Cookie": "..."}),
one connection uses one line (round robin), so each connection is one user.
--json-path a.b.0.c: assert (on the first answer of each connection) that this
path exists in the JSON answer. --must TEXT: assert that TEXT is in the body.
--pids PID[,PID..]: the server's processes (children are followed; name the
database and cache servers too). Adds their memory (PSS) before and after, and
their CPU time per request in the saturation phase. CPU ms/request holds even on
a busy machine, where requests/s does not: 1000 / cpu_ms = requests/s of one
quiet core. 'steal' is the part of the two cores' time that neither
the server nor this generator had and that was not idle (other work: distrust
latencies where it is high).

Prints one JSON object. Only loopback targets are accepted.

Example
  taskset -c 1 python httpload.py --url 'http://127.0.0.1:8000/g/{g}/topics' \
     --range g=1:50 --session sessions.jsonl --conns 16 --secs 10 --must '<article'
"""

import argparse
import asyncio
import json
import os
import random
import sys
import time
import urllib.parse


def parse():
    p = argparse.ArgumentParser()
    p.add_argument("--url", required=True)
    p.add_argument("--method", default="GET")
    p.add_argument("--header", action="append", default=[], help="Name: value")
    p.add_argument("--body", default=None)
    p.add_argument("--range", action="append", default=[])
    p.add_argument("--list", action="append", default=[])
    p.add_argument("--session")
    p.add_argument("--conns", type=int, default=16)
    p.add_argument("--secs", type=float, default=10)
    p.add_argument("--warm", type=float, default=2)
    p.add_argument("--rate-frac", type=float, default=0.5)
    p.add_argument("--rate", type=float, default=0, help="skip phase 1, use this rate")
    p.add_argument("--sat-only", action="store_true")
    p.add_argument("--ok", default="200,201,202,204,302,303")
    p.add_argument("--must")
    p.add_argument("--json-path")
    p.add_argument("--pids", default="")
    p.add_argument("--seed", type=int, default=7)
    p.add_argument("--label", default="")
    return p.parse_args()


A = None
VARS = {}
SESS = [{}]
SEQ = 0
RUN = f"{random.SystemRandom().randrange(1 << 24):06x}"


def subst(t, env):
    for k, v in env.items():
        if "{" + k + "}" in t:
            t = t.replace("{" + k + "}", v)
    return t


def make_request(conn_no, rnd):
    global SEQ
    SEQ += 1
    env = {"seq": str(SEQ), "u": f"{rnd.randrange(1 << 32):08x}", "run": RUN, "conn": str(conn_no)}
    for k, v in VARS.items():
        env[k] = str(rnd.randint(*v)) if isinstance(v, tuple) else rnd.choice(v)
    sess = SESS[conn_no % len(SESS)]
    for k, v in sess.items():
        if k.startswith("$"):  # "$csrf": per-session template value
            env[k[1:]] = v
    u = urllib.parse.urlsplit(subst(A.url, env))
    target = u.path + ("?" + u.query if u.query else "")
    body = subst(A.body, env).encode() if A.body is not None else b""
    h = {"Host": u.netloc, "Accept-Encoding": "identity"}
    for x in A.header:
        k, v = x.split(":", 1)
        h[k.strip()] = subst(v.strip(), env)
    for k, v in sess.items():
        if not k.startswith("$"):
            h[k] = v
    if body:
        h["Content-Length"] = str(len(body))
    head = (
        f"{A.method} {target} HTTP/1.1\r\n"
        + "".join(f"{k}: {v}\r\n" for k, v in h.items())
        + "\r\n"
    )
    return head.encode() + body


class Conn:
    def __init__(self, no, host, port, rnd) -> None:
        self.no, self.host, self.port, self.rnd = no, host, port, rnd
        self.r = self.w = None

    async def once(self):
        for attempt in (0, 1):
            if self.w is None:
                self.r, self.w = await asyncio.open_connection(self.host, self.port, limit=1 << 22)
            try:
                self.w.write(make_request(self.no, self.rnd))
                head = await self.r.readuntil(b"\r\n\r\n")
                break
            except (asyncio.IncompleteReadError, ConnectionError):
                self.w.close()
                self.w = None
                if attempt:
                    raise
        low = head.lower()
        status = int(head[9:12])
        body = b""
        i = low.find(b"\r\ncontent-length:")
        if i >= 0:
            n = int(low[i + 17 : low.index(b"\r\n", i + 2)])
            if n:
                body = await self.r.readexactly(n)
        elif b"\r\ntransfer-encoding: chunked" in low:
            parts = []
            while True:
                n = int((await self.r.readuntil(b"\r\n")).split(b";")[0], 16)
                d = await self.r.readexactly(n + 2)
                if n == 0:
                    break
                parts.append(d[:-2])
            body = b"".join(parts)
        elif status not in (204, 304):
            body = await self.r.read()
            self.w.close()
            self.w = None
        if b"\r\nconnection: close" in low and self.w is not None:
            self.w.close()
            self.w = None
        return status, body


def pct(xs, q):
    return round(xs[min(len(xs) - 1, int(len(xs) * q))] * 1000, 2) if xs else None


def rss_kib(pids):

    tot, todo = 0, list(pids)
    while todo:
        p = todo.pop()
        try:
            with open(f"/proc/{p}/smaps_rollup") as f:
                for line in f:
                    if line.startswith("Pss:"):
                        tot += int(line.split()[1])
            for t in os.listdir(f"/proc/{p}/task"):
                todo += [int(x) for x in open(f"/proc/{p}/task/{t}/children").read().split()]
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            pass
    return tot


def tree(pids):
    todo, out = list(pids), []
    while todo:
        p = todo.pop()
        try:
            for t in os.listdir(f"/proc/{p}/task"):
                todo += [int(x) for x in open(f"/proc/{p}/task/{t}/children").read().split()]
            out.append(p)
        except (FileNotFoundError, ProcessLookupError):
            pass
    return out


def cpu_s(pids):
    tck, n = os.sysconf("SC_CLK_TCK"), 0
    for p in tree(pids):
        try:
            f = open(f"/proc/{p}/stat").read().rsplit(")", 1)[1].split()
            n += int(f[11]) + int(f[12])
        except (FileNotFoundError, ProcessLookupError):
            pass
    return n / tck


def machine_s():
    """(busy seconds, all seconds) of the whole machine."""
    f = [int(x) for x in open("/proc/stat").readline().split()[1:9]]
    tck = os.sysconf("SC_CLK_TCK")
    return (sum(f) - f[3] - f[4]) / tck, sum(f) / tck


async def phase(conns, ok, secs, rate=None):
    lats, bad, size = [], {}, [0]
    t0 = time.perf_counter()
    end = t0 + secs

    async def do(c, since) -> None:
        try:
            st, body = await c.once()
        except Exception as e:  # counted, never hidden
            bad[type(e).__name__] = bad.get(type(e).__name__, 0) + 1
            if c.w:
                c.w.close()
                c.w = None
            return
        size[0] += len(body)
        if st in ok:
            lats.append(time.perf_counter() - since)
        else:
            bad[st] = bad.get(st, 0) + 1
            if bad[st] == 1:
                print("first bad answer:", st, body[:300], file=sys.stderr)

    if rate is None:

        async def closed(c) -> None:
            while time.perf_counter() < end:
                await do(c, time.perf_counter())

        await asyncio.gather(*(closed(c) for c in conns))
    else:
        q = asyncio.Queue()

        async def worker(c) -> None:
            while True:
                s = await q.get()
                if s is None:
                    return
                await do(c, s)

        ws = [asyncio.create_task(worker(c)) for c in conns]
        rnd = random.Random(A.seed)
        t = t0
        while t < end:
            t += rnd.expovariate(rate)
            d = t - time.perf_counter()
            if d > 0:
                await asyncio.sleep(d)
            q.put_nowait(t)
        for _ in ws:
            q.put_nowait(None)
        await asyncio.gather(*ws)
    el = time.perf_counter() - t0
    lats.sort()
    return {
        "per_s": round(len(lats) / el, 1),
        "n": len(lats),
        "p50_ms": pct(lats, 0.5),
        "p95_ms": pct(lats, 0.95),
        "p99_ms": pct(lats, 0.99),
        "bad": bad,
        "avg_body": size[0] // max(1, len(lats)),
    }


async def main() -> int | None:
    global SESS
    u = urllib.parse.urlsplit(A.url)
    host, port = u.hostname, u.port or 80
    assert host in ("127.0.0.1", "localhost", "::1"), "loopback only"
    for x in A.range:
        k, v = x.split("=")
        VARS[k] = tuple(map(int, v.split(":")))
    for x in A.list:
        k, v = x.split("=", 1)
        VARS[k] = open(v).read().split("\n")[:-1]
    if A.session:
        SESS = [json.loads(l) for l in open(A.session) if l.strip()]
    ok = {int(x) for x in A.ok.split(",")}
    rnd = random.Random(A.seed)
    conns = [Conn(i, host, port, random.Random(rnd.random())) for i in range(A.conns)]
    st, body = await conns[0].once()
    if st not in ok:
        print(json.dumps({"error": st, "body": body[:400].decode(errors="replace")}))
        return 1
    if A.must and A.must.encode() not in body:
        print(
            json.dumps(
                {
                    "error": "must-text absent",
                    "status": st,
                    "body": body[:400].decode(errors="replace"),
                }
            )
        )
        return 1
    if A.json_path:
        d = json.loads(body)
        for k in A.json_path.split("."):
            d = d[int(k)] if isinstance(d, list) else d[k]
    pids = [int(x) for x in A.pids.split(",") if x]
    out = {"label": A.label, "conns": A.conns, "secs": A.secs}
    if pids:
        out["pss_before_mib"] = rss_kib(pids) // 1024
    rate = A.rate
    if not rate:
        if A.warm:
            await phase(conns, ok, A.warm)
        c0, m0, o0 = cpu_s(pids), machine_s(), time.process_time()
        out["saturation"] = await phase(conns, ok, A.secs)
        c, m, o = cpu_s(pids) - c0, machine_s(), time.process_time() - o0
        if pids and out["saturation"]["n"]:
            out["cpu_ms_per_req"] = round(c / out["saturation"]["n"] * 1000, 3)
            out["server_cores"] = round(c / A.secs, 2)
        out["generator_cores"] = round(o / A.secs, 2)
        if pids:
            out["steal"] = round(max(0, (m[0] - m0[0]) - c - o) / (m[1] - m0[1]), 2)
        rate = out["saturation"]["per_s"] * A.rate_frac
    if pids:
        out["pss_after_mib"] = rss_kib(pids) // 1024
    if not A.sat_only and rate > 0:
        out["half_load"] = dict(await phase(conns, ok, A.secs, rate), target_rate=round(rate, 1))
    print(json.dumps(out))
    return None


if __name__ == "__main__":
    A = parse()
    try:
        import uvloop

        sys.exit(uvloop.run(main()))
    except ImportError:
        sys.exit(asyncio.run(main()))
