"""Which encoding a text is in, and the text as UTF-8, piece by piece: everything behind this reads UTF-8 alone."""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from charset_normalizer import from_bytes
from charset_normalizer.constant import IANA_SUPPORTED

from layerloom.data.dataset import Note
from layerloom.data.reading.source import Given, Unreadable

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WIDE = frozenset({"utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"})
WESTERN = "cp1252"
GUESSED = [WESTERN, "cp1250", "cp1251", "cp1253", "cp1254", "cp932", "euc_jp", "gb18030", "big5", "koi8_r", "cp874"]
BLOCK_BYTES = 16 << 20
EVIDENCE_BYTES = 65_536
START_BYTES = 4_096
LONGEST_LINE = 16 << 20
FEW_LINES = 2
LEAST_KOREAN = 0.7


def encoding_of(path: Path) -> str:
    """The encoding that a file is most likely in, as Python calls it."""
    with path.open("rb") as file:
        start = file.read(START_BYTES)
    for bom, name in BOMS:
        if start.startswith(bom):
            return name
    lines = _evidence(path)
    is_stray = start.isascii() and len(lines) <= FEW_LINES  # broken places in plain English, not another encoding
    return _without_bom(start) or ("utf-8" if is_stray else by_evidence(lines))


def utf8(given: Given, encoding: str, replace: bool, notes: list[Note]) -> Iterator[bytes]:
    """The text as UTF-8 without a byte order mark, in blocks that may end anywhere; tells of its progress.

    With `replace`, what is no text in this encoding becomes U+FFFD, zero bytes go, and a note says where they begin;
    else that raises Unreadable `encoding` or `nul`, with the byte and the line.
    """
    decoder, size = _Decoder(given, encoding, replace, notes), given.path.stat().st_size
    with given.path.open("rb") as file:
        while block := file.read(min(BLOCK_BYTES, size - file.tell())):
            yield decoder.utf8(block, final=file.tell() >= size)
            given.report("reading", file.tell() / size)
    if given.path.stat().st_size != size:
        raise Unreadable("changed", f"'{given.name}' changed while it was read. Upload it again once it is complete.")


class _Decoder:
    """Keeps count of bytes and lines, so that what is wrong can be placed."""

    def __init__(self, given: Given, encoding: str, replace: bool, notes: list[Note]) -> None:
        self._name, self._encoding, self._replace, self._notes = given.name, encoding, replace, notes
        self._plain = codecs.lookup(encoding).name == "utf-8"
        self._decoder = codecs.getincrementaldecoder(encoding)("strict")
        self._bytes, self._lines, self._told = 0, 1, False

    def utf8(self, block: bytes, final: bool) -> bytes:
        """This block as UTF-8."""
        if self._bytes == 0 and self._plain:
            block = block.removeprefix(codecs.BOM_UTF8)
        text = self._checked(block, final)
        if b"\0" in text:
            text = self._without_zeros(text)
        self._bytes += len(block)
        self._lines += text.count(b"\n")
        return text

    def _checked(self, block: bytes, final: bool) -> bytes:
        pending = len(self._decoder.getstate()[0])
        if self._plain and not pending and block.isascii():
            return block
        try:
            return self._decoder.decode(block, final).encode()
        except UnicodeDecodeError as error:
            before = bytes(error.object[: error.start]).decode(self._encoding, "replace")
            at, line = self._bytes - pending + error.start, self._lines + before.count("\n")
            message = f"Byte {at + 1:,} (line {line:,}) is no text in {self._encoding}"
            if not self._replace:
                say = f"{message}. Choose the encoding '{self._name}' was written in, or have broken places replaced."
                raise Unreadable("encoding", say, [Note(code="encoding", message=message)]) from None
            self._notes.append(Note(code="encoding", message=f"{message}: it was replaced, as were others after it."))
            whole = bytes(error.object)
            self._decoder = codecs.getincrementaldecoder(self._encoding)("replace")
            return self._decoder.decode(whole, final).encode()

    def _without_zeros(self, text: bytes) -> bytes:
        line = self._lines + text.count(b"\n", 0, text.index(b"\0"))
        message = f"Line {line:,} holds a zero byte"
        if not self._replace:
            say = f"{message}: '{self._name}' is no text, or is damaged. Expected a table as text."
            raise Unreadable("nul", say, [Note(code="nul", message=message)])
        if not self._told:
            self._notes.append(Note(code="nul", message=f"{message}: zero bytes were left out."))
            self._told = True
        return text.replace(b"\0", b"")


def known(encoding: str) -> str:
    """The encoding, if it is one of texts. Raises Unreadable `encoding`."""
    if encoding.lower().replace("-", "_") in {*IANA_SUPPORTED, "utf_8_sig", "latin1"}:
        return encoding
    raise Unreadable("encoding", f"There is no encoding '{encoding}'. Expected one such as utf-8, cp949 or latin-1.")


def _without_bom(start: bytes) -> str | None:
    """Every other byte of Western UTF-16 is zero."""
    even, odd = start[::2].count(0) / len(start), start[1::2].count(0) / len(start)
    if max(even, odd) < 0.2 or min(even, odd) > 0.02:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _evidence(path: Path) -> list[bytes]:
    """Lines that are not ASCII, wherever the first of them are; whole ones, so that no letter is cut."""
    found: list[bytes] = []
    collected, left = 0, b""
    with path.open("rb") as file:
        while collected < EVIDENCE_BYTES and (block := file.read(BLOCK_BYTES)):
            if block.isascii() and left.isascii():
                left = b""
                continue
            *lines, left = (left + block).split(b"\n")
            if len(left) > LONGEST_LINE or len(block) < BLOCK_BYTES:
                lines, left = [*lines, left], b""
            for line in lines:
                if not line.isascii() and collected < EVIDENCE_BYTES:
                    found.append(line[:EVIDENCE_BYTES])
                    collected += len(line)
    return found


def by_evidence(lines: list[bytes]) -> str:
    """UTF-8 where most lines are: what fails then is broken, not in another encoding."""
    if not lines or 2 * sum(is_utf8(line) for line in lines) >= len(lines):
        return "utf-8"
    evidence = b"\n".join(lines)
    if _is_korean(evidence):
        return "cp949"
    if _is_western(evidence):
        return WESTERN
    best = from_bytes(evidence, cp_isolation=GUESSED).best()
    return best.encoding if best else "latin-1"


def is_utf8(content: bytes) -> bool:
    """Whether all of it is."""
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _is_western(evidence: bytes) -> bool:
    """In Western languages a letter with an accent stands among plain ones; elsewhere whole words are foreign."""
    try:
        text = evidence.decode(WESTERN)
    except UnicodeDecodeError:
        return False
    foreign = "".join(letter for letter in text if not letter.isascii())
    return foreign.isalpha() and not re.search(r"[^\x00-\x7f]{3}", text)


def _is_korean(evidence: bytes) -> bool:
    """Of the syllables of CP949 the common ones are those of EUC-KR; by mistake one mostly reads the others."""
    try:
        foreign = [letter for letter in evidence.decode("cp949") if not letter.isascii()]
    except UnicodeDecodeError:
        return False
    common = [letter for letter in foreign if "가" <= letter <= "힣" and len(letter.encode("euc_kr", "ignore")) == 2]
    return len(common) >= LEAST_KOREAN * len(foreign)
