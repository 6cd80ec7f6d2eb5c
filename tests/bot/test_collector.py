import gc
import weakref

from bot.collector import settle


class Ring:
    """Holds on to itself."""

    def __init__(self) -> None:
        self.me = self


def test_what_was_there_is_left_alone_and_what_comes_is_collected() -> None:
    before, frozen = gc.get_threshold(), gc.get_freeze_count()
    try:
        settle()
        assert gc.get_freeze_count() > frozen
        assert gc.isenabled()
        came = weakref.ref(Ring())
        gc.collect()
        assert came() is None
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
