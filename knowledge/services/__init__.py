"""What may be done with the knowledge base."""
