"""The analyst's choices: what each setting accepts, and all of them as one value."""

from cdanalysis.settings.as_text.cutoffs import Cutoff
from cdanalysis.settings.settings import DISPLAY_FIELDS, RESULT_FIELDS, Settings, only, that_decide
