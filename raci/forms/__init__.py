"""What people fill in, shared by the browser door and the support door. Knows no request and writes nothing."""
