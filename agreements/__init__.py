"""What was agreed: agreements, their revisions and what each party contributes."""
