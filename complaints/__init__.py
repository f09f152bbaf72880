"""What citizens report, and how an office handles it within the statutory clocks."""
