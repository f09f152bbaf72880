"""What other rooms may ask about people, regions, offices and the calendar."""
