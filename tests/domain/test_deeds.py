"""Undo and redo across reloads: the stacks are read from what somebody did."""

from hypothesis import given
from hypothesis import strategies as st

from raci.domain.deeds import Deed, stacks


class Editor:
    """An editor as one knows it: two stacks in memory, and the history that it leaves."""

    def __init__(self):
        self.history, self.done, self.undone = [], [], []

    def do(self):
        self._record(None)
        self.done.append(len(self.history))
        self.undone.clear()

    def undo(self):
        if self.done:
            self._record(self.done.pop())
            self.undone.append(len(self.history))

    def redo(self):
        if self.undone:
            self._record(self.undone.pop())
            self.done.append(len(self.history))

    def _record(self, undoes):
        self.history.append(Deed(len(self.history) + 1, undoes))


@given(st.lists(st.sampled_from(["do", "do", "undo", "undo", "redo"]), max_size=30))
def test_the_stacks_read_from_history_are_those_that_an_editor_would_have_kept(strokes):
    editor = Editor()
    for stroke in strokes:
        getattr(editor, stroke)()
        assert stacks(editor.history) == (tuple(editor.done), tuple(editor.undone))


def test_taking_back_something_else_than_the_latest_is_a_deed_of_its_own():
    assert stacks([Deed(1), Deed(2), Deed(3, undoes=1)]) == ((1, 2, 3), ())
    assert stacks([Deed(1), Deed(5, undoes=4)]) == ((1, 5), ())


def test_what_is_in_the_way_is_passed_over_in_both_directions():
    assert stacks([Deed(1), Deed(2)], skip=[2]) == ((1,), ())
    assert stacks([Deed(1), Deed(2), Deed(3, undoes=1)], skip=[2]) == ((), (3,))
    assert stacks([Deed(1), Deed(2), Deed(3, undoes=2), Deed(4, undoes=1)], skip=[4]) == ((), (3,))


def test_a_number_is_in_one_of_the_stacks_at_most():
    deeds = [Deed(1), Deed(2, undoes=1), Deed(3, undoes=2), Deed(4, undoes=3), Deed(5)]
    assert stacks(deeds) == ((5,), ())
