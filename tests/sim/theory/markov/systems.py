"""The centers whose Markov chains are solved: every design that planners know by a letter, and what follows a contact.

Each is a scenario as a planner would write it. Times are short and people few, so that queues are short: what is
cut off the chain is never reached.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scenarios import Scenario, from_data

Table = Mapping[str, Any]


@dataclass(frozen=True)
class System:
    """A center in a few words; `longest_queue` and `most_away` cut its chain."""

    title: str
    contact_type: Table
    agent_group: Table
    more: Table
    longest_queue: int = 30
    most_away: int = 40

    def scenario(self, days: int = 1) -> Scenario:
        """So many days around the clock, after a warm-up of sixty mean times of anything here."""
        followed_h = 6 if self.customers_return else 0
        return from_data(
            {
                "name": "chain",
                "calendar": {"days": days, "warm_up_h": 6, "run_out_h": followed_h},
                "contact_type": self.contact_type,
                "agent_group": self.agent_group,
                **self.more,
            }
        )

    @property
    def has_chats(self) -> bool:
        """Whether agents hold several contacts."""
        return any("concurrency" in group for group in self.agent_group.values())

    @property
    def customers_return(self) -> bool:
        """Whether needs are to be followed beyond the end."""
        return any("redial" in kind or "reconnect" in kind for kind in self.contact_type.values())


def system(
    title: str,
    contact_type: Table,
    agent_group: Table,
    longest_queue: int = 30,
    most_away: int = 40,
    **more: Any,
) -> System:
    return System(title, contact_type, agent_group, more, longest_queue, most_away)


def calls(per_h: float, talk_s: float = 60.0, patience_s: Any = 60.0, **keys: Any) -> Table:
    """Calls of exponential laws; `to` names the groups that may take them, the preferred one first ("=": equals)."""
    to = keys.pop("to", None)
    if to is not None:
        ranks = enumerate(to.split(), start=1)
        keys["routed_to"] = [{"group": group, "rank": n} for n, rank in ranks for group in rank.split("=")]
    if patience_s is not None:
        keys["patience_s"] = patience_s
    return {"channel": "voice", "arrivals": {"per_h": per_h}, "talk_s": talk_s, **keys}


def team(present: int, skills: str, policy: str = "priority", **keys: Any) -> Table:
    """People who take these types, the preferred one first."""
    return {"skills": skills.split(), "agents": {"present": present}, "policy": policy, **keys}


def skill(contact_type: str, **keys: Any) -> Table:
    return {"contact_type": contact_type, **keys}


def again(share: float, delay_s: float, **keys: Any) -> Table:
    """A redial."""
    return {"share": share, "delay_s": delay_s, **keys}


def back(share: float, delay_h: float, **keys: Any) -> Table:
    """A reconnect."""
    return {"share": share, "delay_h": delay_h, **keys}


def leaving(mean_s: float, balk_share: float) -> Table:
    """Patience of whom a share does not wait at all."""
    return {"law": "exponential", "mean": mean_s, "balk_share": balk_share}


LONGEST = "longest_wait"

V = [
    system(
        "V, priority",
        {"a": calls(60), "b": calls(50, 80, 40)},
        {"all": team(2, "a b")},
        14,
    ),
    system(
        "V, longest wait",
        {"a": calls(60, 60, 40), "b": calls(50, 80, 25)},
        {"all": team(2, "a b", LONGEST)},
        8,
    ),
    system(
        "V, priority, everybody waits",
        {"a": calls(40, 60, None), "b": calls(40, 60, None)},
        {"all": team(2, "b a")},
        32,
    ),
    system(
        "V, priority, wrap-up",
        {"a": calls(40, 40, 60, wrap_up_s=20), "b": calls(30, 60, 40, wrap_up_s=30)},
        {"all": team(2, "b a")},
        12,
    ),
]

N = [
    system(
        "N, priority",
        {"a": calls(70, 60, 50, to="own both"), "b": calls(50, 80, 50, to="both")},
        {"own": team(1, "a"), "both": team(2, "b a")},
        12,
    ),
    system(
        "N, longest wait",
        {"a": calls(70, 60, 40, to="own both"), "b": calls(50, 80, 25, to="both")},
        {"own": team(1, "a"), "both": team(2, "b a", LONGEST)},
        7,
    ),
    system(
        "N, the specialist last",
        {"a": calls(70, 60, 50, to="both own"), "b": calls(50, 80, 50, to="both")},
        {"own": team(1, "a"), "both": team(2, "a b")},
        12,
    ),
]

X = [
    system(
        "X, priority",
        {"a": calls(60, 60, 50, to="left right"), "b": calls(60, 70, 40, to="right left")},
        {"left": team(1, "a b"), "right": team(2, "b a")},
        12,
    ),
    system(
        "X, longest wait",
        {"a": calls(60, 60, 40, to="left right"), "b": calls(60, 70, 30, to="right left")},
        {"left": team(1, "a b", LONGEST), "right": team(1, "b a", LONGEST)},
        8,
    ),
    system(
        "X, longest idle",
        {"a": calls(60, 60, 50), "b": calls(60, 70, 40)},
        {"left": team(1, "a b"), "right": team(2, "b a")},
        12,
    ),
]

W = [
    system(
        "W, priority",
        {
            "a": calls(50, 50, 40, to="left"),
            "b": calls(40, 60, 40, to="left right"),
            "c": calls(50, 70, 30, to="right"),
        },
        {"left": team(2, "a b"), "right": team(1, "c b")},
        10,
    ),
    system(
        "W, longest wait and longest idle",
        {
            "a": calls(40, 50, 20, to="left"),
            "b": calls(30, 60, 20, to="left=right"),
            "c": calls(40, 60, 15, to="right"),
        },
        {"left": team(1, "a b", LONGEST), "right": team(1, "b c", LONGEST)},
        6,
    ),
]

M = [
    system(
        "M, priority",
        {"a": calls(80, 60, 50, to="first both"), "b": calls(70, 70, 40, to="last both")},
        {"first": team(1, "a"), "both": team(1, "b a"), "last": team(1, "b")},
        12,
    ),
    system(
        "M, longest wait",
        {"a": calls(80, 60, 30, to="first both"), "b": calls(70, 70, 25, to="last both")},
        {"first": team(1, "a"), "both": team(1, "a b", LONGEST), "last": team(1, "b")},
        8,
    ),
    system(
        "M, longest idle",
        {"a": calls(60, 60, 50, to="first=both"), "b": calls(50, 70, 40, to="both=last")},
        {"first": team(2, "a"), "both": team(1, "b a"), "last": team(1, "b")},
        12,
    ),
    system(
        "fast and slow, longest idle",
        {"a": calls(120, 60, 50)},
        {
            "fast": team(2, "") | {"skills": [skill("a", talk_factor=0.7)]},
            "slow": team(2, "") | {"skills": [skill("a", talk_factor=1.6)]},
        },
        16,
    ),
]

AGAIN = [
    system(
        "nobody waits, half redial",
        {"a": calls(60, 60, leaving(60, 1.0), redial=again(0.5, 120))},
        {"all": team(2, "a")},
    ),
    system(
        "nobody waits, most redial",
        {"a": calls(50, 60, leaving(60, 1.0), redial=again(0.9, 240))},
        {"all": team(2, "a")},
        most_away=60,
    ),
    system(
        "the impatient redial",
        {"a": calls(110, 60, leaving(40, 0.2), redial=again(0.6, 200))},
        {"all": team(2, "a")},
        16,
    ),
    system(
        "V, both types redial",
        {
            "a": calls(50, 50, leaving(30, 0.5), redial=again(0.5, 60)),
            "b": calls(40, 60, leaving(20, 0.3), redial=again(0.4, 40)),
        },
        {"all": team(2, "a b")},
        6,
        6,
    ),
    system(
        "the unresolved return",
        {"a": calls(70, 60, 50, resolution_rate=0.7, reconnect=back(0.8, 0.1))},
        {"all": team(2, "a")},
        16,
        24,
    ),
    system(
        "the unresolved return as another type",
        {
            "a": calls(
                60,
                60,
                40,
                to="all",
                resolution_rate=0.6,
                reconnect=back(0.7, 0.03, **{"as": "b"}, talk_factor=1.5),
            ),
            "b": calls(10, 60, 40, to="experts"),
        },
        {"all": team(1, "a"), "experts": team(1, "b")},
        7,
        6,
    ),
]

LINES = [
    system(
        "five lines, the blocked redial",
        {"a": calls(130, 60, 60, redial=again(0.5, 120))},
        {"all": team(2, "a")},
        lines={"n": 5},
    ),
    system(
        "as many lines as people, wrap-up",
        {"a": calls(100, 40, None, wrap_up_s=30)},
        {"all": team(3, "a")},
        lines={"n": 3},
    ),
    system(
        "V, four lines for both, longest wait",
        {"a": calls(60, 60, 80), "b": calls(50, 80, 60)},
        {"all": team(2, "a b", LONGEST)},
        lines={"n": 4},
    ),
    system(
        "a share balks",
        {"a": calls(150, 60, leaving(80, 0.4))},
        {"all": team(3, "a")},
        16,
    ),
]


def bot(of_100: Table, session_s: float, types: str = "a", **keys: Any) -> Table:
    """What a bot does for some types."""
    return {name: {"of_100": of_100, "session_s": session_s, **keys} for name in types.split()}


BOTS = [
    system(
        "a bot with two sessions",
        {"a": calls(150, 60, 50)},
        {"all": team(2, "a")},
        14,
        bot={"menu": {"max_sessions": 2, "contact_type": bot({"solved": 40, "handed_over": 60}, 40)}},
    ),
    system(
        "a bot for two types",
        {"a": calls(60, 60, 40), "b": calls(60, 60, 30)},
        {"all": team(2, "b a")},
        10,
        bot={
            "chat": {
                "max_sessions": 2,
                "contact_type": bot({"solved": 30, "handed_over": 70}, 40, "a", entry_share=0.7)
                | bot({"solved": 50, "handed_over": 50}, 30, "b"),
            }
        },
    ),
    system(
        "hand-over changes talk and patience",
        {"a": calls(90, 60, 30)},
        {"all": team(2, "a")},
        7,
        bot={
            "chat": {
                "max_sessions": 2,
                "contact_type": bot(
                    {"solved": 20, "handed_over": 80},
                    30,
                    handover={"talk_factor": 0.7, "patience_factor": 1.5},
                    entry_share=0.6,
                ),
            }
        },
    ),
    system(
        "a bot whose customers leave or come back",
        {"a": calls(90, 60, 40, redial=again(0.5, 100, skip_bot=True), reconnect=back(0.8, 0.04))},
        {"all": team(1, "a")},
        7,
        10,
        bot={
            "menu": {
                "max_sessions": 3,
                "contact_type": bot(
                    {"solved": 40, "wrongly_closed": 20, "handed_over": 30, "left": 10},
                    50,
                    wrongly_closed_skip_bot=True,
                ),
            }
        },
    ),
]

TIERS = [
    system(
        "two tiers",
        {
            "a": calls(90, 60, 50, to="first", wrap_up_s=15, transfer={"share": 0.3, "to": "b"}),
            "b": calls(0, 100, 60, to="second"),
        },
        {"first": team(2, "a"), "second": team(1, "b")},
        10,
    ),
    system(
        "two tiers, the second helps out",
        {
            "a": calls(90, 60, 40, to="first second", transfer={"share": 0.25, "to": "b"}),
            "b": calls(5, 100, 60, to="second"),
        },
        {"first": team(1, "a"), "second": team(2, "b a")},
        10,
    ),
    system(
        "a bot, two tiers, the unresolved return",
        {
            "a": calls(
                90,
                50,
                40,
                to="first",
                resolution_rate=0.8,
                reconnect=back(0.5, 0.03, skip_bot=True),
                transfer={"share": 0.4, "to": "b", "talk_factor": 0.9},
            ),
            "b": calls(0, 80, 40, to="second"),
        },
        {"first": team(1, "a"), "second": team(1, "b")},
        7,
        8,
        bot={"chat": {"max_sessions": 2, "contact_type": bot({"solved": 30, "handed_over": 70}, 30)}},
    ),
]

PRIORITIES = [
    system(
        "V, b before a whatever the skills say",
        {"a": calls(60, priority=2), "b": calls(50, 80, 40)},
        {"all": team(2, "a b")},
        14,
    ),
    system(
        "V, longest wait, b before a",
        {"a": calls(50, 60, 30, priority=2), "b": calls(40, 60, 20), "c": calls(20, 60, 25)},
        {"all": team(2, "a b c", LONGEST)},
        6,
    ),
    system(
        "N, one of two kept for b",
        {"a": calls(70, 60, 50, to="own both"), "b": calls(50, 80, 50, to="both")},
        {
            "own": team(1, "a"),
            "both": team(2, "b a", takes_only_if_free_above={"a": 1}),
        },
        12,
    ),
    system(
        "one of three kept, longest wait",
        {"a": calls(50, 60, 30), "b": calls(60, 60, 30)},
        {"all": team(3, "a b", LONGEST, takes_only_if_free_above={"a": 1})},
        7,
    ),
]

CALLBACKS = [
    system(
        "a callback that keeps its place",
        {"a": calls(90, 60, 40, callback={"offer_above_s": 80, "accept_share": 0.4, "reach_share": 0.7})},
        {"all": team(2, "a")},
        10,
    ),
    system(
        "a callback that waits for the others",
        {
            "a": calls(
                60,
                60,
                40,
                callback={"offer_above_s": 50, "accept_share": 0.5, "keeps_place": False},
            ),
            "b": calls(30, 60, 40),
        },
        {"all": team(2, "b a")},
        14,
    ),
]


def emails(per_h: float, talk_s: float = 90.0, **keys: Any) -> Table:
    """Work that waits without end."""
    return calls(per_h, talk_s, None, **keys) | {"channel": "email"}


DEFERRED = [
    system(
        "calls and e-mails, which are finished first",
        {"a": calls(40, 60, 50), "e": emails(14)},
        {"all": team(2, "e a")},
        28,
    ),
    system(
        "calls and e-mails, which give way",
        {"a": calls(50, 60, 50), "e": emails(12, interruptible=True)},
        {"all": team(2, "a e")},
        30,
    ),
    system(
        "N, e-mails in the second group give way",
        {
            "a": calls(70, 60, 50, to="own both"),
            "b": calls(20, 60, 50, to="both"),
            "e": emails(8, 70, interruptible=True, to="both"),
        },
        {"own": team(1, "a"), "both": team(2, "b a e")},
        18,
    ),
]


def chats(per_h: float, talk_s: float = 90.0, patience_s: Any = 60.0, **keys: Any) -> Table:
    """Like calls, but several at once."""
    return calls(per_h, talk_s, patience_s, **keys) | {"channel": "chat"}


def slots(throughput: list[float], **keys: Any) -> Table:
    """One agent's chats, and how much of them is done together by their number."""
    return {"concurrency": {"chat": len(throughput), "throughput": throughput}, **keys}


CURVE = [1.0, 1.7, 2.2, 2.5, 2.6]

CHATS = [
    *(
        system(
            f"chat, {n} at once",
            {"a": chats(60 + 40 * n, 100, 60)},
            {"all": team(3, "a", **slots(CURVE[:n]))},
            12,
        )
        for n in range(1, 6)
    ),
    system(
        "chat, 4 at once, the last slot slows everybody",
        {"a": chats(160, 100, 60)},
        {"all": team(2, "a", **slots([1.0, 1.7, 2.2, 1.6]))},
        16,
    ),
    system(
        "chat, 3 at once, one agent filled before the next",
        {"a": chats(120, 100, 60)},
        {"all": team(3, "a", **slots([1.0, 1.5, 1.8], chat_fill="stack"))},
        16,
    ),
    system(
        "chat, two types, 3 at once",
        {"a": chats(70, 80, 50), "b": chats(50, 120, 60)},
        {"all": team(2, "b a", **slots([1.0, 1.7, 2.3]))},
        10,
    ),
    system(
        "chat, the second group helps out",
        {"a": chats(90, 80, 50, to="first second"), "b": chats(40, 100, 60, to="second")},
        {"first": team(1, "a", **slots([1.0, 1.6])), "second": team(1, "b a", **slots([1.0, 1.7, 2.2]))},
        10,
    ),
    system(
        "chats and calls, no new chats while a call waits",
        {"v": calls(50, 60, 50), "c": chats(60, 80, 60)},
        {"all": team(2, "v c", **slots([1.0, 1.7, 2.3]))},
        10,
    ),
    system(
        "chats and calls, chats go on while a call waits",
        {"v": calls(40, 60, 50), "c": chats(60, 80, 60)},
        {"all": team(2, "v c", **slots([1.0, 1.7], when_call_waits="ignore"))},
        10,
    ),
]

SYSTEMS = [*V, *N, *X, *W, *M, *AGAIN, *LINES, *BOTS, *TIERS, *PRIORITIES, *CALLBACKS, *DEFERRED, *CHATS]
