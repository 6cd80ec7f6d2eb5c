import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.channels._telegram_wire import Unreachable, Wire

Script = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]


class Server:
    """Answers each request as its script does; remembers what came and over how many connections."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.requests: list[bytes] = []
        self.connections = 0
        self.url = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
                body = await reader.readexactly(length)
                self.requests.append(head + body)
                await self.script(body, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def serving(script: Script, tls: ssl.SSLContext | None = None) -> AsyncIterator[Server]:
    server = Server(script)
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0, ssl=tls)
    port = listening.sockets[0].getsockname()[1]
    server.url = f"https://localhost:{port}/x" if tls else f"http://127.0.0.1:{port}/bot1:t/sendMessage"
    try:
        yield server
    finally:
        listening.close()


@asynccontextmanager
async def opened(most: int = 4, patience: float = 5.0) -> AsyncIterator[Wire]:
    wire = Wire(most=most, patience=patience)
    try:
        yield wire
    finally:
        await wire.close()


async def echo(body: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nDate: Tue, 24 Nov 2026 02:05:00 GMT\r\nContent-Length: %d\r\n\r\n" % len(body))
    writer.write(body)


async def test_a_request_is_answered_and_its_connection_kept() -> None:
    async with serving(echo) as server, opened() as wire:
        assert await wire.post(server.url, b'{"a":1}') == (200, b'{"a":1}')
        assert await wire.post(server.url, b"") == (200, b"")
    assert server.connections == 1
    host = server.url.split("/")[2].encode()
    assert server.requests[0] == (
        b"POST /bot1:t/sendMessage HTTP/1.1\r\nHost: " + host + b"\r\nContent-Type: application/json\r\n"
        b'Content-Length: 7\r\n\r\n{"a":1}'
    )
    assert wire.date == "Tue, 24 Nov 2026 02:05:00 GMT"


async def test_an_answer_in_pieces_is_put_together() -> None:
    async def pieces(body: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 429 Too Many\r\nTransfer-Encoding: chunked\r\n\r\n")
        writer.write(b"3\r\nabc\r\n")
        await writer.drain()
        writer.write(b"2\r\nde\r\n0\r\n\r\n")

    async with serving(pieces) as server, opened() as wire:
        assert await wire.post(server.url, b"{}") == (429, b"abcde")
        assert await wire.post(server.url, b"{}") == (429, b"abcde")
    assert server.connections == 1


async def test_an_answer_without_a_length_ends_with_its_connection() -> None:
    async def page(body: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 502 Bad Gateway\r\n\r\n<html>")
        writer.close()

    async with serving(page) as server, opened() as wire:
        assert await wire.post(server.url, b"{}") == (502, b"<html>")
        assert await wire.post(server.url, b"{}") == (502, b"<html>")
    assert server.connections == 2


async def test_a_connection_the_server_gives_up_is_not_used_again() -> None:
    async def last(body: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok")

    async with serving(last) as server, opened() as wire:
        for _ in range(2):
            assert await wire.post(server.url, b"{}") == (200, b"ok")
    assert server.connections == 2


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhalf"])
async def test_a_connection_that_ends_before_the_answer_is_no_answer(said: bytes) -> None:
    async def cut(body: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(said)
        writer.close()

    async with serving(cut) as server, opened() as wire:
        with pytest.raises(ConnectionError) as found:
            await wire.post(server.url, b"{}")
    assert type(found.value) is ConnectionResetError
    assert len(server.requests) == 1  # nothing is sent twice


async def test_what_is_no_http_is_no_answer() -> None:
    async def noise(body: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"hello\r\n\r\n")

    async with serving(noise) as server, opened() as wire:
        with pytest.raises(ConnectionAbortedError):
            await wire.post(server.url, b"{}")


async def test_where_nobody_listens_nothing_was_handed_over() -> None:
    async with serving(echo) as server:
        url = server.url
    async with opened() as wire:
        for _ in range(5):  # more often than there may be connections
            with pytest.raises(Unreachable):
                await wire.post(url, b"{}")
        with pytest.raises(Unreachable):
            await wire.post("http://127.0.0.1:99999/", b"{}")


async def test_silence_is_given_up_and_its_connection_too() -> None:
    answering = asyncio.Event()

    async def slow(body: bytes, writer: asyncio.StreamWriter) -> None:
        if body == b"wait":
            await answering.wait()
        await echo(body, writer)

    async with serving(slow) as server, opened(most=1, patience=0.05) as wire:
        with pytest.raises(TimeoutError):
            await wire.post(server.url, b"wait")
        assert await wire.post(server.url, b"next") == (200, b"next")
        answering.set()
    assert server.connections == 2


async def test_a_long_wait_may_be_asked_for() -> None:
    async def later(body: bytes, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.1)
        await echo(body, writer)

    async with serving(later) as server, opened(patience=0.02) as wire:
        assert await wire.post(server.url, b"{}", wait=5.0) == (200, b"{}")


async def test_an_answer_that_nobody_waits_for_any_more_is_not_the_next_ones() -> None:
    came, go = asyncio.Event(), asyncio.Event()

    async def held(body: bytes, writer: asyncio.StreamWriter) -> None:
        if body == b"first":
            came.set()
            await go.wait()
        await echo(body, writer)

    async with serving(held) as server, opened(most=1) as wire:
        first = asyncio.create_task(wire.post(server.url, b"first"))
        await came.wait()
        first.cancel()
        await asyncio.wait([first])
        go.set()
        assert await wire.post(server.url, b"second") == (200, b"second")
    assert first.cancelled()


async def test_more_requests_than_connections_wait_for_their_turn() -> None:
    now = most = 0

    async def counted(body: bytes, writer: asyncio.StreamWriter) -> None:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.01)
        now -= 1
        await echo(body, writer)

    async with serving(counted) as server, opened(most=3) as wire:
        bodies = [b"%d" % number for number in range(20)]
        assert await asyncio.gather(*(wire.post(server.url, body) for body in bodies)) == [(200, b) for b in bodies]
    assert (server.connections, most) == (3, 3)


async def test_who_waits_for_a_connection_gets_one_when_another_breaks() -> None:
    async def broken(body: bytes, writer: asyncio.StreamWriter) -> None:
        if body == b"bad":
            writer.close()
        else:
            await echo(body, writer)

    async with serving(broken) as server, opened(most=1) as wire:
        asked = [asyncio.create_task(wire.post(server.url, body)) for body in (b"bad", b"one", b"bad", b"two")]
        found = await asyncio.gather(*asked, return_exceptions=True)
    assert [type(one) if isinstance(one, Exception) else one for one in found] == [
        ConnectionResetError, (200, b"one"), ConnectionResetError, (200, b"two"),
    ]  # fmt: skip


async def test_the_servers_name_is_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(*certificate(tmp_path, "localhost"))
    async with serving(echo, tls) as server:
        async with opened() as wire:
            with pytest.raises(Unreachable):  # signed by nobody we trust
                await wire.post(server.url, b"{}")
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "localhost.pem"))
        async with opened() as wire:
            assert await wire.post(server.url, b"{}") == (200, b"{}")
            with pytest.raises(Unreachable):
                await wire.post(server.url.replace("localhost", "127.0.0.1"), b"{}")


def certificate(folder: Path, name: str) -> tuple[Path, Path]:
    """A certificate for ``name`` signed by itself, and its key."""
    now = datetime.now(UTC)  # noqa: TID251 -- the other side has a clock
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    signed = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    paths = folder / f"{name}.pem", folder / f"{name}.key"
    paths[0].write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    paths[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    return paths
