"""The only place where the rooms meet: transactions, revisions, caches."""
