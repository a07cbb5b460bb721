"""How a text file was read, in words: its encoding, the mark between its cells, its decimal mark; found, guessed or chosen."""

from cdanalysis.reading.bytes.text.text_form import TextForm

AS_FOUND = "As found in the file"
PART_LABELS = {"encoding": "Encoding of the text", "delimiter": "Mark between cells", "decimal": "Decimal mark"}
FORM_LABELS = {
    "encoding": {
        "utf-8": "UTF-8",
        "utf-16": "UTF-16",
        "gb18030": "GB18030 simplified Chinese",
        "big5": "Big5 traditional Chinese",
        "shift_jis": "Shift JIS Japanese",
        "cp1252": "Windows-1252 Western European",
        "cp1250": "Windows-1250 Central European",
        "cp1251": "Windows-1251 Cyrillic",
        "cp1253": "Windows-1253 Greek",
        "cp1254": "Windows-1254 Turkish",
        "cp949": "Windows-949 Korean",
        "euc_jp": "EUC Japanese",
        "mac_roman": "Mac Roman",
        "cp850": "DOS 850 Western European",
    },
    "delimiter": {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar", " ": "blanks"},
    "decimal": {".": "point", ",": "comma"},
}
SAID = {"encoding": "{}", "delimiter": "{} between cells", "decimal": "decimal {}"}


def form_sentence(form: TextForm) -> str:
    """`UTF-8 (found), semicolon between cells (found), decimal comma (chosen)`."""
    return ", ".join(f"{SAID[part].format(part_label(form, part))} ({how_known(form, part)})" for part in SAID)


def part_label(form: TextForm, part: str) -> str:
    """The name of an encoding or of a mark."""
    return FORM_LABELS[part][getattr(form, part)]


def how_known(form: TextForm, part: str) -> str:
    """Whether a part was chosen by the reader, found in the file, or guessed."""
    return "chosen" if part in form.chosen else "a guess" if part in form.guessed else "found"
