"""The definitions of remission, response and relapse in use, in words, each with where it is from; plain text."""

from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.indices.endoscopic import BY_LEVEL, GRADE_SOURCES, GRADES, RUTGEERTS, SCORED, EndoscopicScore
from cdanalysis.dictionary.indices.presets import Bound, Preset, RelapseRule, short
from cdanalysis.settings import Settings
from cdanalysis.settings.of_index import FURTHER_FALL
from cdanalysis.writing.choices.labels import relapse_rule
from cdanalysis.writing.numbers import sentence

CHANGED = "own choice"


def remission(settings: Settings) -> str:
    """`a CDAI below 150 points with a fall of more than 70 points from baseline`."""
    index = settings.index_row
    level = f"{index.noun} {index.level(settings.remission)}"
    if index.most_of_an_item == index.most_of_an_item:
        level += f" and, where the file has the components, none above {index.most_of_an_item:g}"
    return f"{level} with {fall(settings, settings.fall)} from baseline" if index.remission_needs_fall else level


def fall(settings: Settings, bound: Bound) -> str:
    """`a fall of more than 70 points`, `a fall of at least 3 points and of at least 30%`."""
    index = settings.index_row
    points = index.change(bound) if bound.value else ""
    share = f"of at least {index.fall_percent:g}%" if index.fall_percent else ""
    return f"a fall {' and '.join(filter(None, (points, share)))}"


def response(settings: Settings) -> str:
    """What was called a response, as a clause."""
    if settings.response_definition == FURTHER_FALL:
        # As in visit_status.py: a week's response counts every remission, the landmark asks for the fall itself.
        further = fall(settings, settings.response_fall)
        return f"clinical response was {further} from baseline, and at the scheduled weeks remission too"
    asked = "that fall" if settings.index_row.remission_needs_fall else f"{fall(settings, settings.fall)} from baseline"
    if settings.response_definition == "without-remission":
        return f"clinical response was {asked} without remission"
    return f"clinical response was {asked}, remission included"


def sources(settings: Settings) -> str:
    """Where the levels of remission and response are from, as a clause."""
    index = settings.index_row
    told = [
        f"{name}, {one.source if (one := preset.at(bound.value)) else CHANGED}"
        for name, preset, bound in (
            ("remission", index.remission, settings.remission),
            ("response", index.response, settings.fall),
        )
    ]
    return "; ".join((*told, index.left_out) if index.left_out else told)


def in_full(settings: Settings) -> str:
    """What stands under figures and tables of the states: the definitions with their sources, as sentences."""
    return f"Remission: {remission(settings)}; {response(settings)}. Sources: {sources(settings)}."


def relapse_with_source(settings: Settings) -> str:
    """The relapse rule in use with its source, as sentences."""
    return f"{sentence(relapse_rule(settings))} Source: {settings.relapse_rule.source}."


def footer_of_states(settings: Settings) -> tuple[str, ...]:
    """Parts of a figure's footer: the bounds of remission and response."""
    index, asked = settings.index_row, settings.response_fall
    share = f" and {index.fall_percent:g}%" if index.fall_percent else ""
    needs = f", fall {settings.fall.sign}" if index.remission_needs_fall else ""
    return (
        f"remission: {index.label} {settings.remission.sign}{needs} ({_stamp(index.remission, settings.remission)})",
        f"response: fall {asked.sign}{share} ({_stamp(index.response, asked)})",
    )


def footer_of_relapse(settings: Settings) -> tuple[str, ...]:
    """Parts of a figure's footer: the relapse rule and its source."""
    rule: RelapseRule = settings.relapse_rule
    return f"relapse: {rule.label(settings.index_row.label)}", f"source: {_checked(rule)}"


def _stamp(preset: Preset, bound: Bound) -> str:
    one = preset.at(bound.value)
    return _checked(one) if one else CHANGED


def _checked(one: Preset | RelapseRule) -> str:
    return short(one.citation) if one.verified else "unverified"


def endoscopic_remission(settings: Settings, cohort: Cohort) -> str:
    """`CDEIS below 7 points, or Rutgeerts i0-i1 after i2 or more`, of the scores that the endoscopies have."""
    healed, active = GRADES[settings.rutgeerts_remission]
    ways = {score.column: f"{score.label} below {level:g} {score.unit}" for score, level in _levels(settings)}
    ways[RUTGEERTS] = f"Rutgeerts {healed} after {active}"
    return ", or ".join(ways[column] for column in _scored(cohort))


def endoscopic_sources(settings: Settings, cohort: Cohort) -> str:
    """Where the levels of endoscopic remission are from."""
    told = {score.column: f"{score.label} {score.citation}" for score in BY_LEVEL}
    told[RUTGEERTS] = f"Rutgeerts {GRADE_SOURCES[settings.rutgeerts_remission]}"
    return f"Sources: {'; '.join(told[column] for column in _scored(cohort))}."


def footer_of_endoscopy(settings: Settings, cohort: Cohort) -> tuple[str, ...]:
    """A part of a figure's footer: the levels of endoscopic remission."""
    parts = {score.column: f"{score.label} < {level:g}" for score, level in _levels(settings)}
    parts[RUTGEERTS] = f"Rutgeerts {GRADES[settings.rutgeerts_remission][0]}"
    return (f"remission: {', '.join(parts[column] for column in _scored(cohort))}",)


def _levels(settings: Settings) -> list[tuple[EndoscopicScore, float]]:
    return [(score, getattr(settings, score.setting)) for score in BY_LEVEL]


def _scored(cohort: Cohort) -> tuple[str, ...]:
    """The scores that an endoscopy has; all where none has any."""
    seen = cohort.endoscopy
    return tuple(column for column in SCORED if seen[column].notna().any()) or SCORED
