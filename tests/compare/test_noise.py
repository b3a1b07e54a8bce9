"""Noise: what two runs of one prompt differ by is never told as a change, what goes beyond it is."""

from __future__ import annotations

import random

import pytest

from briefer.compare.noise import Effect, beyond_noise, effect, losses, numbers


def lost(a: frozenset[int], b: frozenset[int]) -> float:
    return len(a - b)


def drawn(dice: random.Random, chance: float) -> frozenset[int]:
    """A run that prints each of ten facts with a chance."""
    return frozenset(fact for fact in range(10) if dice.random() < chance)


def compared(dice: random.Random, old: float, new: float, bundles: int = 7) -> Effect:
    tried = [losses(f"b{n}", [drawn(dice, old), drawn(dice, old)], [drawn(dice, new)], lost) for n in range(bundles)]
    return effect(tried, one_sided=True)


def test_the_same_prompt_twice_is_called_a_change_one_time_in_twenty() -> None:
    dice = random.Random(7)
    called = sum((compared(dice, 0.8, 0.8).p or 0) <= 0.05 for _ in range(100))
    assert called <= 9  # 5 expected; 10 or more of 100 would come up once in 36 times


def test_a_prompt_that_loses_half_is_called_a_change() -> None:
    found = compared(random.Random(1), 0.9, 0.4)
    assert found.p is not None
    assert found.p < 0.01
    assert found.difference == pytest.approx(3.9, abs=1.2)
    assert found.low is not None
    assert 0 < found.low <= found.difference <= (found.high or 0)


def test_what_is_gained_is_no_loss() -> None:
    found = compared(random.Random(1), 0.4, 0.9)
    assert found.p is not None
    assert found.p > 0.9


def test_with_one_old_run_a_loss_cannot_be_told_from_noise_but_a_number_can() -> None:
    one = [losses(f"b{n}", [frozenset({1, 2})], [frozenset({1})], lost) for n in range(9)]
    assert effect(one, one_sided=True).p is None
    counted = [numbers(f"b{n}", [50.0 + n], [30.0 + n]) for n in range(9)]
    assert effect(counted, one_sided=False).p == pytest.approx(2 / 2**9)


def test_an_exact_p_counts_every_way_of_naming_the_new_run() -> None:
    # Two calls, three runs each: 9 namings; only the true one, and its mirror in neither, gives as much.
    tried = [numbers("a", [1.0, 1.0], [4.0]), numbers("b", [2.0, 2.0], [5.0])]
    found = effect(tried, one_sided=False)
    assert found.p == pytest.approx(1 / 9)
    assert found.least == pytest.approx(1 / 9)


def test_sums_over_calls_and_means_over_bundles() -> None:
    tried = [numbers("a", [1.0], [2.0]), numbers("a", [10.0], [14.0]), numbers("b", [3.0], [4.0])]
    assert effect(tried, one_sided=False).difference == pytest.approx((5 + 1) / 2)
    averaged = effect(tried, one_sided=False, averaged=True)
    assert averaged.difference == pytest.approx((2.5 + 1) / 2)
    assert averaged.old == pytest.approx(14 / 3)


def test_noise_is_what_two_old_runs_differ_by() -> None:
    found = effect([losses("a", [frozenset({1, 2, 3}), frozenset({1})], [frozenset({1})], lost)], one_sided=True)
    assert found.noise == 1  # two lost one way, none the other
    assert found.new == 1
    assert found.difference == 0


def test_one_bundle_has_no_interval() -> None:
    found = effect([numbers("a", [1.0, 2.0], [3.0])], one_sided=False)
    assert found.low is None
    assert found.high is None


def test_the_interval_of_few_bundles_is_wide() -> None:
    four = effect([numbers(str(n), [0.0], [float(n)]) for n in range(4)], one_sided=False)
    assert (four.low, four.high) == (0.0, 3.0)  # no narrower than what was seen
    many = effect([numbers(str(n), [0.0], [float(n % 4)]) for n in range(64)], one_sided=False)
    assert many.low is not None
    assert many.high is not None
    assert many.high - many.low < 0.8


def effects(*ps: float | None) -> list[Effect]:
    return [Effect(1, 1, 1, 0, None, None, p, 0.001) for p in ps]


def test_many_questions_need_smaller_p_values() -> None:
    assert beyond_noise(effects(0.04)) == [True]
    assert beyond_noise(effects(0.04, 0.9, 0.8)) == [False, False, False]
    assert beyond_noise(effects(0.9, 0.01, 0.02, None)) == [False, True, True, False]
    assert beyond_noise([]) == []
