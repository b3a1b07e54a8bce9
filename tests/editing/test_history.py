"""The kept texts of prompts, git's, and how an editor names them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefer.editing import moments
from briefer.editing.revisions import at_revision, revisions
from briefer.editing.store import Store, keep_run
from briefer.editing.versions import History, eject, history, restore
from briefer.errors import InputError, StorageError, UsageError
from briefer.prompts import load_prompts, text_id

A, B, C = (f"Write the account of {{{{ outlet }}}} on {{{{ topic }}}} in {n} statements." for n in ("two", "3", "one"))
NAME = "papers_say"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project's folder, with a prompt of its own."""
    monkeypatch.chdir(tmp_path)
    save(A)
    return tmp_path


def save(text: str) -> None:
    path = Path("prompts") / f"{NAME}.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def past() -> History:
    return history(NAME, Path("prompts"), Path())


def ran() -> None:
    keep_run(Path(), load_prompts(Path("prompts")))


def kept_at(text: str, at: datetime, why: str = "run") -> None:
    """Keep a text as if it had been in force since then."""
    store = Store(Path())
    store.keep([(NAME, f"prompts/{NAME}.md", text)], why)
    log = store.folder / "log.jsonl"
    lines = [line for line in log.read_text().splitlines() if line]
    last = json.loads(lines[-1]) | {"at": at.strftime("%Y-%m-%dT%H:%M:%SZ")}
    log.write_text("\n".join([*lines[:-1], json.dumps(last), ""]))


# The store


def test_every_prompt_of_a_run_is_kept_once_by_its_id(project: Path) -> None:
    ran()
    ran()
    store = Store(Path())
    ids = load_prompts(Path("prompts")).ids
    assert {m.name: m.id for m in store.moments()} == ids
    assert len(store.moments()) == len(ids)
    assert all(text_id(store.text(name, key) or "") == key for name, key in ids.items())
    save(B)
    ran()
    assert [m.id for m in store.moments() if m.name == NAME] == [text_id(A), text_id(B)]
    assert sorted(p.stem for p in (store.folder / NAME).iterdir()) == sorted([text_id(A), text_id(B)])


def test_going_back_to_a_text_is_a_moment_of_its_own_and_no_second_copy(project: Path) -> None:
    for text in (A, B, A):
        save(text)
        ran()
    store = Store(Path())
    assert [m.id for m in store.moments() if m.name == NAME] == [text_id(A), text_id(B), text_id(A)]
    assert len(list((store.folder / NAME).iterdir())) == 2


def test_a_damaged_text_or_line_is_left_out_and_the_next_run_mends_the_text(project: Path) -> None:
    ran()
    store = Store(Path())
    (store.folder / NAME / f"{text_id(A)}.md").write_text("something else")
    with (store.folder / "log.jsonl").open("ab") as log:
        log.write(b'{"at":"2026-01-01T00:00:00Z","pro')
    assert store.text(NAME, text_id(A)) is None
    save(B)
    ran()
    assert [m.id for m in store.moments() if m.name == NAME] == [text_id(A), text_id(B)]
    save(A)
    ran()
    assert store.text(NAME, text_id(A)) == A


def test_many_at_a_time_keep_the_same_and_lose_nothing(project: Path) -> None:
    texts = [f"{A} {n}" for n in range(8)]

    def keep(n: int) -> None:
        store = Store(project)
        for text in texts[n:] + texts[:n]:
            store.keep([(NAME, f"prompts/{NAME}.md", text)], "run")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(keep, range(8)))
    store = Store(project)
    assert {m.id for m in store.moments()} == {text_id(text) for text in texts}
    assert {store.text(NAME, text_id(text)) for text in texts} == set(texts)
    assert not list(store.folder.rglob("*.tmp"))


def test_processes_side_by_side_keep_whole_lines(project: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from briefer.editing.store import Store\n"
        "for n in range(20): Store(Path()).keep([('topics', 'x', f'{sys.argv[1]} {n} ' * 200)], 'run')"
    )
    started = [subprocess.Popen([sys.executable, "-c", code, str(n)]) for n in range(4)]
    assert [process.wait() for process in started] == [0] * 4
    assert len(Store(Path()).moments()) == 80


def test_a_store_that_cannot_be_written_stops_before_a_call(project: Path) -> None:
    (project / ".briefer").write_text("a file")
    with pytest.raises(StorageError):
        ran()


# Versions


def test_a_history_lists_what_was_run_newest_first_with_its_runs(project: Path) -> None:
    day = datetime.now(UTC) - timedelta(days=3)
    kept_at(B, day)
    kept_at(A, day + timedelta(days=1))
    folder = project / ".briefer" / "runs" / "20260101T000000Z-12345678"
    folder.mkdir(parents=True)
    (folder / "run.json").write_text(json.dumps({"prompt_ids": {NAME: text_id(B)}}))
    (folder.parent / "20260102T000000Z-99999999").mkdir()
    (folder.parent / "20260102T000000Z-99999999" / "run.json").write_text("{")
    first, second, third = past().versions
    assert (first.id, first.present, first.shipped) == (text_id(A), True, False)
    assert (second.id, second.runs) == (text_id(B), (folder.name,))
    assert (third.shipped, third.at) == (True, None)


def test_a_text_that_was_never_run_is_there_with_the_time_of_its_file(project: Path) -> None:
    os.utime(project / "prompts" / f"{NAME}.md", (1_700_000_000, 1_700_000_000))
    assert past().versions[0].at == datetime.fromtimestamp(1_700_000_000, UTC)


@pytest.mark.parametrize("words", [text_id(B), text_id(B)[:4], text_id(B).upper(), "previous"])
def test_a_version_is_named_by_its_id_or_the_start_of_it_or_as_the_one_before(words: str, project: Path) -> None:
    kept_at(B, datetime.now(UTC) - timedelta(hours=1))
    ran()
    assert past().find(words).text == B


def test_a_date_names_what_was_in_force_then(project: Path) -> None:
    day = datetime(2026, 3, 3, 12, tzinfo=UTC)
    for n, text in enumerate((A, B, A, C)):
        kept_at(text, day + timedelta(days=n))
    named = {d: past().find(f"2026-03-0{d}").text for d in (3, 4, 5, 6, 9)}
    assert named == {3: A, 4: B, 5: A, 6: C, 9: C}
    local = (day + timedelta(days=1)).astimezone()
    assert past().find(f"{local:%Y-%m-%d %H:%M}").text == B
    assert past().find(f"{local - timedelta(minutes=1):%Y-%m-%dT%H:%M}").text == A
    with pytest.raises(UsageError, match="nothing of it was run, kept or committed before that"):
        past().find("2026-03-02")


def test_yesterday_is_the_end_of_yesterday(project: Path) -> None:
    kept_at(B, datetime.now(UTC) - timedelta(days=2))
    ran()
    assert past().find("yesterday").text == B
    assert past().find("today").text == A


@pytest.mark.parametrize("words", ["nothing", "0000", "2026-13-01", "", "../../etc", "--help", "HEAD"])
def test_what_is_no_version_is_refused(words: str, project: Path) -> None:
    with pytest.raises(UsageError, match="there is no version"):
        past().find(words)


def test_an_id_that_begins_two_versions_is_asked_for_in_full(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept_at(B, datetime.now(UTC))
    found = past()
    alike = [v for v in found.versions if v.id in (text_id(A), text_id(B))]
    for version in alike:
        object.__setattr__(version, "id", f"abcd{version.id}")
    with pytest.raises(UsageError, match="abcd begins the ids of 2 versions"):
        found.find("abcd")


def test_the_shipped_text_can_always_be_named(project: Path) -> None:
    assert past().find("shipped").text == load_prompts().by_name[NAME].text
    assert past().find("present").text == A


# Restoring


def test_restoring_keeps_the_present_text_first_so_that_it_can_be_undone(project: Path) -> None:
    kept_at(B, datetime.now(UTC) - timedelta(hours=1))
    save(C)  # never run
    restore(past(), past().find(text_id(B)), Path("prompts"), Path())
    assert (project / "prompts" / f"{NAME}.md").read_text() == B + "\n"
    restore(past(), past().find(text_id(C)), Path("prompts"), Path())
    assert past().versions[0].text == C


def test_an_emptied_or_broken_prompt_can_be_restored(project: Path) -> None:
    ran()
    for broken in ("", "---\ntitle: T\n", "{{ topik }}"):
        save(broken)
        restore(past(), past().find(text_id(A)), Path("prompts"), Path())
        assert past().standing.text == A


def test_a_prompt_that_was_deleted_comes_back(project: Path) -> None:
    ran()
    (project / "prompts" / f"{NAME}.md").unlink()
    restore(past(), past().find(text_id(A)), Path("prompts"), Path())
    assert past().standing.text == A


def test_a_text_that_cannot_be_kept_is_not_written_over(project: Path) -> None:
    ran()
    (project / "prompts" / f"{NAME}.md").write_bytes(b"caf\xe9")
    with pytest.raises(InputError, match="not UTF-8"):
        past()
    with pytest.raises(InputError, match="not UTF-8"):
        eject([NAME], Path("prompts"), Path())
    assert (project / "prompts" / f"{NAME}.md").read_bytes() == b"caf\xe9"


def test_what_eject_writes_over_is_kept(project: Path) -> None:
    eject([NAME], Path("prompts"), Path())
    assert past().find(text_id(A)).text == A


# Git


def git(*args: str, at: str = "2026-02-01T12:00:00Z") -> None:
    env = {**os.environ, "GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at, "GIT_CONFIG_GLOBAL": os.devnull}
    who = ["-c", "user.name=E", "-c", "user.email=e@desk.example", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *args], check=True, env=env, capture_output=True)


@pytest.fixture
def repository(project: Path) -> Path:
    """Two commits of the prompt: A on 1 February 2026, B on the second."""
    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "First account")
    save(B + "\r\n")
    git("commit", "-qam", "Three statements", at="2026-02-02T12:00:00Z")
    return project


def test_what_git_knows_is_part_of_the_history(repository: Path) -> None:
    save(C)
    found = past()
    assert [(v.text, [c.subject for c in v.commits]) for v in found.versions] == [
        (C, []), (B, ["Three statements"]), (A, ["First account"]), (found.find("shipped").text, [])
    ]  # fmt: skip
    assert found.find("2026-02-01").text == A
    assert found.find("HEAD~1").text == A
    assert found.find("HEAD").text == B
    [newest, _] = revisions(Path("prompts") / f"{NAME}.md")
    assert found.find(newest.commit[:9]).text == B


def test_a_branch_or_tag_whose_version_is_in_no_log_is_found(repository: Path) -> None:
    git("checkout", "-qb", "try")
    save(C)
    git("commit", "-qam", "Short")
    git("checkout", "-q", "-")
    assert past().find("try").text == C


def test_a_folder_without_a_repository_and_a_machine_without_git_are_fine(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path("prompts") / f"{NAME}.md"
    assert (list(revisions(path)), at_revision(path, "HEAD")) == ([], None)
    git("init", "-q")
    assert list(revisions(path)) == []
    git("add", "-A")
    git("commit", "-qm", "First account")
    assert len(list(revisions(path))) == 1
    monkeypatch.setenv("PATH", str(project))
    assert (list(revisions(path)), at_revision(path, "HEAD")) == ([], None)


def test_an_option_in_place_of_a_revision_is_no_revision(repository: Path) -> None:
    out = repository / "out"
    assert at_revision(Path("prompts") / f"{NAME}.md", f"--output={out}") is None
    assert not out.exists()


def test_a_repository_s_own_programs_are_not_run(repository: Path) -> None:
    evil = repository / "evil.sh"
    evil.write_text("#!/bin/sh\ntouch ran\n")
    evil.chmod(0o755)
    for key in ("core.fsmonitor", "core.pager", "diff.external", "core.sshCommand", "diff.x.textconv"):
        git("config", key, str(evil))
    (repository / ".gitattributes").write_text("*.md diff=x\n")
    assert len(list(revisions(Path("prompts") / f"{NAME}.md"))) == 2
    assert at_revision(Path("prompts") / f"{NAME}.md", "HEAD") == B
    assert not list(repository.rglob("ran"))


def test_a_commit_that_took_the_file_away_is_left_out(repository: Path) -> None:
    git("rm", "-q", f"prompts/{NAME}.md")
    git("commit", "-qm", "Gone")
    save(A)
    assert [r.subject for r in revisions(Path("prompts") / f"{NAME}.md")] == ["Three statements", "First account"]


# Moments


@pytest.mark.parametrize(
    ("words", "end"),
    [
        ("2026-03-03", "2026-03-03 23:59:59.999999"),
        ("2026-03-03 16:05", "2026-03-03 16:05:59.999999"),
        ("2026-03-03T1605", "2026-03-03 16:05:59.999999"),
        ("2026-03-03 16:05:30", "2026-03-03 16:05:30.999999"),
    ],
)
def test_a_moment_ends_where_its_words_end(words: str, end: str) -> None:
    found = moments.moment_of(words)
    assert found == datetime.fromisoformat(end).astimezone(UTC)


@pytest.mark.parametrize("words", ["", "monday", "2026-02-30", "2026-03-03 25:00", "03.03.2026", "20260303"])
def test_what_is_no_moment_is_none(words: str) -> None:
    assert moments.moment_of(words) is None


def test_a_moment_is_told_in_local_time() -> None:
    at = datetime(2026, 3, 3, 16, 5).astimezone()
    assert moments.told(at.astimezone(UTC)) == "3 Mar 2026, 16:05"
