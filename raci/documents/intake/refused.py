"""A file that is not let in."""

from raci.domain.text import Sentence


class Refused(Exception):
    """A file cannot be taken. ``sentence`` says why and what to do, for a person who knows nothing of formats."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
