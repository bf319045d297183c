"""Who is who across documents: joined when safe, kept apart when not, and why."""

import random
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecraft import Document, Store
from quotecraft.store import People, link_people
from tests.store.sample import article, speaker
from tests.strategies import documents


def told(name: str, *more: Mapping[str, object], outlet: str = "Post", **facts: object) -> Document:
    """Return an article in which somebody speaks, with an id made of what is told."""
    date = facts.pop("date", None)
    metadata = {"outlet": outlet} | ({"date": date} if date else {})
    key = f"{name} {outlet} {facts} {date}"
    said = [({**speaker(name), **facts}, "“Yes,”"), *((one, "“No,”") for one in more)]
    return article(key, said, metadata=metadata)


def joined(*articles: Document) -> list[list[int]]:
    """Return which articles' first speakers are one person, as lists of places."""
    people = link_people(articles)
    groups: dict[str, list[int]] = {}
    for place, document in enumerate(articles):
        groups.setdefault(people.of(document.id, "s1").key, []).append(place)
    return sorted(groups.values())


MINISTER = {"roles": ("health minister",)}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(("Ana Ruiz",), ("Ana Ruiz",), id="full name"),
        pytest.param(("Ana Ruiz",), ("ANA RUÍZ",), id="case and accents"),
        pytest.param(("Ana Ruiz",), ("Dr. Ana Ruiz",), id="title"),
        pytest.param(("Ana Ruiz", MINISTER), ("Minister Ruiz",), id="surname with office"),
        pytest.param(("Ana Ruiz", MINISTER), ("Ana María Ruiz", MINISTER), id="middle name"),
        pytest.param(("Ana Ruiz Soto", MINISTER), ("Ana Ruiz", MINISTER), id="second surname"),
        pytest.param(("A. Ruiz", MINISTER), ("Ana Ruiz", MINISTER), id="initial"),
        pytest.param(("Bill Gray", MINISTER), ("William Gray", MINISTER), id="short given name"),
        pytest.param(("Prime Minister Modi",), ("Minister Modi",), id="surname alone"),
    ],
)
def test_joined_when_safe(first: tuple, second: tuple) -> None:
    """One outlet, a matching name, and what supports it make one person."""
    (one, *facts_one), (two, *facts_two) = first, second
    documents = [told(one, **dict(*facts_one)), told(two, date="2024", **dict(*facts_two))]
    assert joined(*documents) == [[0, 1]]
    assert joined(*reversed(documents)) == [[0, 1]]


HE, SHE = {"pronouns": ("he",)}, {"pronouns": ("she", "who")}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(("Ana Ruiz",), ("Ben Ruiz",), id="given names"),
        pytest.param(("Robin Ruiz", HE), ("Robin Ruiz", SHE), id="pronouns"),
        pytest.param(("Mr. Robin Ruiz",), ("Robin Ruiz", SHE), id="honorific"),
        pytest.param(("Martin King Jr.",), ("Martin King Sr.",), id="suffix"),
        pytest.param(
            ("John Gray", {"roles": ("striker",)}),
            ("John Gray", {"roles": ("prosecutor",)}),
            id="walks of life",
        ),
        pytest.param(("Ana Ruiz",), ("Ruiz",), id="surname without support"),
        pytest.param(
            ("Ana Ruiz", {"roles": ("researcher",)}),
            ("Ruiz", {"roles": ("researcher",), "outlet": "Herald"}),
            id="surname and a common role elsewhere",
        ),
        pytest.param(("Ana Ruiz", MINISTER), ("Ana", {"outlet": "Herald"}), id="given name"),
        pytest.param(("Ana Ruiz",), ("Ana María Ruiz",), id="middle name, same outlet only"),
        pytest.param(("Ruiz",), ("Ruiz",), id="surnames without a bearer"),
        pytest.param(
            ("Victoria Line",), ("Victoria Line", {"kind": "organization"}), id="person and body"
        ),
        pytest.param(
            ("a spokesman", {"mention": "description"}),
            ("a spokesman", {"mention": "description"}),
            id="unnamed",
        ),
        pytest.param(("Crown Prince",), ("Crown Prince",), id="titles alone"),
    ],
)
def test_kept_apart_when_not(first: tuple, second: tuple) -> None:
    """What speaks against a join, or too little for it, keeps two speakers apart."""
    (one, *facts_one), (two, *facts_two) = first, second
    documents = [told(one, **dict(*facts_one)), told(two, date="2024", **dict(*facts_two))]
    assert joined(*documents) == [[0], [1]]
    assert joined(*reversed(documents)) == [[0], [1]]


def test_two_bearers_keep_a_surname_apart() -> None:
    """With two ministers of one surname, "Minister Ruiz" is neither."""
    ana, ben = told("Ana Ruiz", **MINISTER), told("Ben Ruiz", **MINISTER)
    bare = told("Minister Ruiz")
    assert joined(ana, bare) == [[0, 1]]
    assert joined(ana, ben, bare) == [[0], [1], [2]]


def test_pronouns_rule_a_bearer_out() -> None:
    """With Ana (she) and Ben (he), "Minister Ruiz, … she" can only be Ana."""
    ana, ben = told("Ana Ruiz", **MINISTER, **SHE), told("Ben Ruiz", **MINISTER, **HE)
    assert joined(ana, ben, told("Minister Ruiz", **SHE)) == [[0, 2], [1]]


def test_two_speakers_of_one_document_stay_two() -> None:
    """What the document keeps apart is never joined, not even through another document."""
    both = article(
        "both",
        [(speaker("Minister Ruiz"), "“A,”"), (speaker("Ana Ruiz", **MINISTER), "“B,”")],
        metadata={"outlet": "Post"},
    )
    people = link_people([both, told("Ana Ruiz", **MINISTER)])
    assert people.of("both", "s1") is not people.of("both", "s2")


def test_somebody_beside_supports() -> None:
    """Who speaks beside the same other person in both articles is the same by surname, too."""
    ben = speaker("Ben Okri")
    one = told("Ana Ruiz", ben, roles=("researcher",))
    two = told("Ruiz", ben, outlet="Herald", roles=("researcher",))
    people = link_people([one, two])
    assert people.of(two.id, "s1").name == "Ana Ruiz"
    assert people.of(two.id, "s1").members[1].evidence == (
        "name:ruiz", "role:researcher", "beside:ben okri",
    )  # fmt: skip


def test_outlets_support_within_a_year() -> None:
    """Articles of one outlet that lie more than a year apart don't support each other by it."""
    near = [
        told("Prime Minister Modi", date="2023-05-01"),
        told("Minister Modi", date="2024-04-30"),
    ]
    far = [near[0], told("Minister Modi", date="2024-05-01")]
    assert (joined(*near), joined(*far)) == ([[0, 1]], [[0], [1]])


def test_common_names_need_support() -> None:
    """Where others share both the first and the last name, an equal name alone joins nothing."""
    one, two = told("John Smith", outlet="A"), told("John Smith", outlet="B")
    others = [told(name, outlet="C") for name in ("John Gray", "John Wu", "Eve Smith", "Al Smith")]
    assert joined(one, two) == [[0, 1]]
    assert joined(one, two, *others)[:2] == [[0], [1]]
    assert joined(one, told("John Smith", outlet="A", date="2024"), *others)[0] == [0, 1]


def test_who_could_be_either_stays_apart() -> None:
    """A name without role or pronoun doesn't join one of two persons who bear it."""
    him, her = told("Robin Ruiz", outlet="A", **HE), told("Robin Ruiz", outlet="B", **SHE)
    nobody = told("Robin Ruiz", outlet="C")
    assert joined(him, her, nobody) == [[0], [1], [2]]


BODY = {"kind": "organization"}


@pytest.mark.parametrize(
    ("name", "elsewhere"),
    [
        ("Reuters", True),
        ("World Health Organization", True),
        ("Amnesty International", True),
        ("the Ministry of Health", False),
        ("Supreme Court", False),
        ("National Police", False),
        ("ANC", False),
    ],
)
def test_bodies(name: str, elsewhere: bool) -> None:
    """A body's own name joins anywhere; one that every country has joins inside one outlet."""
    here = [told(name, **BODY), told(name, date="2024", **BODY)]
    away = [here[0], told(name, outlet="Herald", **BODY)]
    assert joined(*here) == [[0, 1]]
    assert joined(*away) == ([[0, 1]] if elsewhere else [[0], [1]])


def test_a_person_in_full() -> None:
    """A person's names, roles, pronouns and members come from all documents."""
    one = told("Ana Ruiz", roles=("minister",), pronouns=("she",), aliases=("Ms. Ruiz",))
    two = told("Ana Ruiz", outlet="Times", roles=("minister", "doctor"), pronouns=("she", "her"))
    people = link_people([one, two])
    (person,) = people.persons.values()
    assert (person.key, person.name, person.kind) == ("ana-ruiz", "Ana Ruiz", "person")
    assert person.aliases == ("Ms. Ruiz",)
    assert (person.roles, person.pronouns) == (("minister", "doctor"), ("she", "her"))
    assert [(m.document, m.speaker, m.evidence) for m in person.members] == [
        (one.id, "s1", ("named",)),
        (two.id, "s1", ("name:ana ruiz", "role:minister")),
    ]
    assert people.links == {(one.id, "s1"): "ana-ruiz", (two.id, "s1"): "ana-ruiz"}
    assert people.named("RUIZ, Ana") == ()
    assert people.named("ana ruíz") == (person,)
    assert person.to_dict()["members"][0]["document"] == one.id


@given(st.lists(documents(), max_size=4, unique_by=lambda document: document.id))
def test_everyone_is_somebody(made: list[Document]) -> None:
    """Each speaker of each document is one member of one person, whose key is its own."""
    people = link_people(made)
    speakers = [(d.id, one.id) for d in made for one in d.speakers]
    members = [(m.document, m.speaker) for p in people.persons.values() for m in p.members]
    assert sorted(members) == sorted(speakers) == sorted(people)
    assert all(people[key].key == people.links[key] for key in people)


NAMES = ["Ana Ruiz", "Ana Ruiz", "Ruiz", "Minister Ruiz", "A. Ruiz", "Ben Ruiz", "Ana María Ruiz"]
FACTS: list[dict] = [{}, MINISTER, HE, SHE, {"roles": ("striker",)}, BODY]


@given(
    st.lists(
        st.tuples(st.sampled_from(NAMES), st.sampled_from(["A", "B"]), st.sampled_from(FACTS)),
        max_size=8,
    ),
    st.randoms(use_true_random=False),
)
def test_order_does_not_matter(rows: list[tuple], chance: random.Random) -> None:
    """The same documents in another order make the same groups of speakers."""
    made = [
        article(str(n), [({**speaker(name), **facts}, "“Yes,”")], metadata={"outlet": outlet})
        for n, (name, outlet, facts) in enumerate(rows)
    ]
    shuffled = made[:]
    chance.shuffle(shuffled)
    assert groups(link_people(made)) == groups(link_people(shuffled))


def groups(people: People) -> set[frozenset[str]]:
    """Return the documents of each person."""
    return {frozenset(m.document for m in p.members) for p in people.persons.values()}


def test_the_store_gives_the_same_people(store: Store) -> None:
    """Linking from a store's tables gives what linking its documents gives, and follows changes."""
    made = [told("Ana Ruiz", **MINISTER), told("Minister Ruiz"), told("Ben Okri", **BODY)]
    store.add(made)
    first = store.people()
    assert dict(first) == dict(link_people(made))
    assert store.people() is first
    store.add(told("Ben Ruiz", **MINISTER))
    assert groups(store.people()) != groups(first)


def test_search_by_person(store: Store) -> None:
    """Asked for a person, a search finds what every document has of them, under any name."""
    made = [told("Ana Ruiz", **MINISTER), told("Minister Ruiz", **SHE), told("Ben Ruiz", **HE)]
    store.add(made)
    person = store.people().of(made[0].id, "s1")
    assert {hit.document for hit in store.search(speaker=person)} == {made[0].id, made[1].id}
    assert store.count(speaker=person) == 2
