"""`python -m bench [NAME…]`: run the benchmarks and print their tables."""

import argparse

from bench import decisions
from bench.citizens import run as citizens
from bench.intake import run as intake
from bench.knowledge import run as knowledge
from bench.webhook import run as webhook

BENCHES = {
    "citizens": citizens.main,
    "decisions": decisions.main,
    "intake": intake.main,
    "webhook": webhook.main,
    "knowledge": knowledge.main,
}
QUICK = {"knowledge"}


def main() -> None:
    """Run the named benchmarks, or all."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*BENCHES, []], default=[])
    parser.add_argument("--quick", action="store_true", help="a smoke run without peers, where there is one")
    wanted = parser.parse_args()
    for name in wanted.names or BENCHES:
        table = BENCHES[name](quick=True) if wanted.quick and name in QUICK else BENCHES[name]()
        print(table, flush=True)


if __name__ == "__main__":
    main()
