"""Placeholder, replaced by the room's own three sentences."""
