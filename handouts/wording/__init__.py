"""What a sheet says beside the author's text, word by word, and nothing of where it stands."""
