"""What pages share: sessions, error boundaries, headers, rendering, health."""
