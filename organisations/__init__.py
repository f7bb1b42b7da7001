"""Who: municipalities with their committees and offices, and the shared register of partners."""
