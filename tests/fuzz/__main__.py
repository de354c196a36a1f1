"""`make fuzz`: a long campaign; what went wrong is left in a folder, as small as it can be."""

from __future__ import annotations

import argparse
import faulthandler
import sys
import time
from pathlib import Path

from tests.fuzz.campaign import Campaign, Finding, Tally

ENDLESS = 600
"""Seconds after which all is given up, with a traceback: the trial's site stays for a look."""


def main() -> int:
    """1 when something went wrong, else 0."""
    parser = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    parser.add_argument("--count", type=int, default=50_000, help="inputs  [default: 50000]")
    parser.add_argument("--seed", type=int, default=0, help="what decides them  [default: 0]")
    parser.add_argument(
        "--folder", type=Path, default=Path(".fuzz"), help="where failures are left"
    )
    options = parser.parse_args()
    campaign = Campaign(options.folder / "under-way", options.count, options.seed, _watch)
    tally, told, began = campaign.tally, 0, time.monotonic()
    for done in campaign.run():
        for finding in tally.findings[told:]:
            told += 1
            _keep(options.folder / str(told), finding)
        rate = done / (time.monotonic() - began)
        print(f"{done:,} of seed {options.seed}, {rate:.0f}/s, {told} went wrong", flush=True)
    faulthandler.cancel_dump_traceback_later()
    _tell(tally, options.folder)
    return 1 if tally.findings else 0


def _watch() -> None:
    faulthandler.dump_traceback_later(ENDLESS, exit=True)


def _keep(folder: Path, finding: Finding) -> None:
    for item in finding.inputs:
        file = folder / item.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(item.data)
    print(f"{folder}: {finding.fault}")


def _tell(tally: Tally, folder: Path) -> None:
    for end, number in tally.ends.most_common():
        print(f"{number:8,}  {end}")
    seconds, slowest = tally.slowest
    if slowest:
        (folder / "slowest.md").write_bytes(slowest.data)
        size = f"{len(slowest.data):,} bytes"
        print(f"slowest to read: {seconds:.2f} s, {size}: {folder / 'slowest.md'}")


if __name__ == "__main__":
    sys.exit(main())
