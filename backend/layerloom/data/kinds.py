"""What a column is, guessed from its cells and its name: a person may know better and change it."""

import re

import polars as pl

from layerloom.data.dataset import Kind
from layerloom.data.dates import way_of

MAX_CATEGORIES = 50
MANY_CATEGORIES, REPEATS_OF_MANY = 200, 20
"""Up to so many categories where each repeats that often on average: countries, brands, districts."""
CODES_FROM_0, CODES_FROM_1, REPEATS_OF_CODES = 4, 7, 10
"""1 to 5 are answers on a form; more that begin at 0 are rather a count of something."""
LOOKED_AT = 100_000
"""Rows at the start of a column that say what it can not be, before all of them are looked at."""
ENOUGH_DIFFERENT = 10
"""With fewer cells, that all of them differ says nothing."""
WORDS_OF_A_NAME, SHARE_OF_NAMES = 1.5, 0.5
LONGEST_WORD = 8

IDENTIFIER = re.compile(
    r"(?:^|[\s_.\-])(?:id|ids|uuid|guid|key|pk|idx|index|rownum|row|nr|no|no\.|#)$|^unnamed: ?\d+$|[a-z]I[dD]$"
    r"|(?:번호|순번|아이디|식별자|고유키)$"
)
STRICT_IDENTIFIER = re.compile(r"(?:^|[\s_.\-])(?:id|uuid|guid)$|[a-z]I[dD]$|(?:아이디|식별자)$")
MEASURE = re.compile(r"^[a-z]$|time|step|epoch|day|week|month|year|hour|minute|second|age|시간|시점|일|주|월|연도|년")
COUNT = re.compile(
    r"(?:^|[\s_])(?:n|num|number|count|qty|quantity|hours?|days?|years?|age|months?)(?:$|[\s_])|수$|나이"
)
CODED = re.compile(
    r"^y$|label|class|type|kind|categor|code|group|cluster|digit|species|target|분류|종류|유형|등급|코드|라벨"
)
DATED = re.compile(r"date|day|ymd|날짜|일자|일시", re.IGNORECASE)
TRUTHS = ({"yes", "no"}, {"y", "n"}, {"true", "false"}, {"t", "f"}, {"예", "아니오"}, {"예", "아니요"}, {"o", "x"})


def kind_of(series: pl.Series) -> Kind:
    """The kind that the cells suggest. Takes what `plain` gives: truth values, moments, numbers or texts."""
    if series.dtype == pl.Boolean:
        return "category"
    if series.dtype.is_temporal():
        return "date"
    return _kind_of_numbers(series) if series.dtype.is_numeric() else _kind_of_texts(series)


def plain(series: pl.Series) -> pl.Series:
    """The same cells as truth values, moments, numbers or texts, whatever type a file has them in; "" is empty."""
    type = series.dtype
    if type in (pl.Categorical, pl.Enum, pl.Null):
        series = series.cast(pl.String)
    elif type.is_decimal() or type in (pl.UInt64, pl.Int128, pl.UInt128):
        series = series.cast(pl.Float64)
    elif type == pl.Duration:
        series = series.dt.total_microseconds() / 1e6
    elif type == pl.Time:
        series = series.cast(pl.Int64) / 1e9
    elif type == pl.Binary:
        series = series.bin.encode("hex")
    elif type.is_nested():
        series = series.to_frame("cell").select(pl.struct("cell").struct.json_encode()).to_series().alias(series.name)
    if series.dtype == pl.String and (series == "").any():
        series = series.set(series == "", None)
    return series


def _kind_of_numbers(series: pl.Series) -> Kind:
    """0 and 1 are a category, whose index is the number itself, so that nothing is lost; so are codes that repeat."""
    if series.head(LOOKED_AT).n_unique() <= MAX_CATEGORIES + 1:
        distinct = series.drop_nulls().unique()
        if set(distinct.head(3)) == {0, 1} or _are_codes(distinct, series):
            return "category"
    if not series.dtype.is_integer():
        return "number"
    if _is_identifier(series):
        return "identifier"
    return "date" if _is_date(series) else "number"


def _are_codes(distinct: pl.Series, series: pl.Series) -> bool:
    """Whether whole numbers count up from 0 or 1, and each is there often: a measure would leave gaps."""
    name = series.name.lower()
    if not series.dtype.is_integer() or not 2 <= len(distinct) <= MAX_CATEGORIES or COUNT.search(name):
        return False
    low, high = int(distinct.min()), int(distinct.max())  # type: ignore[arg-type]
    most = MAX_CATEGORIES if CODED.search(name) else CODES_FROM_1 if low == 1 else CODES_FROM_0
    often = len(series) - series.null_count() >= REPEATS_OF_CODES * len(distinct)
    return low in (0, 1) and high - low + 1 == len(distinct) <= most and often


def _is_identifier(series: pl.Series) -> bool:
    """Whole numbers that name rows: they are called so and all differ, or they are the rows' own numbers."""
    cells, head = series.drop_nulls(), series.head(LOOKED_AT)
    if STRICT_IDENTIFIER.search(series.name) and head.n_unique() > MAX_CATEGORIES:
        return True
    if len(cells) < 2 or head.n_unique() < len(head):
        return False
    if IDENTIFIER.search(series.name) or IDENTIFIER.search(series.name.lower()):
        return cells.n_unique() == len(cells)
    is_running = cells[0] in (0, 1) and bool((cells.diff().drop_nulls() == 1).all())
    return is_running and len(cells) >= ENOUGH_DIFFERENT and not MEASURE.search(series.name.lower())


def _is_date(series: pl.Series) -> bool:
    """20250131 in a column that is called a date."""
    if (
        not DATED.search(series.name)
        or not series.head(LOOKED_AT).drop_nulls().is_between(19_000_101, 21_001_231).all()
    ):
        return False
    return way_of(series.cast(pl.String)) is not None


def _kind_of_texts(series: pl.Series) -> Kind:
    """Texts that repeat are categories; single words that hardly ever do are names of rows; the rest is language."""
    cells, head = series.drop_nulls(), series.head(LOOKED_AT).drop_nulls()
    if cells.is_empty():
        return "text"
    if way_of(series):
        return "date"
    return "category" if _repeats(cells, head, len(series)) else "identifier" if _names_rows(cells, head) else "text"


def _repeats(cells: pl.Series, head: pl.Series, rows: int) -> bool:
    if head.n_unique() > MANY_CATEGORIES:
        return False
    distinct = cells.unique()
    if len(distinct) <= min(MAX_CATEGORIES, rows // 2):
        return True
    if set(distinct.head(3).str.to_lowercase()) in TRUTHS:
        return True
    many = len(distinct) <= MANY_CATEGORIES and len(cells) >= REPEATS_OF_MANY * len(distinct)
    return many and _words(distinct) <= 3


def _names_rows(cells: pl.Series, head: pl.Series) -> bool:
    different = head.n_unique() / max(1, len(head))
    if different == 1 and len(cells) > 1 and IDENTIFIER.search(cells.name.lower()):
        return True
    if len(cells) < ENOUGH_DIFFERENT or different < SHARE_OF_NAMES or _words(head) >= WORDS_OF_A_NAME:
        return False
    # Languages without spaces make one long word of a sentence.
    foreign = head.str.len_bytes() > 2 * head.str.len_chars()
    return not (foreign & (head.str.len_chars() > LONGEST_WORD)).mean() > 0.5  # type: ignore[operator]


def _words(texts: pl.Series) -> float:
    """Words a cell, on average."""
    return float(texts.str.count_matches(r"\S+").mean() or 0)  # type: ignore[arg-type]
