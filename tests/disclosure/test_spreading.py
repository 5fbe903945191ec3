"""Work on many processes: in any order, each item once, and a killed process costs its own item only."""

from disclosure.management.spreading import spread

WORK = "spreading_work:doubled"


def test_every_item_is_done_once_whatever_happens_to_the_processes():
    done = {one.item: one for one in spread(WORK, [1, -1, 2, 0, 3, -2, 4], 2)}

    assert {item: one.result for item, one in done.items()} == {1: 2, -1: None, 2: 4, 0: None, 3: 6, -2: None, 4: 8}
    assert (done[-1].exit_code, done[-2].exit_code, done[0].exit_code) == (-9, -9, None)
    assert done[0].error == "生成时出错（ValueError：nothing to double），详情见服务器日志。"


def test_nothing_to_do_starts_nothing():
    assert list(spread(WORK, [], 4)) == []


def test_whoever_stops_listening_leaves_no_process_behind():
    going = spread(WORK, [1, 2, 3], 1)
    first = next(going)
    going.close()

    assert first.result == 2
    assert list(going) == []
