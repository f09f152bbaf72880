"""The conversation with citizens and merchants, and the WeChat platform behind it."""
