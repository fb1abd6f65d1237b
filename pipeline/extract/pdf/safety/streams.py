"""How much the streams of a PDF unpack to, told without keeping what comes out.

The bytes are looked through from end to end rather than by the file's own lists of objects: two programs may read
those lists differently, but all of them find a stream after the word "stream".
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.errors import DamagedFile, StreamBomb
from pipeline.extract.sniff import SAVE_AGAIN

MAX_STREAM = 40 * 2**20  # bytes of a stream that is no picture, when unpacked
MAX_TOTAL = 300 * 2**20
MAX_PICTURE = 256 * 2**20
MAX_PICTURES = 1500 * 2**20
MAX_PIXELS = 250_000_000  # an A0 sheet at 400 dots an inch
MAX_SIDE = 60_000
MAX_FILTERS = 4

_CHUNK = 2**20
_TOKEN = re.compile(rb"(?<![A-Za-z])obj(?![A-Za-z])|(?<!end)stream")
_LONGEST_DICTIONARY = 2**18
_NAME = re.compile(rb"/([A-Za-z0-9]+)")
_FILTER = re.compile(rb"/Filter\s*(\[[^\]]*\]|/[A-Za-z0-9]+|(\d+)\s+(\d+)\s+R)")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_PICTURE = re.compile(rb"/Subtype\s*/Image")
_SIDE = re.compile(rb"/(Width|Height)\s+(\d+)(?!\s+\d+\s+R)")
_SHORT = {"Fl": "FlateDecode", "LZW": "LZWDecode", "RL": "RunLengthDecode", "AHx": "ASCIIHexDecode",
          "A85": "ASCII85Decode"}  # fmt: skip
_TOO_MUCH = "The PDF unpacks to far more than a report needs."


Packed = bytes | memoryview


class Broken(Exception):
    """A stream does not unpack; what came out before is lost with it."""


def check(data: bytes) -> None:
    """That nothing in the file unpacks to more than a report needs. Raises StreamBomb.

    Streams that do not unpack are left to the reader, who knows whether a page needs them.
    """
    _Scan(data).run()


@dataclass(slots=True)
class _Scan:
    data: bytes
    total: int = 0
    pictures: int = 0
    indirect: dict[bytes, tuple[str, ...]] = field(default_factory=dict)

    def run(self) -> None:
        since = 0
        for token in _TOKEN.finditer(self.data):
            if token[0] == b"stream":
                dictionary = self.data[max(since, token.start() - _LONGEST_DICTIONARY) : token.start()]
                self.stream(dictionary, token.end())
            since = token.end()

    def stream(self, dictionary: bytes, start: int) -> None:
        dictionary = _ESCAPE.sub(lambda m: bytes([int(m[1], 16)]), dictionary)
        picture = _PICTURE.search(dictionary) is not None
        if picture:
            check_picture(*(int(side[2][:9]) for side in _SIDE.finditer(dictionary)))
        start = _content_starts(self.data, start)
        filters = self.filters(dictionary, start)
        if not filters:
            return
        # What is deflated tells itself where it ends; a word "endstream" in it may be chance.
        end = self.data.find(b"endstream", start) if filters != ("FlateDecode",) else -1
        packed = memoryview(self.data)[start : end if end != -1 else None]
        try:
            for size in sizes(packed, filters, MAX_PICTURE if picture else MAX_STREAM):
                if picture:
                    self.pictures += size
                else:
                    self.total += size
                if self.total > MAX_TOTAL or self.pictures > MAX_PICTURES:
                    raise StreamBomb(_TOO_MUCH, SAVE_AGAIN)
        except Broken:
            pass

    def filters(self, dictionary: bytes, start: int) -> tuple[str, ...]:
        found = _FILTER.search(dictionary)
        if found is None:
            return ()
        if found[2] is None:
            return tuple(name.decode() for name in _NAME.findall(found[1]))
        if found[1] not in self.indirect:
            place = re.search(rb"(?<!\d)%b\s+%b\s+obj(.{0,200}?)endobj" % (found[2], found[3]), self.data, re.DOTALL)
            names = _NAME.findall(_ESCAPE.sub(lambda m: bytes([int(m[1], 16)]), place[1])) if place else [b"Fl"]
            self.indirect[found[1]] = tuple(name.decode() for name in names)
        return self.indirect[found[1]]


def check_picture(*sides: int) -> None:
    """Raises StreamBomb for a picture with more points than any page can show."""
    points = 1
    for side in sides:
        points *= side
    if max(sides, default=0) > MAX_SIDE or points > MAX_PIXELS:
        raise StreamBomb("A picture in the PDF is far larger than a page can show.", SAVE_AGAIN)


def _content_starts(data: bytes, start: int) -> int:
    while data[start : start + 1] in {b" ", b"\t"}:
        start += 1
    if data[start : start + 2] == b"\r\n":
        return start + 2
    return start + (data[start : start + 1] in {b"\r", b"\n"})


def sizes(packed: Packed, filters: Sequence[str], most: int) -> Iterator[int]:
    """The sizes of the pieces into which a stream unpacks. Raises StreamBomb beyond `most` bytes, Broken."""
    yield from (len(piece) for piece in pieces(packed, filters, most))


def content(packed: Packed, filters: Sequence[str], most: int = MAX_STREAM) -> bytes:
    """A stream's bytes. Raises StreamBomb beyond `most` bytes, Broken."""
    return b"".join(pieces(packed, filters, most))


def pieces(packed: Packed, filters: Sequence[str], most: int) -> Iterator[bytes]:
    """The pieces into which a stream unpacks; a picture's own format (JPEG and the like) is left as it is."""
    if len(filters) > MAX_FILTERS:
        raise StreamBomb("A part of the PDF is packed many times over.", SAVE_AGAIN)
    for index, name in enumerate(filters):
        unpack = _DECODERS.get(_SHORT.get(name, name))
        if unpack is None:
            yield bytes(packed)
            return
        if index == len(filters) - 1:
            yield from _counted(unpack(packed), most)
            return
        packed = b"".join(_counted(unpack(packed), most))
    yield bytes(packed)


def _counted(parts: Iterable[bytes], most: int) -> Iterator[bytes]:
    size = 0
    for part in parts:
        size += len(part)
        if size > most:
            raise StreamBomb("A part of the PDF unpacks to far more than a page needs.", SAVE_AGAIN)
        yield part


def _flate(packed: Packed) -> Iterator[bytes]:
    unpacker = zlib.decompressobj()
    # In slices, because what a decompressor leaves over is copied each time.
    for start in range(0, len(packed), 2**16):
        rest: Packed = packed[start : start + 2**16]
        while rest and not unpacker.eof:
            try:
                yield unpacker.decompress(rest, _CHUNK)
            except zlib.error:
                raise Broken from None
            rest = unpacker.unconsumed_tail
        if unpacker.eof:
            return
    while more := unpacker.decompress(b"", _CHUNK):
        yield more
    if not unpacker.eof:
        raise Broken


def _hexadecimal(packed: Packed) -> Iterator[bytes]:
    digits = re.sub(rb"\s", b"", bytes(packed).split(b">", 1)[0])
    try:
        yield binascii.unhexlify(digits + b"0" * (len(digits) % 2))
    except ValueError:
        raise Broken from None


def _base85(packed: Packed) -> Iterator[bytes]:
    text = re.sub(rb"\s", b"", bytes(packed)).removeprefix(b"<~").split(b"~", 1)[0]
    place = 0
    while place < len(text):
        # Cut where a group of five ends: a "z" is a group of its own.
        end, groups = place, 0
        while end < len(text) and groups < 2**14:
            end += 1 if text[end : end + 1] == b"z" else 5
            groups += 1
        try:
            yield base64.a85decode(text[place:end])
        except ValueError:
            raise Broken from None
        place = end


def _run_lengths(packed: Packed) -> Iterator[bytes]:
    packed, place, out = bytes(packed), 0, bytearray()
    while place < len(packed):
        length = packed[place]
        if length == 128:
            break
        if length < 128:
            out += packed[place + 1 : place + 2 + length]
            place += 2 + length
        else:
            out += packed[place + 1 : place + 2] * (257 - length)
            place += 2
        if len(out) > _CHUNK:
            yield bytes(out)
            out.clear()
    yield bytes(out)


def _lzw(packed: Packed) -> Iterator[bytes]:
    """Codes of 9 to 12 bits, the width changed one code early, as PDF has it by default (ISO 32000-1, 7.4.4)."""
    table: list[bytes] = []
    width, kept, bits, last = 9, 0, 0, b""
    for byte in packed:
        kept, bits = (kept << 8 | byte) & 0xFFFFFF, bits + 8
        if bits < width:
            continue
        bits -= width
        code = kept >> bits & (1 << width) - 1
        if code == 257:
            return
        if code == 256:
            table, width, last = [], 9, b""
            continue
        if code < 256:
            found = bytes([code])
        elif code - 258 < len(table):
            found = table[code - 258]
        elif last and code - 258 == len(table):
            found = last + last[:1]
        else:
            raise Broken
        yield found
        if last and len(table) < 4096 - 258:
            table.append(last + found[:1])
        width = min(12, max(9, (258 + len(table) + 1).bit_length()))
        last = found


_DECODERS: dict[str, Callable[[Packed], Iterable[bytes]]] = {
    "FlateDecode": _flate,
    "ASCIIHexDecode": _hexadecimal,
    "ASCII85Decode": _base85,
    "RunLengthDecode": _run_lengths,
    "LZWDecode": _lzw,
}


def whole(packed: Packed, filters: Sequence[str]) -> bytes:
    """What a page draws, unpacked to its end. Raises StreamBomb, DamagedFile where it is cut off or broken."""
    try:
        return content(packed, filters)
    except Broken:
        raise DamagedFile("The PDF is damaged: the content of a page is cut off.", SAVE_AGAIN) from None
