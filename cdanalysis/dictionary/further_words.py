"""What clinics call the columns of the dictionary beside the words of `columns.py`: German, French, and more Chinese.

Lower case and without punctuation, ß as ss; parted by vertical bars.
"""

FURTHER_WORDS = {
    "patient_id": "pasient id|pasientnummer|pasient|patientnr|potilas|potilasnumero|číslo pacienta|rodné číslo|"
    "id pacienta|beteg azonosító|"
    "betegszám|id pacient|mã bệnh nhân|رقم المريض|no rm|nomor rekam medis|recipient|recipient id|"
    "recipient no|castor participant id|castor record id|castor id|序号|lfd nr|"
    "laufende nummer|serial no|serial number|"
    "patienten id|patienten nr|patienten nummer|patientennr|"
    "patientennummer|patient nr|pat nr|pat id|pseudonym|studiennummer|患者id|病人id|登记号|"
    "筛选号|入组号|pat|fallnummer|n patient|no patient|num patient|numero patient|numéro patient|id paciente|paciente|paziente|"
    "id patiente|code patient|nhc|numero dossier|numéro dossier|n dossier|codice paziente|id paziente|patiëntnummer|"
    "identifiant|identifiant patient|usubjid|subjid|patno|patientid|"
    "patientenid|subjectid|study subject id|unique subject identifier|unique patient id|bcr patient barcode|patient barcode|"
    "case submitter id|patientnr|pat nummer|hasta no|hasta numarası|nr pacjenta|id pacjenta|患者番号|症例番号|"
    "no пациента|номер пациента|환자번호|환자 번호|연구번호|病歷號|病患編號|病人編號|αριθμόσ ασθενούσ|κωδικόσ ασθενούσ|"
    "patient identifier|subject number|probandennummer|probandennr|probanden nr|probanden id|probandencode|teilnehmernummer|"
    "teilnehmer nr|teilnehmer id|studienteilnehmer|versuchsperson|versuchspersonennummer|vp nr|fallnr|fall nr|patientencode|"
    "numéro de dossier|numero de dossier|n de dossier|numéro du patient|numéro de patient|n de patient|numéro d inclusion|"
    "n d inclusion|numéro de sujet|code sujet|sujet|número de caso|numero de caso|n de caso|número de paciente|"
    "numero de paciente|número do paciente|n paciente|n de paciente|numero paziente|numero del paziente|n paziente|"
    "codice soggetto|soggetto|patientnummer|deelnemernummer|deelnemer|proefpersoon|chart no|chart number|"
    "recipient number|recipient nr|recipient code|"
    "participant ppid|ppid|collection protocol registration ppid|participant protocol identifier",
    "sex": "geschlecht|cinsiyet|cinsiyeti|płeć|kön|køn|kjønn|пол|성별|性別|φύλο|男女|sexe|sexo|sesso|geslacht",
    "age_years": "alter|yaş|wiek|ålder|alder|возраст|나이|연령|年齢|年齡|ηλικία|"
    "âge|edad|età|idade|leeftijd|alter bei beginn|alter bei therapiebeginn|入组年龄|基线年龄",
    "smoking": "raucher|rauchen|raucherstatus|rauchverhalten|nikotin|吸烟状态|吸烟情况",
    "disease_location": "lokalisation|befallsmuster|montreal lokalisation|病变范围|病变部位蒙特利尔",
    "upper_gi": "oberer gi trakt|befall des oberen gi trakts|上消化道病变",
    "disease_behaviour": "verhalten|krankheitsverhalten|verlaufsform|phänotyp|疾病表型",
    "perianal": "perianaler befall|perianale erkrankung|perianalbefall|perianale beteiligung|肛周疾病|肛周受累|合并肛周病变",
    "gi_surgery": "vorherige operation|operation in der vorgeschichte|voroperation|voroperationen|darmoperation|"
    "既往手术|既往手术史|既往肠道手术",
    "appendectomy": "appendektomie|阑尾切除术|阑尾切除术史",
    "months_since_surgery": "zeit seit operation|距手术时间",
    "prior_biologic": "biologika|biologikum|vorherige biologika|biologika vorher|vortherapie mit biologika|"
    "生物制剂使用史|既往生物制剂使用",
    "aza_monotherapy_months": "dauer azathioprin|azathioprin monotherapie|硫唑嘌呤单药时间",
    "aza_dose_mg_per_kg": "azathioprin dosis",
    "thalidomide_dose_mg_per_day": "thalidomid dosis|thalidomid",
    "crp_mg_per_l": "c reaktives protein|protéine c réactive|proteína c reactiva|proteína c reativa|"
    "proteina c reattiva|crp wert|crp zu beginn|c反应蛋白浓度",
    "esr_mm_per_h": "bsg|bks|blutsenkung|blutsenkungsgeschwindigkeit|红细胞沉降速率",
    "tgn_pmol_per_8e8_rbc": "6 tgn浓度|6tgn浓度|6 tgn spiegel|6 thioguaninnukleotide|6 tgn level|6 tgn concentration|"
    "tgn level",
    "wbc_1e9_per_l": "leukozyten|leukos|leukozytenzahl|白细胞数",
    "haemoglobin_g_per_l": "hämoglobin|hémoglobine|hemoglobina|emoglobina|hemoglobine|hb wert|血色素",
    "albumin_g_per_l": "serumalbumin|albumine|albúmina|albumina|serum albumin|血清白蛋白",
    "calprotectin_ug_per_g": "calprotectin im stuhl|stuhlcalprotectin|fäkales calprotectin|粪钙",
    "platelets_1e9_per_l": "thrombozyten|thrombozytenzahl|thrombos|血小板数",
    "start_date": "data rozpoczęcia leczenia|tedavi başlangıç tarihi|başlangıç tarihi|дата начала лечения|дата начала терапии|"
    "治療開始日|投与開始日|登録日|startdatum behandling|treatment initiation|treatment initiation date|"
    "date of treatment initiation|therapy initiation date|"
    "initiation date|date start treatment|date start therapy|date treatment start|date therapy start|date treatment started|"
    "index date|date of index|enrollment date|enrolment date|date of enrollment|date of enrolment|"
    "study entry date|date of study entry|date of first dose|first dose date|"
    "trtsdt|tr01sdt|randdt|rfstdtc|startdt|randomization date|randomisation date|date of randomization|"
    "date of randomisation|date inclusion|date d inclusion|fecha de inclusión|data di inclusione|datum inclusie|"
    "beginn|therapiebeginn|behandlungsbeginn|beginn der therapie|datum therapiebeginn|startdatum|"
    "起始日期|用药开始日期|治疗开始时间|"
    "开始用药日期|开始治疗日期|开始治疗时间|入组日期|début du traitement|date de début du traitement|date début traitement|"
    "début traitement|mise sous traitement|fecha de inicio|fecha inicio|inicio del tratamiento|data di inizio|"
    "data inizio|data inizio terapia|inizio terapia|data de início|"
    "data início|início do tratamento|date de début|date début|start behandeling|startdatum behandeling",
    "follow_up_months": "oppfølgingstid|oppfølging|seuranta aika|seuranta|doba sledování|sledování|követési idő|követés|"
    "durata urmăririi|urmărire|thời gian theo dõi|مدة المتابعة|lama follow up|lama pemantauan|tempo de seguimento|"
    "tempo di follow up|"
    "takip|takip süresi|czas obserwacji|uppföljningstid|uppföljning|opfølgningstid|opfølgning|"
    "время наблюдения|추적기간|추적관찰기간|"
    "観察期間|追跡期間|fup|fup time|time to last follow up|time to last followup|time to last contact|"
    "time to last known alive|suivi|durée de suivi|durée du suivi|seguimiento|tiempo de seguimiento|"
    "nachbeobachtung|nachbeobachtungszeit|nachbeobachtungsdauer|beobachtungszeit|随访期|随访时长",
    "last_follow_up_date": "dlfu|dolfu|data último contato|data do último contato|data de último contato|"
    "data ostatniej wizyty|data ostatniego kontaktu|data ostatniej kontroli|son kontrol tarihi|"
    "son vizit tarihi|son görüşme tarihi|son takip tarihi|date ddn|ddn|letzte vorstellung|letzter arztbesuch|"
    "дата последнего визита|дата последнего наблюдения|最終観察日|最終受診日|最終確認日|senaste kontakt|datum senaste besök|"
    "lfu|lfu date|date lfu|last clinic visit|last clinic visit date|date of last clinic visit|"
    "last outpatient visit|censor date|censoring date|date of censoring|"
    "lstalvdt|lastalvdt|lastfudt|lstcontdt|lstfudt|fudt|lfudt|eosdt|last seen alive|date last seen alive|"
    "letzte nachbeobachtung|letzter kontakt|datum letzter kontakt|letzte visite|"
    "letzte kontrolle|末次随访时间|最后随访日期|"
    "最后一次随访|date of last contact|last contact|last contact date|last known date|last fu|last fu date|fu date|date last fu|"
    "date of last fu|date last follow up|date of last visit|date last visit|last visit|date last seen|date last contact|"
    "date last known alive|date of last known alive|date last alive|date fu|follow up date|date of last news|"
    "date des dernières nouvelles|date de dernières nouvelles|dernières nouvelles|date dernier suivi|date de dernier suivi|"
    "dernier suivi|dernier contact|date du dernier contact|fecha último seguimiento|último seguimiento|"
    "fecha última visita|última visita|fecha de última visita|data ultimo follow up|"
    "ultimo follow up|data ultima visita|ultima visita|data ultimo controllo|data do último seguimento|data última visita|"
    "date dernières nouvelles|date dernière visite|laatste contact|datum laatste contact|laatste follow up|"
    "末次随诊日期|最后随访时间|末次随访日",
    "combination_end_date": "therapieende|ende der therapie|behandlungsende|end of treatment|end of therapy|"
    "treatment end date|停药时间",
    "combination_end_reason": "grund des therapieendes|abbruchgrund",
    "week": "woche|wochen|studienwoche|semaine|semana|settimana|weken",
    "months": "monat|monate|mois|mes|mese|mesi|meses|maand|maanden|mês",
    "days": "tag|tage|studientag|jour|jours|día|giorno|dag",
    "visit_date": "contact date|date of contact|assessment date|date of assessment|control date|date of control|"
    "lbdtc|vsdtc|qsdtc|sample date|sampling date|collection date|specimen date|draw date|date of sample|"
    "lab date|test date|result date|probendatum|abnahmedatum|entnahmedatum|采样日期|检验日期|送检日期|采集日期|"
    "visitendatum|besuchsdatum|datum|datum der visite|就诊日期|复诊日期|随访日期",
    "event_date": "ereignisdatum|datum|datum des ereignisses|发生日期",
    "event": "ereignis|art des ereignisses",
    "date": "datum|untersuchungsdatum",
    "ulceration": "ulzera|ulzerationen",
    "term": "unerwünschtes ereignis|nebenwirkung|bezeichnung",
    "action": "massnahme|konsequenz",
    "step": "schritt|grund",
    "n": "anzahl",
}

# `Inclusion number`, `Case no`: of a patient, where no column is called hers more plainly.
_NUMBERED = (
    "participant|proband|person|case|study|trial|inclusion|screening|enrolment|enrollment|registry|record|unique|"
    "randomisation|randomization"
)
_AS = "id|no|nr|number|num|code|key|identifier"
NUMBERS_OF_PATIENTS = tuple(f"{who} {how}" for who in _NUMBERED.split("|") for how in _AS.split("|"))
