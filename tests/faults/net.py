"""Connections that are not made, not trusted, broken off, or never come to an end."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.command import Outcome
from tests.cli.desk import REPLIES
from tests.fake import wire
from tests.faults.row import Fault, bill, error
from tests.faults.stage import Stage
from tests.server import CLOSE, RESET, Loopback, drip, envelope, reply

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

# No connection


def gone(stage: Stage) -> Outcome:
    """Run while the server answers once, hangs up and stops listening."""

    def last_words(token: str) -> list[object]:
        stage.server.deafen()
        good = reply(200, envelope(wire(token, **REPLIES["whats_happened"])), {"Connection": "close"})
        return [good, CLOSE]

    stage.model.replies["whats_happened"] = last_words
    outcome = stage.run()
    stage.server.listen()
    return outcome


# In place of the machine's own resolver and routes, which a test must not ask.
NO_NAME = """
import socket
def lost(*args, **kwargs):
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
socket.getaddrinfo = lost
"""
NO_ROUTE = """
import errno, os, socket
def lost(self, address):
    raise OSError(errno.ENETUNREACH, os.strerror(errno.ENETUNREACH))
socket.socket.connect = lost
"""


def on_a_machine(with_: str, base_url: str) -> Callable[[Stage], Outcome]:
    """Run with another address, on a machine that has been changed."""
    return lambda stage: stage.run("--base-url", base_url, env=stage.with_code(with_))


# Certificates


def certified(*, name: str, days: tuple[str, str], trusted: bool) -> Callable[[Stage], Outcome]:
    """Run against a TLS server whose certificate is for `name` and valid between two dates."""

    def play(stage: Stage) -> Outcome:
        certificate, key = _certificate(stage.cwd / "tls", name, days)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        stage.server = Loopback(context)
        outcome = stage.run(env={"SSL_CERT_FILE": str(certificate)} if trusted else {})
        assert not stage.server.requests
        return outcome

    return play


def _certificate(folder: Path, name: str, days: tuple[str, str]) -> tuple[Path, Path]:
    """Make a certificate that signs itself, and its key."""
    openssl = shutil.which("openssl")
    if not openssl:
        pytest.skip("needs the openssl program to make a certificate")
    folder.mkdir()
    key, certificate, config = folder / "key.pem", folder / "certificate.pem", folder / "ca.cnf"
    (folder / "index.txt").touch()
    config.write_text(
        f"[ca]\ndefault_ca = own\n[own]\ndatabase = {folder / 'index.txt'}\nnew_certs_dir = {folder}\n"
        f"rand_serial = yes\ndefault_md = sha256\npolicy = any\nx509_extensions = ext\n[any]\ncommonName = supplied\n"
        f"[ext]\nbasicConstraints = critical, CA:true\nsubjectAltName = {name}\n"
    )
    request = [
        "req",
        "-new",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-keyout",
        str(key),
    ]
    request += ["-out", str(folder / "request.pem"), "-subj", "/CN=test"]
    signed = ["ca", "-batch", "-selfsign", "-config", str(config), "-keyfile", str(key), "-in"]
    signed += [str(folder / "request.pem"), "-out", str(certificate), "-startdate", days[0], "-enddate", days[1]]
    for arguments in (request, signed):
        subprocess.run([openssl, *arguments], check=True, capture_output=True)
    return certificate, key


PAST, LONG = ("20200101000000Z", "20210101000000Z"), ("20200101000000Z", "20990101000000Z")
MEND_TLS = "check the address; for a private authority set SSL_CERT_FILE to its certificate"

# Broken off


def keeps_the_bytes(stage: Stage, _: Outcome) -> None:
    assert [record.body for record in stage.records if record.section == "topics"] == [b'{"choices": [{']


def quickly(stage: Stage, _: Outcome) -> None:
    assert time.monotonic() - stage.server.times[1] < 2 * 1 + 4  # two deadlines, a pause, the end of the process


CONNECTING = (
    Fault(
        name="net-refused",
        what="The server goes away in the middle of a run; nothing listens at its port any more.",
        play=gone,
        reached=False,
        calls={"topics": "http http http"},
        code=5,
        reads=error("{host} cannot be reached: connection refused (3 tries) (model m)"),
        again=0,
    ),
    Fault(
        name="net-no-such-name",
        what="The name of the server cannot be looked up.",
        play=on_a_machine(NO_NAME, "http://models.example/v1"),
        code=5,
        reads=error("models.example:80 cannot be reached: name or service not known (3 tries) (model m)"),
    ),
    Fault(
        name="net-no-route",
        what="The machine has no way to the server's network.",
        play=on_a_machine(NO_ROUTE, "http://127.0.0.9:8080/v1"),
        code=5,
        reads=error("127.0.0.9:8080 cannot be reached: network is unreachable (3 tries) (model m)"),
    ),
    Fault(
        name="net-certificate-expired",
        what="The server's certificate has run out.",
        play=certified(name="IP:127.0.0.1", days=PAST, trusted=True),
        code=4,
        reads=error("the certificate of {host} is not accepted: certificate has expired (model m)", next_=MEND_TLS),
    ),
    Fault(
        name="net-certificate-of-another",
        what="The server's certificate is another host's.",
        play=certified(name="DNS:else.example", days=LONG, trusted=True),
        code=4,
        reads=error(
            "the certificate of {host} is not accepted: IP address mismatch, certificate is not valid for '127.0.0.1' "
            "(model m)",
            next_=MEND_TLS,
        ),
    ),
    Fault(
        name="net-certificate-self-signed",
        what="The server signed its certificate itself.",
        play=certified(name="IP:127.0.0.1", days=LONG, trusted=False),
        code=4,
        reads=error("the certificate of {host} is not accepted: self-signed certificate (model m)", next_=MEND_TLS),
    ),
)

BREAKING = (
    Fault(
        name="net-closed-before-the-answer",
        what="The connection is closed, then reset, before a byte of the answer.",
        answers={"topics": [[CLOSE], [RESET], {}]},
        calls={"topics": "unknown unknown ok"},
        code=0,
        reads=(bill(maybe=2),),
    ),
    Fault(
        name="net-closed-throughout",
        what="Every connection is reset before a byte of the answer.",
        answers={"topics": [[RESET]]},
        calls={"topics": "unknown unknown unknown"},
        code=5,
        reads=error("{host} broke off: connection reset by peer (3 tries) (model m)"),
        again=0,
    ),
    Fault(
        name="net-reset-in-the-answer",
        what="The connection is reset in the middle of the answer; what had come is kept to look at.",
        answers={"topics": [[HEAD + b'{"choices": [{', 0.05, RESET]]},
        env={"BRIEFER_ATTEMPTS": "1"},
        calls={"topics": "unknown"},
        code=5,
        reads=error("{host} broke off: the connection was closed in the middle of the answer (model m)"),
        proof=keeps_the_bytes,
        again=0,
    ),
    Fault(
        name="net-answer-too-short",
        what="The answer ends before the length that it announced, or without its last chunk.",
        answers={"topics": [[HEAD + b'{"choices"', CLOSE], [CHUNKED + b'5\r\n{"cho\r\n', CLOSE], {}]},
        calls={"topics": "unknown unknown ok"},
        code=0,
        reads=(bill(maybe=2),),
    ),
    Fault(
        name="net-silence",
        what="The server takes the call and says nothing.",
        answers={"topics": [[60.0]]},
        env={"BRIEFER_DEADLINE": "1"},
        calls={"topics": "unknown unknown"},
        code=5,
        reads=error("{host} did not finish its answer within 1 s (2 tries) (model m)"),
        proof=quickly,
        again=0,
    ),
    Fault(
        name="net-drip",
        what="The answer comes byte by byte, its header first, then its body, and would take minutes.",
        answers={"topics": [drip(HEAD * 9, 0.2), [HEAD, *drip(b"{" + b" " * 400, 0.2)]]},
        env={"BRIEFER_DEADLINE": "1"},
        calls={"topics": "unknown unknown"},
        code=5,
        reads=error("{host} did not finish its answer within 1 s (2 tries) (model m)"),
        proof=quickly,
        again=0,
    ),
)

ROWS = (*CONNECTING, *BREAKING)
