"""What whoever runs the portal needs: backup and restore, health, logs."""
