"""How it is decided: memos from an agreement to a committee."""
