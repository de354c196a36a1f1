"""One thing done to many files, several at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed


def each(
    paths: Iterable[str],
    work: Callable[[str], object],
    done: Callable[[str], None],
    threads: int,
) -> None:
    """Call `work` with every path, and `done`, in this thread, with each that is finished.

    What `work` raises first is raised here, once what was begun has come to its end; what was not
    begun is left.
    """
    with ThreadPoolExecutor(threads) as pool:
        futures = {pool.submit(work, path): path for path in paths}
        try:
            for future in as_completed(futures):
                future.result()
                done(futures[future])
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
