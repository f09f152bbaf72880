"""What can be worked out in the chat, one file for each subject; each returns a Sum, or None when it is not meant."""
