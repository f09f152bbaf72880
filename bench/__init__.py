"""Our hot paths beside the peers a user would otherwise pick, in one run, as ratios."""
