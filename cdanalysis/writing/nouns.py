"""An outcome's noun in a sentence: what became of a patient, and its article."""


def participle(noun: str) -> str:
    """What became of a patient: `relapsed`, `died`, `had surgery`."""
    return {"relapse": "relapsed", "death": "died"}.get(noun, f"had {noun}")


def with_article(noun: str) -> str:
    """`a relapse`, `an adverse event`."""
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"
