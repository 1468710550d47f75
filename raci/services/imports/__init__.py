"""From a file to a revision: taken in, read in a process of its own, mapped, previewed, applied."""
