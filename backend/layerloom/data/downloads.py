"""The sets that can not come with the package but can be fetched by Keras where the network allows it."""

from typing import ClassVar

from layerloom.data.dataset import Task, Word
from layerloom.data.uploads import Job


class Downloadable(Word):
    """A set that Keras fetches: from `host`, as `files` in its cache, `size_bytes` altogether.

    `dataset` is the id of the set that was made of it before, null if it was not fetched yet.
    """

    name: str
    title: str
    description: str
    licence: str
    origin: str
    task: Task = "classification"
    host: str
    files: list[str]
    size_bytes: int
    dataset: str | None = None


class Fetch(Job):
    """The order for a process that fetches a set; it imports Keras and so is named, not imported."""

    PROGRAM: ClassVar[str] = "layerloom.training.downloading"

    name: str


_GOOGLE = "storage.googleapis.com"
_TORONTO = "www.cs.toronto.edu"
_KRIZHEVSKY = "Alex Krizhevsky: Learning Multiple Layers of Features from Tiny Images, 2009"

DOWNLOADABLE: dict[str, Downloadable] = {
    one.name: one
    for one in (
        Downloadable(
            name="cifar10",
            title="CIFAR-10",
            description="60,000 colour pictures of 32×32 pixels in ten classes, 10,000 of them to test on.",
            licence="Not stated by its makers",
            origin=_KRIZHEVSKY,
            host=_TORONTO,
            files=["cifar-10-batches-py-target_archive"],
            size_bytes=170_498_071,
        ),
        Downloadable(
            name="cifar100",
            title="CIFAR-100",
            description="60,000 colour pictures of 32×32 pixels in a hundred classes, 10,000 of them to test on.",
            licence="Not stated by its makers",
            origin=_KRIZHEVSKY,
            host=_TORONTO,
            files=["cifar-100-python-target_archive"],
            size_bytes=169_001_437,
        ),
        Downloadable(
            name="imdb",
            title="IMDB reviews",
            description="50,000 reviews of films, half of them to test on: does the writer like the film?",
            licence="Not stated by its makers",
            origin="Andrew L. Maas et al.: Learning Word Vectors for Sentiment Analysis, 2011",
            host=_GOOGLE,
            files=["imdb.npz", "imdb_word_index.json"],
            size_bytes=19_106_010,
        ),
        Downloadable(
            name="reuters",
            title="Reuters newswires",
            description="11,228 news of 1987 in 46 topics, a fifth of them to test on.",
            licence="For research, as distributed by Reuters and David D. Lewis",
            origin="Reuters-21578, Distribution 1.0, David D. Lewis",
            host=_GOOGLE,
            files=["reuters.npz", "reuters_word_index.json"],
            size_bytes=2_661_226,
        ),
    )
}
