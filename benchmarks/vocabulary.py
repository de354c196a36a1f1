"""The invented world of the corpus: its words, its names, and the grammar that joins them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from random import Random


def _words(text: str) -> tuple[str, ...]:
    """The entries of a list; an underscore stands for a space inside one."""
    return tuple(word.replace("_", " ") for word in text.split())


PLACES = _words("""
    Alderwick Ashmarrow Barrowmere Bellgarth Blackfen Brackholm Bramley_Sound Calderhythe Carrowden
    Castle_Orme Cinderford_Vale Coldharrow Cragmoor Danesholt Dunmerrow Eastkeld Elderby Ellanmouth
    Fallowhurst Fenwarden Ferrisport Galloway_Nore Garrowby Glenharrow Greystrand Gullhaven
    Halvermere Harkness_Quay Hartenby Hazelgate Heronsea Hollinfirth Inverloch_Tarn Keldale
    Kestrelby Kirkmarrow Lambsholt Langfell Larkwater Linmouth Longreach_Mills Lowmarsh Maplethorn
    Marrowgate Merrowdale Millstrand Netherkeld Northmarrow Oakenreach Orchardsea Ormesgate
    Otterburn_Cross Penhallow_Bay Pikestone Quarrington_Moor Ravenhythe Redbarrow Rookwarden
    Saltmarrow Sandholm Selkirk_Wyke Silverfen Skellgate Southkeld Starrowby Stonemere Swanhithe
    Tarnfield Thistlemoor Thornwick Tollmarrow Underfell Upper_Lorne Vanesbury Wardenhythe
    Weatherby_Sands Westkeld Whitmarrow Willowstrand Winterholm Wrenfield Yarrowmouth
""")
FIRST_NAMES = _words("""
    Abel Ada Aldo Amira Anouk Arlo Asta Basil Bela Bruna Cado Calla Cato Clio Corin Dalia Dario
    Delphi Edda Elian Elke Enzo Esme Fenna Ferro Fia Galen Greta Hanne Hugo Ilka Ines Ivo Jarl
    Jonna Juno Kaja Karim Lael Leda Linus Maren Milo Mira Nadir Nell Nico Oda Orla Otis Petra Quill
    Rafa Rhea Runa Sami Selma Tamsin Teo Thora Ugo Una Vera Viggo Wilma Xenia Yara Zeno
""")
LAST_NAMES = _words("""
    Abberley Aldous Arkwell Barrowclough Bellamine Birchall Brandreth Calloway Carnforth Castellane
    Chilvers Corvane Dallimore Darrowby Delacourt Drummle Eastabrook Elphick Fairlamb Farnaby
    Fenwicke Galbreath Garside Goldhawk Greenacre Hallewell Harbottle Hathersage Ivermee Kellaway
    Kingsnorth Lanyon Larkin Lovelock Maddern Marchbanks Merriman Nightingall Northcote Oakeshott
    Ollerenshaw Pargeter Penhaligon Pettigrove Quennell Ravenscroft Ridgewell Rosewarne Sallowfield
    Sandiford Sheringham Silverthorne Stanyard Tarrant Thackery Tolliver Underhay Varley Vellacott
    Wainwright Wetherell Winterbourne Yelverton
""")
TOPICS = _words("""
    allotments archives bees bridges broadband budget buses canals census childcare chess climate
    coastline courts cricket culverts cycling dentistry drought election electricity farming
    ferries festivals fisheries flooding football forestry galleries gardens glass harbours heating
    heritage hospitals housing insurance libraries licensing lighthouses markets mining museums
    nursing observatories opera orchards parking parks pensions pharmacies planning policing ports
    postage potholes poverty printing quarries railways recycling rents reservoirs roads rowing
    sailing salaries schools sewage shipping shops soil solar_power steel tariffs taxation textiles
    theatre tides timber tourism trams universities vaccines volunteering wages wetlands wildlife
""")
_ADJECTIVES = _words("""
    annual ambitious average bitter brief broad busy careful cautious central civic coastal common
    costly crowded delayed disputed draft early eastern elected emergency familiar final flexible
    formal fragile generous gradual hidden historic hopeful independent informal interim joint late
    likely limited local lengthy lower main minor modest mutual narrow national new northern
    official open ordinary partial patient permanent planned popular practical previous private
    proposed public quiet rapid rare recent regional reliable remote revised rural seasonal second
    sensible separate serious shared short simple slow small southern spare steady strict sudden
    temporary third thorough tidal timely unusual upper urban urgent usual vacant voluntary western
""")
_BODIES = _words("""
    agency alliance assembly association authority board bureau cabinet chamber club college
    commission committee company consortium cooperative council court department federation fund
    guild hospital inspectorate institute laboratory league library ministry museum network
    orchestra panel parish party regulator school secretariat society team tribunal trust
""")
_PEOPLE = _words("""
    accountants architects bakers builders campaigners carers clerks councillors drivers economists
    engineers families farmers fishers gardeners growers historians inspectors landlords lawyers
    librarians mechanics members merchants musicians nurses officials organisers owners parents
    passengers pensioners planners pupils ramblers researchers residents sailors scientists
    shopkeepers students surveyors teachers tenants traders trustees visitors volunteers voters
""")
_THINGS = _words("""
    account agreement allowance appeal application archive audit ballot barrier basin boundary
    breach bridge building campaign catalogue ceiling charter circular claim clause closure code
    collection complaint concession consultation contract corridor crossing deadline decision
    deposit depot design directive discount district diversion estimate exemption exhibition
    extension facility fare fee figure forecast formula framework grant guarantee guideline harbour
    hearing index inquiry inspection invoice junction lease ledger letter levy licence line list
    loan map measure meeting memorandum merger method model motion notice offer opinion order
    outline partnership path payment permit petition pier plan pledge policy pool premium price
    procedure programme project promise proposal purchase quota rate ratio reading rebate record
    reform refund register regulation remedy repair report request reserve resolution result review
    route rule sample scheme schedule season site standard station statement strategy study subsidy
    summary supply surcharge survey system target tender terminal test timetable toll track
    transfer treaty trial tunnel turbine valuation venue verdict version vote voucher waiver yard
""")
_PAST = _words("""
    abandoned accepted adjusted amended announced approved backed balanced blocked cancelled
    challenged changed circulated completed confirmed corrected criticised defended delayed
    described discussed dismissed doubled drafted endorsed examined expanded extended financed
    halved inspected introduced launched measured modified negotiated opened opposed outlined
    postponed praised prepared presented published questioned reduced rejected released renewed
    reopened replaced reported requested restored reviewed revised scrapped shortened signed
    simplified split started studied submitted supported suspended tested tightened traced updated
""")
_BASE = _words("""
    abandon accept adjust amend approve back block cancel challenge change check compare complete
    correct defend delay discuss divide draft examine expand explain extend fund halve inspect
    introduce join keep leave limit maintain measure merge monitor move open oppose pause postpone
    prepare protect publish question reduce reject release renew repair replace restore review
    revise scrap share simplify suspend test tighten update use weaken widen
""")
_MOMENTS = _words("""
    a_year_ago at_the_weekend before_the_holidays by_a_narrow_majority during_the_winter
    for_a_second_time for_the_first_time_in_a_decade in_a_closed_session in_the_coming_weeks
    in_the_spring later_this_year on_short_notice over_the_summer soon_after_midnight
    two_weeks_early under_the_new_rules with_little_debate without_a_vote on_Monday on_Thursday
""")


@dataclass(frozen=True, slots=True)
class Phrases:
    """Pools of ready-made phrases, so that a sentence of 17 words costs three draws, not ten."""

    subjects: Sequence[str]
    predicates: Sequence[str]
    tails: Sequence[str]
    actors: Sequence[str]
    """Who a headline is about, up to the infinitive that follows."""
    deeds: Sequence[str]
    headings: Sequence[str]


def make_phrases(rng: Random) -> Phrases:
    """Draw the pools; together they make 50,000,000,000 sentences and 9,000,000 headlines."""
    return Phrases(
        subjects=_pool(rng, _subjects, 4000),
        predicates=_pool(rng, _predicates, 5000),
        tails=_pool(rng, _tails, 2500),
        actors=_pool(rng, _actors, 3000),
        deeds=_pool(rng, _deeds, 3000),
        headings=_pool(rng, _headings, 1500),
    )


def tag_names(count: int, rng: Random) -> tuple[str, ...]:
    """`count` different tags, at most 6,000: topics and places first, then the two together."""
    simple = [*TOPICS, *PLACES]
    joined = [f"{place} {topic}" for place in PLACES for topic in TOPICS]
    rng.shuffle(simple)
    rng.shuffle(joined)
    return tuple(islice([*simple, *joined], count))


def author_names(count: int, rng: Random) -> tuple[str, ...]:
    """`count` different names, at most 4,000."""
    names = [f"{first} {last}" for first in FIRST_NAMES for last in LAST_NAMES]
    rng.shuffle(names)
    return tuple(names[:count])


def _pool(rng: Random, rule: Callable[[Random], Iterator[str]], size: int) -> Sequence[str]:
    """`size` phrases of one rule, which yields one phrase of each of its forms per call."""
    phrases: list[str] = []
    while len(phrases) < size:
        phrases.extend(rule(rng))
    return tuple(phrases[:size])


def _article(phrase: str) -> str:
    vowel = phrase.startswith(("a", "e", "i", "o", "un", "up", "ur"))
    return f"an {phrase}" if vowel else f"a {phrase}"


def _thing(rng: Random) -> str:
    return f"{rng.choice(_ADJECTIVES)} {rng.choice(_THINGS)}"


def _subjects(rng: Random) -> Iterator[str]:
    pick = rng.choice
    yield f"the {pick(PLACES)} {pick(_BODIES)}"
    yield f"{pick(_PEOPLE)} in {pick(PLACES)}"
    yield f"the {pick(_ADJECTIVES)} {pick(_BODIES)}'s {pick(_PEOPLE)}"
    yield f"{rng.randint(3, 90) * 10} {pick(_PEOPLE)} from {pick(PLACES)}"
    yield f"{pick(FIRST_NAMES)} {pick(LAST_NAMES)}, who speaks for the {pick(_PEOPLE)},"
    yield f"{_article(pick(_ADJECTIVES))} {pick(_BODIES)} of {pick(_PEOPLE)}"


def _predicates(rng: Random) -> Iterator[str]:
    pick = rng.choice
    yield f"{pick(_PAST)} the {_thing(rng)} on {pick(TOPICS)}"
    yield f"asked the {pick(_BODIES)} to {pick(_BASE)} the {_thing(rng)}"
    yield f"said the {pick(_THINGS)} would {pick(_BASE)} {_article(_thing(rng))}"
    yield f"agreed to {pick(_BASE)} the {_thing(rng)} and to {pick(_BASE)} the {pick(_THINGS)}"
    share = f"{rng.randint(2, 97)} per cent of {pick(_PEOPLE)}"
    yield f"found that {share} {pick(_PAST)} the {_thing(rng)}"
    yield f"warned that {pick(TOPICS)} could {pick(_BASE)} the {_thing(rng)}"


def _tails(rng: Random) -> Iterator[str]:
    pick = rng.choice
    yield f" {pick(_MOMENTS)}"
    yield f" after {_article(_thing(rng))} in {pick(PLACES)}"
    yield f", according to the {pick(_BODIES)} of {pick(_PEOPLE)}"
    yield f" despite {_article(_thing(rng))} by {pick(_PEOPLE)}"
    yield f", and left the {_thing(rng)} to the {pick(_BODIES)}"


def _actors(rng: Random) -> Iterator[str]:
    pick = rng.choice
    yield f"{pick(_PEOPLE).capitalize()} in {pick(PLACES)}"
    yield f"{pick(PLACES)} {pick(_BODIES)} to"
    yield f"{pick(_ADJECTIVES).capitalize()} {pick(_BODIES)} votes to"


def _deeds(rng: Random) -> Iterator[str]:
    pick = rng.choice
    yield f"{pick(_BASE)} {_thing(rng)} on {pick(TOPICS)}"
    yield f"{pick(_BASE)} {_thing(rng)} {pick(_MOMENTS)}"
    yield f"{pick(_BASE)} {pick(_THINGS)} for {pick(_PEOPLE)}"


def _headings(rng: Random) -> Iterator[str]:
    pick = rng.choice
    yield f"What the {pick(_THINGS)} says"
    yield _article(_thing(rng)).capitalize()
    yield f"How {pick(PLACES)} came to {pick(_BASE)} its {pick(_THINGS)}"
    yield f"The {pick(_PEOPLE)} and the {pick(_THINGS)}"
