"""Pages of cases for handlers and citizens."""
