"""What happens later: outbox, reminders, periodic runs; knows no subject."""
