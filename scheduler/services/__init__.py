"""What the scheduler may do: put into the outbox, deliver, remind, run once."""
