"""The same comment sent many times at once, as by an impatient hand: written once, and nobody is told of an error."""

import threading
from collections import Counter
from urllib.parse import urlencode

import pytest

from tests.races.clients import Client
from tests.races.test_races import hot_cells, stage_for

pytestmark = pytest.mark.races

ROUNDS, AT_ONCE = 6, 8


def test_a_comment_sent_many_times_at_once_is_written_once(site, start):
    server, stage = start(), stage_for(site, "comments", 1)
    (name,) = stage["sessions"]
    client, (duty, role) = Client(server.port, stage, name), hot_cells(stage)[0]
    client.take_token(client.path(duty, role))
    path = f"/o/{stage['slug']}/matrices/{stage['matrix']}/panel/comment/"
    answers: Counter[int] = Counter()

    def send(body):
        answers[client.request("POST", path, body, accept="text/html")[0].status] += 1

    for number in range(ROUNDS):
        body = urlencode({"duty": duty, "role": role, "text": f"Comment {number}", "draft": f"draft{number}"})
        threads = [threading.Thread(target=send, args=(body,)) for _ in range(AT_ONCE)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert answers == {303: ROUNDS * AT_ONCE}
    assert sum(actor == name for _, actor, _ in site("report", stage["slug"])["revisions"]) == ROUNDS
    assert "Traceback" not in server.log.read_text()
