"""The names of the months, whole and short, in the languages of clinics."""

_MONTHS = (
    "jan january januar janvier janv ene enero gen gennaio janeiro januari jänner jän stycznia styczeń января янв ledna leden",
    "feb february februar fevrier février fév fev febrero febbraio fevereiro februari feber lutego luty февраля фев února únor",
    "mar march märz mär mrz maerz mars marzo março maart mrt maa marca marzec марта мар března březen",
    "apr april avril avr abr abril aprile kwietnia kwiecień апреля апр dubna duben",
    "may mai mayo mag maggio maio mei maja maj мая май května květen",
    "jun june juni juin junio giu giugno junho czerwca czerwiec июня июн června červen",
    "jul july juli juillet juil julio lug luglio julho lipca lipiec июля июл července červenec",
    "aug august aout août ago agosto augustus sierpnia sierpień августа авг srpna srpen",
    "sep sept september septembre septiembre set settembre setembro września wrzesień сентября сен září",
    "oct october okt oktober octobre octubre ott ottobre out outubro października październik октября окт října říjen",
    "nov november novembre noviembre novembro listopada listopad listopadu ноября ноя",
    "dec december dez dezember décembre decembre déc dic diciembre dicembre dezembro grudnia grudzień декабря дек prosince",
)
# Turkish, Hungarian, Romanian and Finnish, of which a word may begin as that of another month elsewhere: `marraskuu`.
_OTHER_MONTHS = (
    "ocak oca ianuarie ian tammikuu tammikuuta",
    "şubat şub subat sub február februarie helmikuu helmikuuta",
    "mart március márc már martie maaliskuu maaliskuuta",
    "nisan nis április ápr aprilie huhtikuu huhtikuuta",
    "mayıs mayis május máj toukokuu toukokuuta",
    "haziran haz június jún iunie iun kesäkuu kesäkuuta",
    "temmuz tem július júl iulie iul heinäkuu heinäkuuta",
    "ağustos ağu agustos elokuu elokuuta",
    "eylül eyl eylul szeptember szept septembrie syyskuu syyskuuta",
    "ekim eki október octombrie lokakuu lokakuuta",
    "kasım kas kasim noiembrie noi marraskuu marraskuuta",
    "aralık ara aralik decembrie joulukuu joulukuuta",
)
MONTHS = {name: month for of in (_MONTHS, _OTHER_MONTHS) for month, names in enumerate(of, 1) for name in names.split()}
