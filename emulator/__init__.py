"""The WeChat platform played locally: a separate program that imports no room."""
