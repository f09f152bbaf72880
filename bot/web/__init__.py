"""The platform's callback, the entrance of H5 pages, and their addresses."""
