"""What can be seen of cases, and by whom."""
