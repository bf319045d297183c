"""Source mentions to speakers."""
