"""What the register decides without asking anybody: codes, names, validity."""
