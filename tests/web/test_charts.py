"""Where the parts of charts stand."""

from raci.web.charts import columns, grouped, stacked


def number(text: str) -> float:
    return float(text.removesuffix("%").removesuffix("rem"))


def test_the_longest_stacked_bar_reaches_from_side_to_side_and_the_parts_follow_one_another():
    chart = stacked([("Vendors", (1, 0, 3)), ("Money", (0, 2, 0))], ("new", "old", "older"))
    longest, other = chart.lines
    assert [(box.style, box.x, box.width) for box in longest.boxes] == [
        ("new", "0.00%", "25.00%"),
        ("older", "25.00%", "75.00%"),
    ]
    assert [(box.style, box.width) for box in other.boxes] == [("old", "50.00%")]
    assert (longest.total, other.total) == (4, 2)


def test_rows_stand_below_one_another_within_the_height():
    chart = stacked([("A", (1,)), ("B", (2,)), ("C", (3,))], ("one",))
    tops = [number(line.boxes[0].y) for line in chart.lines]
    assert tops == sorted(set(tops))
    last = chart.lines[-1].boxes[0]
    assert number(last.y) + number(last.height) <= number(chart.height)


def test_a_narrow_part_does_not_tell_its_figure():
    (line,) = stacked([("A", (1, 99))], ("one", "two")).lines
    assert [box.told for box in line.boxes] == [False, True]


def test_grouped_bars_leave_room_for_the_figures_at_their_ends():
    (line,) = grouped([("PM", (10, 5))], ("owner", "doer")).lines
    owner, doer = line.boxes
    assert number(owner.width) == 2 * number(doer.width)
    assert number(owner.text_x) < 92
    assert number(doer.y) > number(owner.y) + number(owner.height)


def test_nothing_at_all_makes_bars_of_no_width():
    (line,) = grouped([("PM", (0, 0))], ("owner", "doer")).lines
    assert {box.width for box in line.boxes} == {"0.00%"}
    assert stacked([], ("one",)).height == "0.00rem"


def test_columns_stand_on_the_base_and_the_highest_takes_all_the_height():
    chart = columns([4, 0, 2], ["1", "2", "3"], "owner")
    assert [box.label for box in chart.boxes] == ["1", "2", "3"]
    heights = [number(box.height) for box in chart.boxes]
    assert heights[0] == 2 * heights[2] > heights[1] == 0
    for box in chart.boxes:
        assert abs(number(box.y) + number(box.height) - number(chart.base)) < 0.02
    assert [box.told for box in chart.boxes] == [True, False, True]


def test_long_figures_are_told_only_over_the_highest_column():
    assert [box.told for box in columns([4000, 10], ["1", "2"], "owner").boxes] == [True, False]


def test_quiet_days_make_columns_of_no_height():
    assert {box.height for box in columns([0, 0], ["1", "2"], "owner").boxes} == {"0.00rem"}
