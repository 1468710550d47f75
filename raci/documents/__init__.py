"""Documents in and out. Knows the domain, no Django."""
