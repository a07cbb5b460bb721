"""The data dictionary: every column a cohort file may have, with its unit, range, synonyms and meaning.

One table drives the readers, the template and the page that shows how a file was understood. A range says what a value
can be at all; beyond it a cell is a fault, not a patient. Day 0 is the start of combination therapy.
"""

from math import inf

from cdanalysis.dictionary.column_spec import ColumnSpec
from cdanalysis.dictionary.further_words import FURTHER_WORDS, NUMBERS_OF_PATIENTS
from cdanalysis.dictionary.indices.endoscopic import BY_LEVEL, I2B, RUTGEERTS
from cdanalysis.dictionary.indices.index_columns import COMPONENTS, TOTALS

CATEGORIES: dict[str, tuple[str, ...]] = {
    "sex": ("male", "female"),
    "smoking": ("never", "former", "current"),
    "disease_location": ("L1", "L2", "L3"),
    "disease_behaviour": ("B1", "B2", "B3"),
    "event": ("hospitalization", "surgery", "fistula", "abscess", "obstruction", "endoscopic_relapse", "relapse", "death"),
    "action": ("none", "dose_reduced", "stopped_aza", "stopped_thalidomide", "stopped_both"),
}  # fmt: skip


def _words(synonyms: str, name: str = "") -> tuple[str, ...]:
    """Each word once, with those of other languages."""
    words = f"{synonyms}|{FURTHER_WORDS.get(name, '')}".split("|")
    return tuple(dict.fromkeys(filter(None, (word.strip() for word in words))))


def _number(name: str, meaning: str, unit: str, lowest: float, highest: float, synonyms: str = "") -> ColumnSpec:
    return ColumnSpec(name, "patients", "number", meaning, unit, lowest, highest, _words(synonyms, name))


def _yes_no(name: str, meaning: str, synonyms: str = "") -> ColumnSpec:
    return ColumnSpec(name, "patients", "yes_no", meaning, synonyms=_words(synonyms, name), categories=("yes", "no"))


def _category(name: str, meaning: str, synonyms: str, required: bool = False) -> ColumnSpec:
    return ColumnSpec(
        name, "patients", "category", meaning, "", -inf, inf, _words(synonyms, name), CATEGORIES[name], required
    )


def _text(name: str, meaning: str, synonyms: str = "", required: bool = False) -> ColumnSpec:
    return ColumnSpec(name, "patients", "text", meaning, synonyms=_words(synonyms, name), required=required)


def _date(name: str, meaning: str, synonyms: str = "") -> ColumnSpec:
    return ColumnSpec(name, "patients", "date", meaning, synonyms=_words(synonyms, name))


def _in_sheet(sheet: str, *specs: ColumnSpec) -> tuple[ColumnSpec, ...]:
    return tuple(ColumnSpec(**{**vars(spec), "sheet": sheet}) for spec in specs)


PATIENT_ID = ColumnSpec(
    "patient_id", "patients", "id", "A pseudonym of the patient, the same in every sheet", required=True,
    synonyms=_words("id|pat|patient|patient no|patient number|patient code|patient key|subject|subject id|subject no|subject code|participant|pid|"
                    "case|patid|patnr|pat no|ptid|ptno|pt id|pt no|pt code|pidnum|row name|row names|rowname|rownames|编号|患者编号|病例号|病人编号|研究编号|受试者编号", "patient_id") + NUMBERS_OF_PATIENTS,
)  # fmt: skip

# The most a marker's range says: 999 is outside every one but that of 6-TGN, and is then a missing code.
_CRP = _number("crp_mg_per_l", "C-reactive protein", "mg/L", 0, 600,
               "crp|c reactive protein|hs crp|hscrp|s crp|p crp|serum crp|crp level|crp value|crp wert|baseline crp|crp baseline|c反应蛋白|超敏c反应蛋白|c 反应蛋白|基线crp")  # fmt: skip
_ESR = _number("esr_mm_per_h", "Erythrocyte sedimentation rate", "mm/h", 0, 200,
               "esr|erythrocyte sedimentation rate|sedimentation rate|baseline esr|esr baseline|血沉|红细胞沉降率")  # fmt: skip
_TGN = _number("tgn_pmol_per_8e8_rbc", "6-thioguanine nucleotides", "pmol/8x10^8 RBC", 0, 5000,
               "tgn|6tgn|6 tgn|6 tgns|6 tg|6tg|6 thioguanine nucleotides|6 thioguanine nucleotide|6 thioguanine|tgn mono|tgn 6|6 tgn level|6 tgn concentration|6 tgn浓度|6 tgn水平|"
               "6 硫鸟嘌呤核苷酸|6硫鸟嘌呤核苷酸|6硫鸟嘌呤|巯鸟嘌呤核苷酸")  # fmt: skip
_LABS = (*TOTALS, _CRP, _ESR, _TGN)

_TIMES = (
    _number("week", "Weeks from the start of combination therapy, as scheduled", "weeks", -520, 2600,
            "weeks|wk|visit week|study week|time weeks|week number|周|周数|随访周"),
    _number("months", "Months from the start of combination therapy", "months", -120, 600,
            "month|time months|months from start|month from start|study month|月|月数"),
    _number("days", "Days from the start of combination therapy", "days", -3660, 18300,
            "day|time days|study day|days from start|day from start|天|天数|研究日"),
)  # fmt: skip

PATIENTS = (
    PATIENT_ID,
    _category("sex", "Sex", "gender|性别"),
    _number("age_years", "Age at the start of combination therapy", "years", 0, 110, "age|age at start|age at baseline|年龄|年龄岁"),
    _category("smoking", "Smoking", "smoker|smoking status|smoking history|tobacco|吸烟|吸烟史|是否吸烟"),
    _category("disease_location", "Location (Montreal)",
              "location|montreal location|montreal l|disease site|病变部位|病变位置|疾病部位"),
    _yes_no("upper_gi", "Upper gastrointestinal involvement (L4)",
            "l4|upper gi l4|upper gi involvement|upper gastrointestinal involvement|upper gi disease|上消化道受累|上消化道"),
    _category("disease_behaviour", "Behaviour (Montreal)",
              "behaviour|behavior|disease behavior|montreal behaviour|montreal behavior|montreal b|疾病行为|疾病类型|病变行为"),
    _yes_no("perianal", "Perianal disease", "perianal disease|perianal lesion|perianal lesions|perianal involvement|肛周病变|肛周"),
    _yes_no("gi_surgery", "Gastrointestinal surgery before combination therapy",
            "previous surgery|prior surgery|surgery history|history of surgery|previous gi surgery|bowel surgery|手术史|肠道手术史|既往手术|既往手术史|既往肠道手术|既往肠道手术史"),
    _yes_no("appendectomy", "Appendectomy before", "appendicectomy|阑尾切除|阑尾切除史"),
    _number("months_since_surgery", "From surgery to combination therapy", "months", 0, 900, "time since surgery|术后时间"),
    _yes_no("prior_biologic", "A biologic before combination therapy",
            "biologic|biologics|previous biologic|prior biologics|previous biologics|anti tnf|prior anti tnf|biologic exposure|"
            "生物制剂|生物制剂史|既往生物制剂"),
    _yes_no("nudt15_variant", "NUDT15 variant; empty where not tested", "nudt15|nudt15 genotype|nudt15变异|nudt15突变|nudt15基因型"),
    _number("aza_monotherapy_months", "Azathioprine alone, for how long", "months", 0, 600,
            "aza duration|aza monotherapy|aza mono|azathioprine duration|硫唑嘌呤疗程"),
    _number("aza_mono_dose_mg_per_kg", "Azathioprine dose when given alone", "mg/kg/d", 0, 10, "aza dose mono|aza mono dose"),
    _number("aza_dose_mg_per_kg", "Azathioprine dose in combination therapy", "mg/kg/d", 0, 10,
            "aza dose|aza dose combo|azathioprine dose|硫唑嘌呤剂量"),
    _number("thalidomide_dose_mg_per_day", "Highest thalidomide dose", "mg/d", 0, 800,
            "thalidomide dose|thalidomide|thalidomide max|沙利度胺剂量|沙利度胺"),
    *_LABS,
    _number("wbc_1e9_per_l", "White blood cells", "10^9/L", 0, 200,
            "wbc|wbc count|leukocytes|leucocytes|white blood cells|white blood cell count|white cell count|白细胞|白细胞计数"),
    _number("haemoglobin_g_per_l", "Haemoglobin", "g/L", 20, 250, "haemoglobin|hemoglobin|hb|hgb|血红蛋白"),
    _number("albumin_g_per_l", "Albumin", "g/L", 5, 80, "albumin|alb|白蛋白"),
    _number("calprotectin", "Faecal calprotectin", "µg/g", 0, 50000,
            "calprotectin|calpro|calprotectine|calprotectina|fcalpro|f cal|faecal calprotectin|fecal calprotectin|stool calprotectin|fcal|fcp|f calprotectin|粪便钙卫蛋白|钙卫蛋白|粪钙卫蛋白"),
    _number("platelets_1e9_per_l", "Platelets", "10^9/L", 0, 3000, "platelets|platelet count|plt|thrombocytes|血小板|血小板计数"),
    *(_number(f"{drug}_trough_mg_per_l", f"{drug.capitalize()} trough level", "mg/L", 0, 300,
              "|".join(f"{name} {word}" for name in (drug, short) for word in ("trough", "trough level", "trough concentration", "tl")))
      for drug, short in (("infliximab", "ifx"), ("adalimumab", "ada"), ("vedolizumab", "vdz"), ("ustekinumab", "ust"))),
    _number("mmp_pmol_per_8e8_rbc", "6-methylmercaptopurine", "pmol/8x10^8 RBC", 0, 100000,
            "mmp|6mmp|6 mmp|6 methylmercaptopurine|6 mmpr|6 甲基巯基嘌呤|6甲基巯基嘌呤"),
    _number("tgn_months_before_loss_of_response", "From the 6-TGN measurement to loss of response to azathioprine",
            "months", 0, 600, "tgn before lor|tgn before loss of response"),
    _date("start_date", "Start of combination therapy: day 0",
          "start|therapy start|treatment start|start of therapy|start of treatment|start of combination|date of start|"
          "combination start|baseline date|date of baseline|first dose|first infusion|开始日期|治疗开始日期|联合治疗开始日期|基线日期"),
    _number("follow_up_months", "Follow-up from the start of combination therapy", "months", 0, 600,
            "follow up|followup|f u|f u time|follow up time|follow up duration|duration of follow up|fu|fu time|length of follow up|随访时间|随访时长|随访"),
    _number("follow_up_days", "Follow-up from the start of combination therapy", "days", 0, 18300,
            "followup days|fu days|followup end day|follow up end day|last follow up day|随访天数"),
    _date("last_follow_up_date", "Last follow-up",
          "last follow up|last followup|last followup date|last visit date|last seen|date of last follow up|end of follow up|"
          "follow up end date|letzte visite|datum letzte visite|datum der letzten visite|末次随访|末次随访日期|随访截止日期"),
    _number("combination_end_months", "End of combination therapy, from its start", "months", 0, 600,
            "combination end|combination duration|duration of combination|treatment duration|联合治疗时间"),
    _number("combination_end_days", "End of combination therapy, from its start", "days", 0, 18300, "combination end day"),
    _date("combination_end_date", "End of combination therapy", "end of combination|date of combination end|停药日期|联合治疗结束日期"),
    _text("combination_end_reason", "Why combination therapy ended", "reason of combination end|reason for stopping|停药原因"),
)  # fmt: skip

_OUTCOME_WORDS = {
    "relapse": ("time to relapse|relapse time|relapse free time|relapse free survival time|复发时间|至复发时间",
                "relapse|relapsed|relapse status|relapse yn|复发|是否复发|复发事件"),
    "hospitalization": ("time to hospitalization|time to hospitalisation|hospitalisation months|住院时间",
                        "hospitalization|hospitalisation|hospitalized|hospitalised|hospitalisation event|住院|是否住院"),
    "surgery": ("time to surgery|surgery time|手术时间", "surgery|surgery status|手术|是否手术"),
    "adverse_event": ("time to adverse event|adverse event time|ae months|time to ae|不良事件时间",
                      "adverse event|ae|ae event|any adverse event|不良事件|不良反应"),
}  # fmt: skip

FLAT_OUTCOMES = tuple(
    spec
    for outcome, (times, events) in _OUTCOME_WORDS.items()
    for spec in (
        _number(f"{outcome}_months", f"Time to {outcome.replace('_', ' ')} or censoring", "months", 0, 600, times),
        _yes_no(f"{outcome}_event", f"Whether {outcome.replace('_', ' ')} was observed", events),
    )
)

# Laboratory values of the patients that a sheet of visits has too; as a column by week of a flat table each is one of its own.
ALSO_AT_VISITS = (
    "wbc_1e9_per_l", "haemoglobin_g_per_l", "albumin_g_per_l", "calprotectin", "platelets_1e9_per_l", "mmp_pmol_per_8e8_rbc",
    *(f"{drug}_trough_mg_per_l" for drug in ("infliximab", "adalimumab", "vedolizumab", "ustekinumab")),
)  # fmt: skip

COLUMNS: dict[str, tuple[ColumnSpec, ...]] = {
    "patients": PATIENTS,
    "visits": _in_sheet(
        "visits", PATIENT_ID, *_TIMES, _date("visit_date", "Date of the visit", "date|date of visit|visit day|exam date|date of examination|访视日期|随访日期|就诊日期|复诊日期|门诊日期|检查日期|日期"), *_LABS, *COMPONENTS,
        *(spec for spec in PATIENTS if spec.name in ALSO_AT_VISITS),
    ),
    "events": _in_sheet(
        "events", PATIENT_ID, *_TIMES, _date("event_date", "Date of the event", "date|date of event|admission date|date of admission|hospital admission date|"
              "onset date|date of onset|事件日期|入院日期|日期"),
        _category("event", "What happened", "event type|type|event name|what|事件|事件类型", required=True),
        _yes_no("cd_related", "Whether it was related to the disease",
                "related|disease related|related to disease|crohn related|cd related|与疾病相关|是否与疾病相关"),
    ),
    "endoscopy": _in_sheet(
        "endoscopy", PATIENT_ID, *_TIMES, _date("date", "Date of the endoscopy", "endoscopy date|date of endoscopy|检查日期|日期"),
        *(score.spec for score in BY_LEVEL),
        _number(RUTGEERTS, "Rutgeerts score, i0 to i4", "", 0, 4, "rutgeerts|rutgeerts i|rutgeerts score|rutgeerts grade|rutgeerts评分"),
        _yes_no(I2B, "Of a Rutgeerts i2: i2b, in the neoterminal ileum (yes), or i2a, at the anastomosis alone (no)", "i2b|rutgeerts i2b"),
        _yes_no("ulceration", "Any ulceration", "ulcer|ulcers|any ulcer|ulcerations|溃疡"),
    ),
    "adverse_events": _in_sheet(
        "adverse_events", PATIENT_ID, *_TIMES, _date("date", "Date of the adverse event", "event date|ae date|onset date|日期|发生日期"),
        _text("term", "What it was", "adverse event|ae|event|event term|ae term|不良事件|不良反应|名称", required=True),
        _category("action", "What was done about it", "action taken|consequence|处理|处理措施"),
    ),
    "screening": _in_sheet(
        "screening", _text("step", "Step of the patient flow, or reason of exclusion", "reason|步骤|原因", required=True),
        ColumnSpec("n", "", "number", "Patients", "patients", 0, 1e7, _words("patients|count|number|例数|人数", "n"), required=True),
    ),
}  # fmt: skip

# A timed sheet needs one of these; the first that a row has decides its day.
DATE_OF = {"visits": "visit_date", "events": "event_date", "endoscopy": "date", "adverse_events": "date"}
TIME_COLUMNS = {sheet: (date, "days", "week", "months") for sheet, date in DATE_OF.items()}
