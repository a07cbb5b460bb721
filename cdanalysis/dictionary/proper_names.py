"""Names of people and places that a score, a test or a disease is called by: they have a capital wherever they stand."""

_NAMES = (
    "alzheimer apgar barrett barthel benjamini bethesda billroth bismuth breslow bristol caprini charlson chicago clark "
    "clavien crohn cushing dersimonian dukes efron epworth fontaine forrest framingham geboes glasgow gleason harvey "
    "hinchey hochberg hodgkin hoehn holm ishak japan karnofsky kellgren killip lichtiger likert london lund mallampati "
    "marsh mayo montreal nancy paris parkinson pittsburgh rankin ranson rockall rutgeerts rutherford schirmer tanis tanner "
    "tokyo truelove vienna wells wilson wong"
)
PROPER = frozenset(_NAMES.split())
