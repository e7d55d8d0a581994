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


class Tally:
    """What came of the requests of one phase."""

    def __init__(self, ok) -> None:
        self.ok, self.lats, self.bad, self.size = ok, [], {}, 0

    async def do(self, c, since) -> None:
        """One request, timed from `since`; what fails is counted, never hidden."""
        try:
            st, body = await c.once()
        except Exception as e:
            self.bad[type(e).__name__] = self.bad.get(type(e).__name__, 0) + 1
            if c.w:
                c.w.close()
                c.w = None
            return
        self.size += len(body)
        if st in self.ok:
            self.lats.append(time.perf_counter() - since)
            return
        self.bad[st] = self.bad.get(st, 0) + 1
        if self.bad[st] == 1:
            print("first bad answer:", st, body[:300], file=sys.stderr)

    def told(self, seconds):
        self.lats.sort()
        return {
            "per_s": round(len(self.lats) / seconds, 1),
            "n": len(self.lats),
            "p50_ms": pct(self.lats, 0.5),
            "p95_ms": pct(self.lats, 0.95),
            "p99_ms": pct(self.lats, 0.99),
            "bad": self.bad,
            "avg_body": self.size // max(1, len(self.lats)),
        }


async def closed_loop(conns, tally, end) -> None:
    """Each connection asks again as soon as it is answered."""

    async def again(c) -> None:
        while time.perf_counter() < end:
            await tally.do(c, time.perf_counter())

    await asyncio.gather(*(again(c) for c in conns))


async def open_loop(conns, tally, begin, end, rate) -> None:
    """Requests come at this rate, whatever becomes of those before them."""
    q = asyncio.Queue()

    async def worker(c) -> None:
        while (since := await q.get()) is not None:
            await tally.do(c, since)

    ws = [asyncio.create_task(worker(c)) for c in conns]
    rnd = random.Random(A.seed)
    t = begin
    while t < end:
        t += rnd.expovariate(rate)
        d = t - time.perf_counter()
        if d > 0:
            await asyncio.sleep(d)
        q.put_nowait(t)
    for _ in ws:
        q.put_nowait(None)
    await asyncio.gather(*ws)


async def phase(conns, ok, secs, rate=None):
    tally, t0 = Tally(ok), time.perf_counter()
    if rate is None:
        await closed_loop(conns, tally, t0 + secs)
    else:
        await open_loop(conns, tally, t0, t0 + secs, rate)
    return tally.told(time.perf_counter() - t0)


def fill_templates() -> None:
    """What the words in braces stand for, and who asks."""
    global SESS
    for x in A.range:
        k, v = x.split("=")
        VARS[k] = tuple(map(int, v.split(":")))
    for x in A.list:
        k, v = x.split("=", 1)
        VARS[k] = open(v).read().split("\n")[:-1]
    if A.session:
        SESS = [json.loads(l) for l in open(A.session) if l.strip()]


def wrong_with(st, body, ok):
    """Why this is not the answer that was to be measured; None when it is."""
    shown = body[:400].decode(errors="replace")
    if st not in ok:
        return {"error": st, "body": shown}
    if A.must and A.must.encode() not in body:
        return {"error": "must-text absent", "status": st, "body": shown}
    if A.json_path:
        d = json.loads(body)
        for k in A.json_path.split("."):
            d = d[int(k)] if isinstance(d, list) else d[k]
    return None


async def saturate(conns, ok, pids):
    """As fast as it goes, and what that costs the server's processes."""
    if A.warm:
        await phase(conns, ok, A.warm)
    c0, m0, o0 = cpu_s(pids), machine_s(), time.process_time()
    found = await phase(conns, ok, A.secs)
    c, m, o = cpu_s(pids) - c0, machine_s(), time.process_time() - o0
    out = {"saturation": found}
    if pids and found["n"]:
        out["cpu_ms_per_req"] = round(c / found["n"] * 1000, 3)
        out["server_cores"] = round(c / A.secs, 2)
    out["generator_cores"] = round(o / A.secs, 2)
    if pids:
        out["steal"] = round(max(0, (m[0] - m0[0]) - c - o) / (m[1] - m0[1]), 2)
    return out


async def main() -> int | None:
    u = urllib.parse.urlsplit(A.url)
    host, port = u.hostname, u.port or 80
    assert host in ("127.0.0.1", "localhost", "::1"), "loopback only"
    fill_templates()
    ok = {int(x) for x in A.ok.split(",")}
    rnd = random.Random(A.seed)
    conns = [Conn(i, host, port, random.Random(rnd.random())) for i in range(A.conns)]
    if wrong := wrong_with(*await conns[0].once(), ok):
        print(json.dumps(wrong))
        return 1
    pids = [int(x) for x in A.pids.split(",") if x]
    out = {"label": A.label, "conns": A.conns, "secs": A.secs}
    if pids:
        out["pss_before_mib"] = rss_kib(pids) // 1024
    rate = A.rate
    if not rate:
        out |= await saturate(conns, ok, pids)
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
