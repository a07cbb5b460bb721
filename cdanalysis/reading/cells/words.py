"""The words a clinic uses for sheets and categories, in English, Chinese and German, lower case and without punctuation."""

from collections.abc import Iterable, Mapping

from cdanalysis.dictionary.indices.indices import INDICES

MISSING = {
    "", "na", "n/a", "n.a.", "n. a.",
    "#n/a", "nan", "nat", "null", "#null!", "nd", "n.d.", "not done", "not available", "not known", "not measured",
    "not recorded", "-", "--", "–", "—", "/", ".", "?", "unknown", "missing", "unbekannt", "fehlt", "fehlend",
    "k.a.", "k. a.", "keine angabe", "nicht bekannt", "nicht erhoben",
    "not reported", "not applicable", "not evaluated", "[not available]", "[not applicable]", "[unknown]", "[not evaluated]",
    "[discrepancy]", "'--", "n.v.t.", "nvt", "onbekend", "inconnu", "desconocido", "sconosciuto", "desconhecido", "s/d", "sin dato",
    "brak danych", "bilinmiyor", "未測定",
    "/ /", "//", ". .", "__/__/____",
    "未测", "未查", "未做", "未检", "未知", "不详", "缺失", "无数据", "不明", "未记录",
}  # fmt: skip
YES = {
    "yes", "y", "true", "t", "1", "positive", "pos", "+", "present", "checked", "x", "√", "✓", "✔", "☑", "ja", "j",
    "positiv",
    "vorhanden", "oui", "si", "sí", "sì", "sim", "waar", "verdadeiro", "wahr", "vrai", "vero", "verdadero", "pos.",
    "positif", "evet", "tak", "да", "ano", "igen", "kyllä", "có", "نعم", "ya",
    "ναι", "예", "있음", "あり", "有り", "はい", "是", "有", "阳性", "阳",
}  # fmt: skip
NO = {
    "hayır", "nie", "nej", "нет", "nem", "nei", "không", "لا", "tidak",
    "όχι", "아니오", "아니요", "없음", "なし", "無し", "いいえ",
    "no", "n", "nee", "não", "nao", "onwaar", "✘", "✕", "false", "f", "0", "negative", "neg", "absent", "unchecked",
    "×", "✗", "☐", "nein", "negativ", "nicht vorhanden",
    "non", "falsch", "faux", "falso", "neg.", "négatif", "否", "无", "阴性", "阴", "没有",
}  # fmt: skip

YES_BESIDE_N = {"s", "o"}  # of sí, sì, sim and oui: a yes where the other letter of the column is `n`

# Words for yes and for no that are such only beside each other: `ne` is also not evaluated, `da` and `ei` more.
PAIRED = (
    ("ano", "ne"),
    ("da", "ne"),
    ("áno", "nie"),
    ("da", "nu"),
    ("kyllä", "ei"),
    ("jah", "ei"),
    ("taip", "ne"),
    ("po", "jo"),
)

RARE = 0.05  # the share of a text that may be a slip


def answers_among(texts: Iterable[str]) -> dict[str, str]:
    """Yes and no of a column whose two folded texts are words for them beside each other; empty of any other."""
    held = set(texts)
    return next(({yes: "yes", no: "no"} for yes, no in PAIRED if held == {yes, no}), {})


def rare_among(counted: Mapping[str, int]) -> set[str]:
    """The texts that stand now and then beside others for yes and for no; counted: folded texts, and how often each stands."""
    usual = {text for text, n in counted.items() if n > max(1, RARE * sum(counted.values()))}
    return set(counted) - usual if usual & YES and usual & NO else set()


def odd_among(counted: Mapping[str, int]) -> set[str]:
    """The single letters and signs that stand now and then in a column of yes and no: an `x` beside yes and no, beside 0 and 1.

    counted: folded texts, and how often each stands there. A letter with which a word of the column begins is that word.
    """
    rare = rare_among(counted)
    return {
        text
        for text in rare & (YES | NO)
        if len(text) == 1 and not text.isdecimal() and not any(one.startswith(text) for one in counted.keys() - rare)
    }


CATEGORY_WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "sex": {"male": ("m", "man", "mann", "homme", "masculin", "hombre", "masculino", "masc", "hombres",
                     "maschio", "maschile",
                     "männlich", "maennlich", "erkek", "mężczyzna", "муж", "мужской", "м", "남", "남성", "남자", "男", "男性"),
            "female": ("f", "w", "woman", "frau", "femme", "féminin", "mujer", "femenino", "feminino", "fem",
                     "vrouw", "femmina", "femminile",
                       "weiblich", "kadın", "kobieta", "жен", "женский", "ж", "여", "여성", "여자", "女", "女性")},
    "smoking": {"never": ("no", "0", "n", "non smoker", "nonsmoker", "never smoker", "never smoked", "nie", "nein",
                     "nichtraucher",
                          "否", "不吸烟", "从不", "从不吸烟", "无"),
                "former": ("ex", "ex smoker", "past", "former smoker", "ehemalig", "ehemals", "exraucher",
                     "ex raucher", "früher",
                           "已戒烟", "戒烟", "既往吸烟", "曾吸烟"),
                "current": ("yes", "1", "y", "smoker", "current smoker", "active", "active smoker", "aktuell",
                     "aktiv", "raucher",
                            "ja", "是", "吸烟", "现吸烟", "目前吸烟", "有")},
    "disease_location": {"L1": ("ileal", "ileum", "terminal ileum", "terminales ileum", "回肠型", "回肠", "回肠末端"),
                         "L2": ("colonic", "colon", "kolon", "结肠型", "结肠"),
                         "L3": ("ileocolonic", "ileocolon", "ileokolisch", "ileokolon", "回结肠型", "回结肠")},
    "disease_behaviour": {"B1": ("inflammatory", "non stricturing non penetrating", "nonstricturing nonpenetrating", "b1p",
                                 "entzündlich", "inflammatorisch", "炎症型", "非狭窄非穿透型", "非狭窄非穿透"),
                          "B2": ("stricturing", "b2p", "stenosierend", "strikturierend", "狭窄型"),
                          "B3": ("penetrating", "fistulizing", "fistulising", "b3p", "penetrierend", "fistulierend",
                     "穿透型")},
    "event": {"hospitalization": ("hospitalisation", "hospital", "hospital admission", "admission", "hospitalisierung",
                                  "krankenhausaufenthalt", "stationärer aufenthalt", "住院"),
              "surgery": ("operation", "resection", "intestinal resection", "intestinal surgery", "op", "resektion", "手术"),
              "fistula": ("new fistula", "fistel", "瘘管", "瘘"),
              "abscess": ("intra abdominal abscess", "perianal abscess", "abszess", "脓肿"),
              "obstruction": ("intestinal obstruction", "bowel obstruction", "ileus", "obstruktion", "梗阻", "肠梗阻"),
              "endoscopic_relapse": ("endoscopic activity", "endoscopic recurrence", "endoskopisches rezidiv", "内镜复发"),
              "relapse": ("clinical relapse", "flare", "rezidiv", "schub", "复发"),
              "death": ("died", "dead", "tod", "verstorben", "死亡")},
    "action": {"none": ("no action", "no", "continued", "keine", "fortgeführt", "无"),
               "dose_reduced": ("dose reduction", "reduced", "dosis reduziert", "dosisreduktion", "减量"),
               "stopped_aza": ("azathioprine discontinued", "stopped azathioprine", "azathioprin abgesetzt", "停用硫唑嘌呤"),
               "stopped_thalidomide": ("thalidomide discontinued", "thalidomid abgesetzt", "停用沙利度胺"),
               "stopped_both": ("both discontinued", "stopped both drugs", "beide abgesetzt", "均停用")},
}  # fmt: skip

SHEET_WORDS: dict[str, tuple[str, ...]] = {
    "patients": tuple(
        ["patient", "baseline", "demographics", "cohort", "患者", "病人", "基线", "患者信息", "基线资料"]
    ),
    "visits": (
        "visit",
        "follow up visits",
        "follow up",
        "labs",
        *(index.label.lower() for index in INDICES.values()),
        "访视",
        "随访",
    ),
    "events": tuple(["event", "outcomes", "outcome", "complications", "事件", "终点", "结局"]),
    "endoscopy": tuple(["endoscopies", "endoscopic", "colonoscopy", "内镜", "肠镜"]),
    "adverse_events": tuple(["adverse event", "ae", "aes", "safety", "side effects", "不良事件", "不良反应"]),
    "screening": tuple(["flow", "patient flow", "enrolment", "enrollment", "筛选", "入组"]),
}
