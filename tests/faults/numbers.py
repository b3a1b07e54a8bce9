"""The list of 88 faults that the rows were drawn from: which rows show which, and what each may end with.

Where a row's exit code is none of those on the list, OTHERWISE says why.
"""

from __future__ import annotations

from collections.abc import Mapping

from tests.faults.row import KILLED

# By number: the exit codes on the list, and the rows.
FAULTS: Mapping[int, tuple[frozenset[int], tuple[str, ...]]] = {
    number: (frozenset(codes), tuple(rows.split()))
    for number, codes, rows in (
        (1, [0], "http-429-wait-told"),
        (2, [5], "http-429-wait-too-long"),
        (3, [0], "http-429-wait-unreadable http-429-wait-date"),
        (4, [0], "http-429-wait-in-other-headers"),
        (5, [4], "http-429-no-credit"),
        (6, [5], "http-429-throughout http-429-throughout-without-a-word"),
        (7, [0, 5], "http-5xx-for-a-while http-5xx-throughout"),
        (8, [0, 5], "http-outcome-open http-outcome-open-throughout"),
        (9, [3], "http-400-no-schemas http-400-no-form-at-all"),
        (10, [0, 3], "http-400-too-long"),
        (11, [9], "http-400-content-filter"),
        (12, [4], "http-401-key-refused"),
        (13, [4], "http-403-forbidden http-404-no-such-model"),
        (14, [5], "net-refused net-no-such-name net-no-route"),
        (15, [4], "net-certificate-expired net-certificate-of-another net-certificate-self-signed"),
        (16, [0, 5], "net-closed-before-the-answer net-closed-throughout"),
        (17, [0, 5], "net-reset-in-the-answer"),
        (18, [0, 5], "net-answer-too-short"),
        (19, [0, 5], "net-silence"),
        (20, [0, 5], "net-drip"),
        (21, [0, 5], "body-cut body-cut-throughout"),
        (22, [0, 5], "body-empty"),
        (23, [5], "body-html"),
        (24, [0, 5], "body-not-an-object body-not-an-object-throughout"),
        (25, [0, 4, 5], "body-error-for-a-while body-error-of-the-key body-error-throughout"),
        (26, [0, 5], "body-no-choices body-no-choices-throughout"),
        (27, [0, 9], "reply-empty"),
        (28, [9], "reply-refused"),
        (29, [0, 9], "reply-cut reply-cut-twice"),
        (30, [9], "reply-of-white-space"),
        (31, [9], "reply-filtered"),
        (32, [0], "reply-with-an-odd-end"),
        (33, [0], "reply-in-parts reply-with-two-choices"),
        (34, [0, 5], "body-not-utf-8"),
        (35, [0], "reply-with-controls"),
        (36, [0, 9], "reply-no-number"),
        (37, [0, 9], "reply-with-equal-keys"),
        (38, [0, 9], "reply-of-another-shape reply-of-another-shape-twice"),
        (39, [0], "reply-wrapped"),
        (40, [9], "reply-without-support"),
        (41, [0, 5], "body-gzip-damaged"),
        (42, [5], "body-gzip-bomb"),
        (43, [5], "body-endless"),
        (44, [0, 5], "body-nested-and-numerous"),
        (45, [4], "http-redirect-elsewhere"),
        (46, [4], "http-redirect-loop"),
        (47, [5], "http-no-http http-announced-only"),
        (48, [5], "body-stream"),
        (49, [0], "body-usage-unusable"),
        (50, [0, 5], "reply-of-another-call reply-of-another-call-twice"),
        (51, [5], "http-controls-in-an-error"),
        (52, [KILLED], "crash-at-any-write"),
        (53, [KILLED], "crash-before-the-record"),
        (54, [0], "crash-unsynced"),
        (55, [0], "crash-torn-record"),
        (56, [0], "crash-flipped-bit"),
        (57, [0], "crash-line-separators"),
        (58, [7], "disk-full disk-quota"),
        (59, [7], "disk-cannot-sync disk-never-syncs"),
        (60, [7], "disk-no-run-folder disk-name-too-long disk-no-permission"),
        (61, [7], "disk-output-is-a-pipe disk-output-is-a-device disk-journal-is-a-link"),
        (62, [8], "lock-held lock-of-eight"),
        (63, [0, 8], "lock-of-a-dead-process lock-of-the-unseen"),
        (64, [130], "signal-interrupt signal-interrupt-in-time"),
        (65, [130], "signal-interrupt-twice"),
        (66, [129, 143], "signal-terminate signal-hang-up"),
        (67, [0, 141], "io-reader-gone"),
        (68, [0], "io-ascii-only io-one-column"),
        (69, [KILLED], "signal-kill"),
        (70, [0], "res-too-few-files res-no-thread"),
        (71, [9], "task-bug-in-one-section"),
        (72, [1], "task-bug-at-the-end"),
        (73, [0], "task-good-reply-rejected"),
        (74, [3], "resume-bundle-changed resume-bundle-changed-after-the-end"),
        (75, [3], "resume-model-changed"),
        (76, [3], "resume-newer-run resume-newer-journal resume-damaged-run"),
        (77, [0], "resume-killed"),
        (78, [0], "resume-moved"),
        (79, [9], "batch-one-is-broken"),
        (80, [2], "batch-of-none"),
        (81, [3], "batch-two-of-one-name"),
        (82, [6], "limit-reached"),
        (83, [0, 3], "batch-done-already batch-done-with-another-bundle"),
        (84, [9], "reply-refused reply-without-support"),
        (85, [0, 9], "batch-with-faults batch-of-ten-thousand"),
        (86, [0], "time-clock-jumps"),
        (87, [0], "env-another-openai"),
        (88, [0], "env-proxy env-proxy-not-for-this-server"),
    )
}

OTHERWISE: Mapping[str, str] = {
    "http-400-no-schemas": "the list wants a lower form of asking tried, and that helps; 3 is for where none does",
    "reply-of-another-call-twice": "a model may echo a wrong word, of itself or as an article bids it; the run goes on",
    "disk-cannot-sync": "the list wants a new file tried, and that takes everything; 7 is for where none does",
    "resume-bundle-changed-after-the-end": "nothing of the first run is lost, and nothing of it is mixed in",
    "resume-model-changed": "a run folder of its own, which the list allows as well; nothing is mixed",
}

# Not on the list: found on the way.
MORE = (
    "env-proxy-gone",
    "env-proxy-of-another-kind",
    "env-proxy-refuses",
    "env-proxy-tunnel-refused",
    "env-proxy-tunnel-wants-a-password",
)
