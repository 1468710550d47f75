"""The support door: every record for administrators. What it writes of register and matrices goes through the door.

Importing this registers nothing: the site itself lives here, and must be there before its pages.
"""
