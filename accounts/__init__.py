"""Who is acting, for which office, and what they may do."""
