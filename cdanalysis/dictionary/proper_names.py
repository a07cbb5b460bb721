"""Names of people and places that a score, a class or a disease is called by: they have a capital wherever they stand."""

_NAMES = (
    "alzheimer apgar barrett barthel bethesda billroth bismuth breslow bristol caprini charlson chicago clark clavien crohn "
    "cushing dukes epworth fontaine forrest framingham geboes glasgow gleason harvey hinchey hodgkin hoehn ishak japan karnofsky "
    "kellgren killip lichtiger likert london lund mallampati marsh mayo montreal nancy paris parkinson pittsburgh rankin "
    "ranson rockall rutgeerts rutherford schirmer tanner tanis tokyo truelove vienna wells wilson wong"
)
PROPER = frozenset(_NAMES.split())
