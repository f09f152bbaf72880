"""What is said in chat reads and sounds as it does on the pages of a report."""

from complaints.rules.telling import METHOD_NAMES, amount, drafted, from_understanding, mass, price

__all__ = ["METHOD_NAMES", "amount", "drafted", "from_understanding", "mass", "price"]
