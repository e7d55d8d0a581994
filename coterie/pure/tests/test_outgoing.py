"""The one door out: what it never asks, and what it does not believe."""

import contextlib
import socket
import ssl
import subprocess
import time
from pathlib import Path

import pytest

from coterie.pure.outgoing import Guard, Unreachable, fetch, is_public
from coterie.pure.outgoing.asking import MOST_HOPS, WHO, led_on, looked_at
from coterie.pure.tests import strangers

SECURITY = Path("tests/data/security")
HTML = ("text/html",)
INSIDE = """
127.0.0.1 127.1.2.3 0.0.0.0 0.1.2.3 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254
169.254.0.1 100.64.0.1 100.100.100.200 100.127.255.255 192.0.0.1 192.0.0.192 192.0.2.1 198.18.0.1
198.51.100.7 203.0.113.9 224.0.0.1 224.0.1.1 239.255.255.250 240.0.0.1 255.255.255.255
168.63.129.16 192.88.99.1
:: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:8.8.8.8 ::ffff:a9fe:a9fe ::ffff:0:7f00:1
64:ff9b::7f00:1 64:ff9b::8.8.8.8 64:ff9b:1::a00:1 100::1 2001::1 2001:0:7f00:1:: 2001:db8::1
2002:7f00:1:: 2002:0808:0808:: 3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 febf::1
fec0::1 ff02::1 ff0e::1
"""
OUTSIDE = "1.1.1.1 8.8.8.8 9.9.9.9 93.184.215.14 2606:4700:4700::1111 2a00:1450:4001::200e"


def test_an_address_inside_anybodys_house_is_never_public():
    assert [each for each in INSIDE.split() if is_public(each)] == []
    assert [each for each in OUTSIDE.split() if not is_public(each)] == []
    assert not is_public("stranger.example")


@pytest.fixture(scope="module")
def server():
    with strangers.stranger() as found:
        yield found


@pytest.fixture
def them(server):
    server.pages.clear()
    server.asked.clear()
    return server


def refused(url, guard=None, **more):
    with pytest.raises(Unreachable):
        fetch(url, **{"kinds": HTML, "most": 10_000, "guard": guard} | more)


def spellings():
    """Many ways to write "this machine"; what stands for the port is filled in."""
    hosts = r"""
    127.0.0.1 127.1 127.0.1 2130706433 017700000001 0177.0.0.1 0177.0.0.01 0x7f.0.0.1 0x7f.1
    0x7f000001 0x7F.0x0.0x0.0x1 127.000.000.001 127.0.0.1. 0 0.0.0.0 0x0 00000 127.127.127.127
    localhost LOCALHOST localhost. foo.localhost localhost.localdomain ip6-localhost
    [::1] [::] [0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] [::ffff:7f00:1] [::ffff:0:127.0.0.1]
    [0:0:0:0:0:ffff:127.0.0.1] [::127.0.0.1] [64:ff9b::7f00:1] [2002:7f00:1::] [::1%25lo] [::1%lo]
    [fe80::1%25lo] [::FFFF:127.0.0.1]
    %31%32%37.0.0.1 127%2e0%2e0%2e1 127。0。0。1 １２７.0.0.1
    ⑫⑦.⓪.⓪.① ①②⑦.⓪.⓪.① 𝟏𝟐𝟕.0.0.1 ｌｏｃａｌｈｏｓｔ
   
    user@127.0.0.1 example.org@127.0.0.1 127.0.0.1@ example.org%40127.0.0.1 example.org:80@127.0.0.1
    example.org\@127.0.0.1 127.0.0.1\.example.org 127.0.0.1# 127.0.0.1? ::1 [::1 127.0.0.1]
    """
    both = [f"{scheme}://{host}:PORT/" for host in hosts.split() for scheme in ("http", "https")]
    return [
        *both,
        "http:127.0.0.1:PORT/", "http:/127.0.0.1:PORT/", "http:///127.0.0.1:PORT/",
        "http:\\\\127.0.0.1:PORT/", "//127.0.0.1:PORT/", "127.0.0.1:PORT/",
        "http://127.0.0.1:PORT\t/",
        "http://127.0.\n0.1:PORT/", " http://127.0.0.1:PORT/", "http://127.0.0.1:PORT\\@a.example/",
        "ftp://127.0.0.1:PORT/", "file:///etc/passwd", "gopher://127.0.0.1:PORT/_", "data:,x",
        "javascript:1", "dict://127.0.0.1:PORT/", "http://", "http://:PORT/", "",
        "http://127.0.0.1:0/", "http://127.0.0.1:-1/", "http://127.0.0.1:99999/",
    ]  # fmt: skip


def test_no_spelling_of_this_machine_reaches_it(them):
    """The shipped door, but that it would knock at the canary's number."""
    guard = Guard(ports={"http": (them.port,), "https": (them.port,)}, seconds=3)
    tried = [each.replace("PORT", str(them.port)) for each in spellings()]
    assert len(tried) >= 100
    for url in tried:
        refused(url, guard)
    assert them.asked == []
    fetch(them.page("/"), kinds=HTML, most=10_000, guard=them.guard())
    assert them.asked, "the canary sings"


def test_only_the_usual_doors_of_visitors_are_tried(them):
    for url in (
        them.page("/"),
        "http://a.example:443/",
        "https://a.example:80/",
        "http://a.example:22/",
    ):
        refused(url, Guard(resolve=lambda *_a, **_m: pytest.fail("looked up")))
    assert them.asked == []


def test_a_name_that_changes_its_mind_is_asked_once(them):
    """Rebinding: the second answer would be this machine; nobody asks for it."""
    answers = iter(
        [[(2, 1, 6, "", ("203.0.113.9", them.port))], [(2, 1, 6, "", ("127.0.0.1", them.port))]]
    )
    knocked = []
    guard = them.guard(
        resolve=lambda *_a, **_m: next(answers),
        allows=lambda ip: knocked.append(ip) or is_public(ip),
    )
    refused(them.page("/"), guard)
    assert (knocked, them.asked) == (["203.0.113.9"], [])


def test_of_several_addresses_only_those_outside_are_knocked_at(them):
    mixed = [(2, 1, 6, "", (ip, them.port)) for ip in ("10.0.0.1", "169.254.169.254", "127.0.0.1")]
    answer = fetch(
        them.page("/"), kinds=HTML, most=10_000, guard=them.guard(resolve=lambda *_a, **_m: mixed)
    )
    assert answer.body.decode() == strangers.PAGE


def test_every_redirect_is_looked_at_as_if_it_were_the_first(them):
    inside = "http://metadata.example"
    guard = them.guard(
        resolve=lambda host, port, **_m: [
            (2, 1, 6, "", ("169.254.169.254" if "metadata" in host else "127.0.0.1", port))
        ]
    )
    for to in (
        f"{inside}:{them.port}/latest/", "http://a.example:22/", "file:///etc/passwd", "ftp://a.example/",
        "http://u:p@a.example/", "//127.0.0.1:1/", "http://[::1]/", "", "javascript:1", "http://\\evil",
    ):  # fmt: skip
        refused(them.leads("/away", to), guard)
    assert {path for path, _heads in them.asked} == {"/away"}


def test_no_payload_for_open_redirects_leads_anywhere(them):
    """Each as a redirect's target; its names are not looked up, and all would be this machine."""
    guard = Guard(resolve=them.guard().resolve, ports=them.guard().ports, seconds=30)
    payloads = (SECURITY / "payloads_open_redirect.txt").read_text().splitlines()
    assert len(payloads) >= 300
    for payload in payloads:
        with pytest.raises(Unreachable):
            fetch(payload, kinds=HTML, most=99, guard=guard)
        where = looked_at(f"http://a.example:{them.port}/")
        with contextlib.suppress(Unreachable, ValueError):
            fetch(led_on(where, payload), kinds=HTML, most=99, guard=guard)
            pytest.fail(payload)
    assert them.asked == []


def test_redirects_are_followed_for_so_long_and_no_longer(them):
    guard = them.guard()
    for n in range(MOST_HOPS + 1):
        them.leads(f"/{n}", f"/{n + 1}", status=(301, 302, 303, 307, 308)[n % 5])
    them.page(f"/{MOST_HOPS + 1}")
    refused(them.url("/0"), guard)
    assert fetch(them.url("/1"), kinds=HTML, most=10_000, guard=guard).address == them.url(
        f"/{MOST_HOPS + 1}"
    )
    refused(them.leads("/round", "/round"), guard)
    them.page("/%C3%BCber")
    assert fetch(
        them.leads("/odd", "/über".encode().decode("latin-1")), kinds=HTML, most=9_999, guard=guard
    )


def test_nothing_is_told_of_who_asks(them):
    them.page("/b")
    them.leads("/a?x=1", "/b#part")
    fetch(them.url("/a?x=1#here"), kinds=HTML, most=9_999, guard=them.guard())
    for _path, heads in them.asked:
        assert heads.keys() == {"Host", "Accept", "Accept-Encoding", "User-Agent", "Connection"}
        assert heads["User-Agent"] == WHO
    assert [path for path, _heads in them.asked] == ["/a?x=1", "/b"]


def test_what_drips_is_left_after_a_while(them):
    url, began = them.drips("/drip"), time.monotonic()
    refused(url, them.guard(seconds=0.4))
    assert time.monotonic() - began < 2


def test_a_line_that_says_nothing_is_left_after_a_while(them):
    with socket.create_server(("127.0.0.1", 0)) as mute:
        port, began = mute.getsockname()[1], time.monotonic()
        for scheme in ("http", "https"):
            guard = them.guard(ports={scheme: (port,)}, seconds=0.3)
            refused(f"{scheme}://mute.example:{port}/", guard)
        assert time.monotonic() - began < 3


def test_no_more_is_taken_than_was_asked_for(them):
    guard, most = them.guard(), 100_000
    long = fetch(them.page("/long", b"x" * 3_000_000), kinds=HTML, most=most, guard=guard)
    assert (len(long.body), long.whole) == (most, False)
    bomb = them.page("/bomb", strangers.bomb(), Content_Encoding="gzip")
    burst = fetch(bomb, kinds=HTML, most=most, guard=guard)
    assert (len(burst.body), burst.whole) == (most, False)
    exact = fetch(them.page("/exact", b"x" * most), kinds=HTML, most=most, guard=guard)
    assert (len(exact.body), exact.whole) == (most, True)
    refused(them.page("/twice", strangers.bomb(1_000_000), Content_Encoding="gzip, gzip"), guard)
    refused(them.page("/other", b"x", Content_Encoding="br"), guard)
    refused(them.page("/broken", b"no gzip", Content_Encoding="gzip"), guard)
    refused(them.page("/short", b"half", Content_Length="4000"), guard)


def test_only_what_was_asked_for_is_taken(them):
    guard = them.guard()
    for kind in ("application/pdf", "image/png", "text/plain", "", "application/json"):
        refused(them.page("/kind", Content_Type=kind), guard)
    refused(them.page("/gone", status=404), guard)
    refused(them.page("/part", status=206), guard)
    refused(them.page("/none", "", status=204), guard)
    refused(them.page("/auth", status=401), guard)


def test_nobody_passes_for_another_over_tls(them, tmp_path):
    """A certificate of somebody else's, or of nobody's, ends it; nor does TLS lead to the open."""
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes",
         "-keyout", key, "-out", cert, "-days", "2", "-subj", "/CN=right.example",
         "-addext", "subjectAltName=DNS:right.example"],
        check=True, capture_output=True,
    )  # fmt: skip
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.load_cert_chain(cert, key)
    with strangers.stranger(ours) as secure:
        secure.page("/")
        secure.leads("/open", "http://right.example/")
        ports = {"https": (secure.port,), "http": (80,)}
        trusting = secure.guard(
            ports=ports, trust=lambda: ssl.create_default_context(cafile=str(cert))
        )
        right, wrong = (f"https://{name}.example:{secure.port}" for name in ("right", "wrong"))
        assert fetch(f"{right}/", kinds=HTML, most=9_999, guard=trusting).whole
        refused(f"{wrong}/", trusting)
        refused(f"{right}/open", trusting)
        refused(f"{right}/", secure.guard(ports=ports))
        assert [path for path, _heads in secure.asked] == ["/", "/open"]


def test_what_is_no_address_is_not_even_parsed():
    for url in (
        "http://a.example/\x00",
        "http://a.example/ x",
        "http://ä.example/",
        "http://a." + "b" * 2_000,
    ):
        with pytest.raises(Unreachable):
            looked_at(url)
