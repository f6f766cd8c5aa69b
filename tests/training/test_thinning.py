"""What a node gives out, made small."""

import numpy as np

from layerloom.training.thinning import side_of, told


def test_a_picture_of_many_channels_becomes_a_few_small_maps() -> None:
    picture = np.arange(2 * 100 * 40 * 12, dtype=np.float32).reshape(2, 100, 40, 12)
    seen = told(picture)
    assert (seen.kind, seen.shape, np.shape(seen.maps)) == ("maps", [100, 40, 12], (2, 8, 25, 20))
    assert seen.maps[1][3][1][1] == float(f"{picture[1, 4, 2, 3]:.4g}")


def test_steps_by_features_are_one_map_and_a_volume_shows_its_middle() -> None:
    volume = np.zeros((1, 3, 4, 4, 2))
    volume[0, 1] = 1
    assert (np.shape(told(np.zeros((1, 5, 70))).maps), np.mean(told(volume).maps)) == ((1, 1, 5, 24), 1.0)


def test_texts_stay_texts() -> None:
    assert told(np.array([[b"a\xff"], ["b" * 99]], dtype=object)).texts == [["a\ufffd"], ["b" * 60]]


def test_a_number_that_is_not_finite_is_null() -> None:
    assert told(np.array([[1.0, np.nan, -np.inf]])).vectors == [[1.0, None, None]]


def test_maps_are_smaller_where_there_are_very_many() -> None:
    assert [side_of(count) for count in (5, 100, 100_000)] == [32, 16, 4]
