"""What may be done with drafts and cases."""
