"""What can be done with people, offices and the calendar."""
