"""The boundary of two roles as documents: for a meeting, a wiki, a mail."""
