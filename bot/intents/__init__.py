"""What a message wants, decided by what it says and where the conversation stands."""
