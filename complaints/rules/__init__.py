"""What the law and the bureau's rules decide about a case; pure, no database and no network."""
