"""Stories: one journey a file, over real HTTP, with the played platform."""
