"""`python -m bench [NAME…]`: run the benchmarks and print their tables."""

import argparse

from bench.citizens import run as citizens
from bench.webhook import run as webhook

BENCHES = {"citizens": citizens.main, "webhook": webhook.main}


def main() -> None:
    """Run the named benchmarks, or all."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*BENCHES, []], default=[])
    for name in parser.parse_args().names or BENCHES:
        print(BENCHES[name](), flush=True)


if __name__ == "__main__":
    main()
