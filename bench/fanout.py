#!/usr/bin/env python3
"""Fan-out: one sender, N connected clients of one room; how long until each,
and the last, has the message.

Clients are (--mode)
  ws    a WebSocket each (picows): URL template, headers per client, frames to
        send after the hand-shake (--hello), auto answers (--reply 'PREFIX=ANSWER')
  sse   an HTTP GET each that never ends (text/event-stream)
  poll  HTTP long polling: GET --url (template with {since}); the next {since}
        is read from the JSON answer at --since-path

The sender is an HTTP request (--send-url/--send-method/--send-body/--send-header)
or, with --send-ws, a frame template sent by client 0. The templates hold
{token}; a delivery is a frame/answer whose bytes contain that token. Nothing
else about the peer's wire form needs to be known.

--clients FILE: one JSON object a line {"headers": {...}, "vars": {"k": "v"}};
client i uses line i % lines. vars are usable in --url and --hello.

Prints one JSON object: per-delivery latency, latency to the *last* receiver,
deliveries/s in a burst, and losses. Loopback only.
"""

import argparse
import asyncio
import json
import os
import random
import sys
import time
import urllib.parse

import httpload

p = argparse.ArgumentParser()
p.add_argument("--mode", choices=["ws", "sse", "poll"], default="ws")
p.add_argument("--url", required=True)
p.add_argument("--clients")
p.add_argument("--n", type=int, default=100)
p.add_argument("--hello", action="append", default=[])
p.add_argument("--hello-on", default="", help="send hello frames after a frame starting with this")
p.add_argument(
    "--reply",
    action="append",
    default=[],
    help="PREFIX=ANSWER (e.g. 2=3), or *TEXT=ANSWER when TEXT occurs in the frame; split at the first ==> if there is one, else at the first =",
)
p.add_argument("--since-path", default="next_batch")
p.add_argument("--since0-url", default="", help="first poll URL (no {since})")
p.add_argument("--send-url")
p.add_argument("--send-method", default="POST")
p.add_argument("--send-body", default="{token}")
p.add_argument("--send-header", action="append", default=[])
p.add_argument("--send-ws", default="")
p.add_argument("--msgs", type=int, default=20, help="paced messages")
p.add_argument("--gap", type=float, default=0.5, help="seconds between paced messages")
p.add_argument("--burst", type=int, default=50, help="messages sent back to back")
p.add_argument("--timeout", type=float, default=30)
p.add_argument("--settle", type=float, default=2)
p.add_argument("--ramp", type=int, default=50, help="connections opened at once")
p.add_argument("--label", default="")
p.add_argument(
    "--pids", default="", help="server processes: adds memory (PSS) and CPU time per delivery"
)
A = p.parse_args()

RUN = f"{random.SystemRandom().randrange(1 << 24):06x}"
MARK = ("bq" + RUN + "z").encode()  # token = MARK + 5 digits + 'y'
now = time.perf_counter
SENT, GOT = {}, {}
READY = 0
REPLY = [tuple(x.split("==>" if "==>" in x else "=", 1)) for x in A.reply]


def scan(data, who) -> None:
    """Find every token in a frame; note the first time per (token, client)."""
    t = now()
    i = data.find(MARK)
    while i >= 0:
        k = int(data[i + len(MARK) : i + len(MARK) + 5])
        GOT.setdefault(k, {}).setdefault(who, t)
        i = data.find(MARK, i + 1)


def load_clients():
    if not A.clients:
        return [{"headers": {}, "vars": {}}]
    return [json.loads(l) for l in open(A.clients) if l.strip()]


def fmt(t, v):
    for k, x in v.items():
        t = t.replace("{" + k + "}", str(x))
    return t


def listener(v, i):
    """What the client `i` does with what it hears; `v` are its words for the templates."""
    import picows

    def say_to(tr, words) -> None:
        tr.send(picows.WSMsgType.TEXT, fmt(words, v).encode())

    class L(picows.WSListener):
        def on_ws_connected(self, tr) -> None:
            self.tr, self.said, self.seen = tr, False, set()
            if not A.hello_on:
                self.say()

        def say(self) -> None:
            global READY
            if self.said:
                return
            self.said = True
            for h in A.hello:
                say_to(self.tr, h)
            READY += 1

        def on_ws_frame(self, tr, fr) -> None:
            if fr.msg_type not in (picows.WSMsgType.TEXT, picows.WSMsgType.BINARY):
                return
            b = fr.get_payload_as_bytes()
            if MARK in b:
                scan(b, i)
                return
            if not self.said and b.startswith(A.hello_on.encode()):
                self.say()
            answer = next((ans for pre, ans in REPLY if asks(b, pre)), None)
            if answer is not None:
                say_to(tr, answer)

    return L


def asks(b, pre) -> bool:
    """Whether this frame is the one that is to be answered."""
    if pre[0] == "*" and pre[1:].encode() in b:
        return True
    return b == pre.encode() or (len(pre) > 1 and b.startswith(pre.encode()))


async def ws_client(c, i, opened):
    import picows

    v = dict(c.get("vars", {}), i=i)
    tr, l = await picows.ws_connect(
        listener(v, i),
        fmt(A.url, v),
        extra_headers=list(c.get("headers", {}).items()) or None,
        enable_auto_ping=False,
        websocket_handshake_timeout=60,
    )
    opened.append((tr, l))
    return l


async def raw_open(url, headers, method="GET", body=b""):
    u = urllib.parse.urlsplit(url)
    assert u.hostname in ("127.0.0.1", "localhost", "::1"), "loopback only"
    r, w = await asyncio.open_connection(u.hostname, u.port or 80, limit=1 << 22)
    return u, r, w


def req(u, headers, method="GET", body=b""):
    t = u.path + ("?" + u.query if u.query else "")
    h = {"Host": u.netloc, **headers}
    if body or method != "GET":
        h["Content-Length"] = str(len(body))
    return (
        f"{method} {t} HTTP/1.1\r\n" + "".join(f"{k}: {x}\r\n" for k, x in h.items()) + "\r\n"
    ).encode() + body


async def read_resp(r):
    head = await r.readuntil(b"\r\n\r\n")
    low = head.lower()
    st = int(head[9:12])
    i = low.find(b"\r\ncontent-length:")
    if i >= 0:
        n = int(low[i + 17 : low.index(b"\r\n", i + 2)])
        return st, await r.readexactly(n)
    if b"transfer-encoding: chunked" in low:
        parts = []
        while True:
            n = int((await r.readuntil(b"\r\n")).split(b";")[0], 16)
            d = await r.readexactly(n + 2)
            if not n:
                break
            parts.append(d[:-2])
        return st, b"".join(parts)
    return st, b""


async def sse_client(c, i, opened):
    global READY
    v = dict(c.get("vars", {}), i=i)
    u, r, w = await raw_open(fmt(A.url, v), {})
    w.write(req(u, {"Accept": "text/event-stream", **c.get("headers", {})}))
    head = await r.readuntil(b"\r\n\r\n")
    assert b" 200" in head[:14], head[:80]
    opened.append(w)
    READY += 1
    tail = b""

    async def pump() -> None:
        nonlocal tail
        while True:
            d = await r.read(1 << 16)
            if not d:
                return
            buf = tail + d
            cut = buf.rfind(b"\n\n")
            if cut < 0:
                tail = buf
                continue
            scan(buf[:cut], i)
            tail = buf[cut:]

    return asyncio.create_task(pump())


async def poll_client(c, i, opened):
    global READY
    v = dict(c.get("vars", {}), i=i)
    hd = c.get("headers", {})
    u, r, w = await raw_open(fmt(A.since0_url or A.url, v), {})
    w.write(req(u, hd))
    st, b = await read_resp(r)
    assert st == 200, (st, b[:200])

    def nxt(b):
        d = json.loads(b)
        for k in A.since_path.split("."):
            d = d[int(k)] if isinstance(d, list) else d[k]
        return d

    since = nxt(b)
    opened.append(w)
    READY += 1

    # next_batch is found by text search where possible: cheaper than json.loads
    async def pump() -> None:
        nonlocal since
        while True:
            uu = urllib.parse.urlsplit(fmt(A.url, dict(v, since=urllib.parse.quote(str(since)))))
            w.write(req(uu, hd))
            st, b = await read_resp(r)
            if st != 200:
                print("poll", st, b[:100], file=sys.stderr)
                await asyncio.sleep(1)
                continue
            scan(b, i)
            since = nxt(b)

    return asyncio.create_task(pump())


class Sender:
    def __init__(self, clients, ls) -> None:
        self.c, self.ls = clients, ls
        self.r = self.w = None
        self.bad = 0

    async def send(self, k) -> None:
        tok = MARK.decode() + "%05d" % k + "y"
        SENT[k] = now()
        if A.send_ws:
            import picows

            self.ls[0].tr.send(
                picows.WSMsgType.TEXT,
                fmt(A.send_ws, dict(self.c[0].get("vars", {}), token=tok, seq=k)).encode(),
            )
            return
        if self.w is None:
            _, self.r, self.w = await raw_open(fmt(A.send_url, {"token": tok}), {})
        u = urllib.parse.urlsplit(fmt(A.send_url, {"token": tok, "seq": k}))
        h = dict(x.split(":", 1) for x in A.send_header)
        h = {a.strip(): b.strip() for a, b in h.items()}
        self.w.write(req(u, h, A.send_method, fmt(A.send_body, {"token": tok, "seq": k}).encode()))
        try:
            st, b = await read_resp(self.r)
        except Exception:
            self.w = None
            raise
        if st >= 300:
            self.bad += 1
            if self.bad == 1:
                print("send:", st, b[:300], file=sys.stderr)


def pct(xs, q):
    xs = sorted(xs)
    return round(xs[min(len(xs) - 1, int(len(xs) * q))] * 1000, 2) if xs else None


async def connected(cl):
    """So many clients that listen, and how long it took them to come in."""
    opened, ls = [], []
    f = {"ws": ws_client, "sse": sse_client, "poll": poll_client}[A.mode]
    t0 = now()
    for a in range(0, A.n, A.ramp):
        ls += await asyncio.gather(
            *(f(cl[i % len(cl)], i, opened) for i in range(a, min(A.n, a + A.ramp)))
        )
    tc = now() - t0
    for _ in range(100):
        if A.n <= READY:
            break
        await asyncio.sleep(0.1)
    await asyncio.sleep(A.settle)
    return opened, ls, tc


async def wait(keys) -> None:
    dl = now() + A.timeout
    while now() < dl and any(len(GOT.get(x, ())) < A.n for x in keys):
        await asyncio.sleep(0.005)


async def paced(s):
    """One message after the other, each when all have the one before."""
    keys = range(1, A.msgs + 1)
    for k in keys:
        t = now()
        await s.send(k)
        await wait([k])
        d = A.gap - (now() - t)
        if d > 0:
            await asyncio.sleep(d)
    each = [t - SENT[x] for x in keys for t in GOT.get(x, {}).values()]
    last = [max(GOT[x].values()) - SENT[x] for x in keys if len(GOT.get(x, ())) >= A.n]
    return {
        "msgs": A.msgs,
        "deliveries": len(each),
        "expected": A.msgs * A.n,
        "each_p50_ms": pct(each, 0.5),
        "each_p99_ms": pct(each, 0.99),
        "last_p50_ms": pct(last, 0.5),
        "last_p99_ms": pct(last, 0.99),
    }


async def burst(s, pids):
    """All messages at once, and what each delivery costs the server's processes."""
    keys = range(A.msgs + 1, A.msgs + 1 + A.burst)
    c0 = httpload.cpu_s(pids)
    t = now()
    for x in keys:
        await s.send(x)
    ts = now() - t
    await wait(keys)
    c = httpload.cpu_s(pids) - c0
    got = [y for x in keys for y in GOT.get(x, {}).values()]
    el = max(got) - t if got else 0
    out = {
        "msgs": A.burst,
        "send_s": round(ts, 3),
        "deliveries": len(got),
        "expected": A.burst * A.n,
        "deliveries_per_s": round(len(got) / el) if el else 0,
        "msgs_per_s": round(A.burst / el, 1) if el else 0,
    }
    if pids and got:
        out["cpu_us_per_delivery"] = round(c / len(got) * 1e6, 1)
        out["pss_after_mib"] = httpload.rss_kib(pids) // 1024
    return out


async def main() -> None:
    host = urllib.parse.urlsplit(A.url).hostname
    assert host in ("127.0.0.1", "localhost", "::1"), "loopback only"
    cl = load_clients()
    _held, ls, tc = await connected(cl)
    s = Sender(cl, ls)
    await s.send(0)  # warm-up, not counted
    await wait([0])
    out = {"label": A.label, "mode": A.mode, "n": A.n, "ready": READY}
    out["connect_per_s"] = round(A.n / tc, 1)
    pids = [int(x) for x in A.pids.split(",") if x]
    if pids:
        out["pss_mib"] = httpload.rss_kib(pids) // 1024
    out["paced"] = await paced(s)
    if A.burst:
        out["burst"] = await burst(s, pids)
    out["send_errors"] = s.bad
    print(json.dumps(out))
    os._exit(0)


if __name__ == "__main__":
    try:
        import uvloop

        uvloop.run(main())
    except ImportError:
        asyncio.run(main())
