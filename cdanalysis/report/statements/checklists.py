"""The reporting checklists that are offered, in the order in which a report has them."""

from cdanalysis.report.statements import record, remark, strobe, tripod
from cdanalysis.report.statements.checklist import Checklist

CHECKLISTS = (
    Checklist("strobe", "STROBE checklist for cohort studies", "Every cohort study.", "strobe", strobe.ITEMS),
    Checklist("remark", "REMARK checklist for prognostic markers", "A study of a prognostic marker.", "remark", remark.ITEMS),
    Checklist("tripod", "TRIPOD+AI checklist for prediction models", "A study that develops or evaluates a prediction model.",
              "tripod", tripod.ITEMS),
    Checklist("record", "RECORD checklist for routinely collected data", "A study of data that were collected for another purpose, "
              "in addition to STROBE.", "record", record.ITEMS),
)  # fmt: skip
