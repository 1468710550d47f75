"""Documents of other people: let in past a guard, read in a process of their own, recognised as matrices."""
