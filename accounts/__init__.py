"""Users, and their role in each committee."""
