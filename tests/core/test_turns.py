"""Turns at the network: in the order they were asked for, and never lost."""

from __future__ import annotations

import threading

import pytest

from resnet_core.engines.turns import Turns


def test_whoever_waited_longest_is_next() -> None:
    """The one who gave the turn back and asks again at once comes after those who waited."""
    turns, order = Turns(), list[str]()

    def wait_for_a_turn(name: str) -> None:
        with turns:
            order.append(name)

    threads = [threading.Thread(target=wait_for_a_turn, args=(name,)) for name in "abc"]
    with turns:
        for count, thread in enumerate(threads, start=1):
            thread.start()
            while len(turns._waiting) < count:  # only then is it in the queue
                threading.Event().wait(0.001)
    with turns:
        order.append("again")
    for thread in threads:
        thread.join(10)
    assert order == ["a", "b", "c", "again"]


def test_one_at_a_time() -> None:
    turns, inside, most = Turns(), [0], [0]

    def work() -> None:
        for _ in range(200):
            with turns:
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                inside[0] -= 1

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert (inside, most) == ([0], [1])
    assert not turns._taken


def test_an_error_inside_gives_the_turn_back() -> None:
    turns = Turns()
    with pytest.raises(RuntimeError), turns:
        raise RuntimeError
    with turns:
        assert turns._taken


@pytest.mark.parametrize("called_meanwhile", [False, True])
def test_ctrl_c_while_waiting_leaves_the_queue(monkeypatch: pytest.MonkeyPatch, called_meanwhile: bool) -> None:
    turns = Turns()

    def interrupted(event: threading.Event) -> None:
        if called_meanwhile:  # the turn came in the same moment: it has to be passed on
            turns.__exit__(None, None, None)
        raise KeyboardInterrupt

    turns.__enter__()
    with monkeypatch.context() as patch:
        patch.setattr(threading.Event, "wait", interrupted)
        with pytest.raises(KeyboardInterrupt):
            turns.__enter__()
    assert not turns._waiting
    assert turns._taken == (not called_meanwhile)
