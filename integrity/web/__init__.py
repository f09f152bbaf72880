"""The register's pages and open data."""
