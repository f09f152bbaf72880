"""Who may see which case: staff their region, citizens what is theirs."""

from sqlalchemy import ColumnElement, and_, true

from complaints.models import Case

DIGITS_END = chr(ord("9") + 1)


def within(region: str) -> ColumnElement[bool]:
    """Return the condition that a case lies in a staff member's region: a code prefix, "" for the province.

    A range instead of LIKE, so that both databases use the index whatever their collation.
    """
    if not region:
        return true()
    return and_(Case.region_code >= region, Case.region_code < region + DIGITS_END)
