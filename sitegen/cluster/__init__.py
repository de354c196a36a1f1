"""Which workers do a build's work: processes of this machine, or a cluster's."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager

from sitegen.options import Options
from sitegen.pool import Pool, Turn, default_jobs, pool


def workers_for(
    options: Options,
    told: Callable[[Turn], None] | None = None,
    modules: Collection[str] = (),
) -> AbstractContextManager[Pool]:
    """Those that `options` ask for. Raises SitegenError.

    Whoever is `told` hears of each piece of work that they do, for which they need the `modules`.
    """
    if options.scheduler:
        from sitegen.cluster.scheduler import cluster

        return cluster(options, told)
    return pool(options.jobs or default_jobs(), options.start_method, told, modules)
