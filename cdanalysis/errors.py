"""What may be shown to a user as a sentence: the only exception that reading a cohort may raise."""


class CohortError(Exception):
    """A file that cannot be analysed; the message names what was found and what is accepted, never a patient's row."""
