"""Sign-in, guards, and the screens of offices, calendar and audit."""
