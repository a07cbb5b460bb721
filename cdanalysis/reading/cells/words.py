"""The words a clinic uses for sheets and categories, in English and Chinese, lower case and without punctuation."""

from __future__ import annotations

MISSING = {
    "", "na", "n/a", "#n/a", "nan", "null", "nd", "n.d.", "not done", "not available", "-", "--", "–", "—", "/", ".", "?",
    "unknown", "missing", "未测", "未查", "未做", "未检", "未知", "不详", "缺失", "无数据",
}  # fmt: skip
YES = {"yes", "y", "true", "t", "1", "positive", "√", "✓", "是", "有", "阳性"}
NO = {"no", "n", "false", "f", "0", "negative", "×", "✗", "否", "无", "阴性"}

CATEGORY_WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "sex": {"male": ("m", "man", "男", "男性"), "female": ("f", "w", "woman", "女", "女性")},
    "smoking": {"never": ("no", "0", "n", "non smoker", "nonsmoker", "never smoker", "否", "不吸烟", "从不"),
                "former": ("ex", "ex smoker", "past", "former smoker", "已戒烟", "戒烟"),
                "current": ("yes", "1", "y", "smoker", "current smoker", "是", "吸烟")},
    "disease_location": {"L1": ("ileal", "ileum", "terminal ileum", "回肠型", "回肠"), "L2": ("colonic", "colon", "结肠型", "结肠"),
                         "L3": ("ileocolonic", "回结肠型", "回结肠")},
    "disease_behaviour": {"B1": ("inflammatory", "non stricturing non penetrating", "b1p", "炎症型"),
                          "B2": ("stricturing", "b2p", "狭窄型"), 
                          "B3": ("penetrating", "fistulizing", "fistulising", "b3p", "穿透型")},
    "event": {"hospitalization": ("hospitalisation", "hospital", "hospital admission", "admission", "住院"),
              "surgery": ("operation", "resection", "intestinal resection", "intestinal surgery", "手术"),
              "fistula": ("new fistula", "瘘管", "瘘"), "abscess": ("intra abdominal abscess", "perianal abscess", "脓肿"),
              "obstruction": ("intestinal obstruction", "bowel obstruction", "ileus", "梗阻", "肠梗阻"),
              "endoscopic_relapse": ("endoscopic activity", "endoscopic recurrence", "内镜复发"),
              "relapse": ("clinical relapse", "flare", "复发"), "death": ("died", "dead", "死亡")},
    "action": {"none": ("no action", "no", "continued", "无"), "dose_reduced": ("dose reduction", "reduced", "减量"),
               "stopped_aza": ("azathioprine discontinued", "stopped azathioprine", "停用硫唑嘌呤"),
               "stopped_thalidomide": ("thalidomide discontinued", "停用沙利度胺"),
               "stopped_both": ("both discontinued", "stopped both drugs", "均停用")},
}  # fmt: skip

SHEET_WORDS: dict[str, tuple[str, ...]] = {
    "patients": tuple(
        ["patient", "baseline", "demographics", "cohort", "患者", "病人", "基线", "患者信息", "基线资料"]
    ),
    "visits": tuple(["visit", "follow up visits", "follow up", "labs", "cdai", "访视", "随访"]),
    "events": tuple(["event", "outcomes", "outcome", "complications", "事件", "终点", "结局"]),
    "endoscopy": tuple(["endoscopies", "endoscopic", "colonoscopy", "内镜", "肠镜"]),
    "adverse_events": tuple(["adverse event", "ae", "aes", "safety", "side effects", "不良事件", "不良反应"]),
    "screening": tuple(["flow", "patient flow", "enrolment", "enrollment", "筛选", "入组"]),
}
