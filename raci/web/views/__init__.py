"""The pages of the workspace: find, validate, one service call, render or redirect."""
