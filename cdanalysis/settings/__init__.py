"""The analyst's choices: what each setting accepts, and all of them as one value."""

from cdanalysis.settings.as_text.cutoffs import Cutoff
from cdanalysis.settings.settings import Settings
from cdanalysis.settings.specification import DISPLAY_FIELDS, RESULT_FIELDS, only, that_decide
