"""The command: makes the committed samples, the full log on demand, and extracts for benchmarks."""

from __future__ import annotations

import argparse
from pathlib import Path

from sample_logs.generator.bulk import write_bulk
from sample_logs.generator.logs import write_clean, write_momentum

HERE = Path(__file__).resolve().parent
SEED = 7
SMALL_CASES = 300
CLEAN_CASES = 100


def main(arguments: list[str] | None = None) -> None:
    """Read the options and write the files that they ask for."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.events is not None:
        if options.out is None:
            parser.error("--events needs --out FILE.csv")
        write_bulk(options.out, options.events, options.seed)
    elif options.cases is None:
        write_momentum(options.out or HERE, SMALL_CASES, options.seed)
        write_clean(options.out or HERE, CLEAN_CASES, options.seed)
    else:
        write_momentum(options.out or HERE / "full", options.cases, options.seed)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sample_logs.generate", description=__doc__)
    parser.add_argument("--cases", type=int, help="cases of one log with defects; without it: the committed samples")
    parser.add_argument(
        "--seed", type=int, default=SEED, help="the same seed gives the same bytes (default %(default)s)"
    )
    parser.add_argument("--events", type=int, help="events of one large extract for benchmarks, without truth")
    parser.add_argument(
        "--out", type=Path, help="folder (default: sample_logs, with --cases sample_logs/full); with --events a file"
    )
    return parser


if __name__ == "__main__":
    main()
