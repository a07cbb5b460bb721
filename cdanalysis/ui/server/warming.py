"""What the first reader needs is there before she comes: every page's code is loaded and the bundled cohort read and analysed
once, in a thread beside the server's start. It takes seconds, which the first page would take otherwise.
"""

from threading import Thread


def start() -> Thread:
    """Warm up beside everything else; the server ends without waiting for it."""
    thread = Thread(target=warm, name="warming", daemon=True)
    thread.start()
    return thread


def warm() -> None:
    """Load what the pages are made of, and go once through what the first one shows."""
    from importlib import import_module

    from cdanalysis.demo import demo_cohort
    from cdanalysis.settings import Settings
    from cdanalysis.ui import manuscript  # noqa: F401
    from cdanalysis.ui.cohort_page import home
    from cdanalysis.ui.report_page import (  # noqa: F401
        compare,
        model_file,
        printed_sheet,
        qualify,
        ratio_sheet,
        report,
        settings_file,
    )
    from cdanalysis.ui.shell import frame
    from cdanalysis.ui.widgets import export  # noqa: F401
    from cdanalysis.ui.widgets.side import sidebar  # noqa: F401

    list(home.glimpse(demo_cohort(), Settings()))
    for page in frame.MENU:
        if page.section:
            import_module(f"cdanalysis.sections.{page.section}.section")
