"""What steers the collaboration with civil society, and what came of it."""
