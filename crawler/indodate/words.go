package indodate

// class is what a word or sign can mean in a date line.
type class uint8

const (
	other class = iota
	number
	sign       // punctuation; val is its ASCII form
	month      // val 1 to 12
	weekday    // val 0 (Sunday) to 6
	zone       // val is the offset in minutes, or a zone with summer time
	meridiem   // val 0 before noon, 12 after noon
	unit       // val is one of the units below
	ago        // after a span: "2 jam lalu"; after a date: it lies in the past
	agoBefore  // before a span: "vor 2 Stunden"
	later      // after a span: "14 detik kemudian"
	ahead      // after or before a date: it lies in the future
	thisOne    // "tahun ini", "hari ini"
	dayWord    // val is the distance to today in days
	justNow    // "baru saja"
	few        // "beberapa"
	count      // number words, val is the number
	through    // joins the ends of a range
	together   // joins single days: "Sabtu dan Minggu"
	issued     // announces the date of publication
	updated    // announces the date of a change
	clockWord  // announces a time of day
	hourMark   // stands behind the hour: "15 Uhr", "15h30"
	dayPart    // val is one of the parts of a day below
	filler     // may stand inside and around dates without changing them
	yearWord   // "tahun"
	monthWord  // "bulan"
	ordinal    // "17th", "1er"
	timeMark   // the T of ISO 8601
	blocker    // numbers around it are no date: "Nomor", "Rp"
	yearSign   // 年
	monthSign  // 月
	daySign    // 日
	hourSign   // 時
	minuteSign // 分
	secondSign // 秒
)

// Units of spans of time.
const (
	seconds = iota
	minutes
	hours
	days
	weeks
	months
	years
	halfHours
)

// Parts of a day, where they decide a 12-hour clock.
const (
	morning = iota
	noon
	afternoon
	night
)

// Zones whose offset depends on the season; offsets are far smaller.
const (
	easternTime = 10_000 + iota
	centralTime
	mountainTime
	pacificTime
)

// meaning is what one word can mean: a first meaning and sometimes another.
type meaning struct {
	class    class
	alt      class
	val      int16
	altValue int16
}

func one(c class, val int16) meaning { return meaning{class: c, val: val} }

func two(c class, val int16, alt class, altValue int16) meaning {
	return meaning{class: c, val: val, alt: alt, altValue: altValue}
}

// wordMeaning looks a folded word up. It is one table for all languages: names
// of months and days hardly ever contradict each other, and pages mix them
// ("Thursday, 17 Maret 2022").
func wordMeaning(folded []byte) meaning {
	if m := monthName(folded); m != 0 {
		return monthMeaning(folded, m)
	}
	if m := indonesianWord(folded); m.class != other {
		return m
	}
	return foreignWord(folded)
}

// monthMeaning adds what else a name of a month can be.
func monthMeaning(folded []byte, m int16) meaning {
	switch string(folded) {
	case "ago":
		return two(month, m, ago, 0) // "5 ago 2020" and "5 days ago"
	case "mar":
		return two(month, m, weekday, 2)
	}
	return one(month, m)
}

// monthName is the month that a folded word names, 0 for none. The first
// line of each case is Indonesian with its old, short and misspelt forms, then
// follow languages in Latin letters, then others.
func monthName(folded []byte) int16 {
	switch string(folded) {
	case "januari", "jan", "janurari", "januri", "januar", "jnuari", "janari",
		"january", "janv", "janvier", "janner", "jaenner", "enero", "ene", "janeiro", "gennaio", "gen",
		"stycznia", "styczen", "sty", "ocak", "ledna", "leden", "ianuarie", "sijecnja", "tammikuuta", "tammikuu",
		"janvari", "sausio", "jaanuar",
		"января", "январь", "янв", "січня", "січень", "януари", "јануар", "ιανουαριου", "ιανουαριος", "ιαν",
		"يناير", "جانفي", "जनवरी", "มกราคม":
		return 1
	case "februari", "feb", "pebruari", "peb", "febuari", "pebuari", "februri", "februwari", "febru",
		"february", "februar", "febr", "feber", "fevrier", "fevr", "fev", "febrero", "fevereiro", "febbraio",
		"lutego", "luty", "lut", "subat", "unora", "unor", "februarie", "veljace", "helmikuuta", "helmikuu",
		"vasario", "veebruar",
		"февраля", "февраль", "фев", "февр", "лютого", "лютий", "февруари", "фебруар", "φεβρουαριου", "φεβρουαριος", "φεβ",
		"فبراير", "شباط", "فيفري", "फरवरी", "กุมภาพันธ์":
		return 2
	case "maret", "mar", "mrt", "merat", "maert",
		"march", "mars", "marz", "maerz", "mrz", "marzo", "marco", "maart", "marca", "marzec", "mart", "brezna", "brezen",
		"martie", "mac", "ozujka", "maaliskuuta", "maaliskuu", "marcius", "kovo", "marts",
		"марта", "март", "мар", "березня", "березень", "μαρτιου", "μαρτιος", "μαρ",
		"مارس", "اذار", "मार्च", "มีนาคม":
		return 3
	case "april", "apr", "aprl", "apil",
		"avril", "avr", "abril", "abr", "aprile", "kwietnia", "kwiecien", "kwi", "nisan", "dubna", "duben",
		"aprilie", "travnja", "huhtikuuta", "huhtikuu", "aprilis", "balandzio", "aprill",
		"апреля", "апрель", "апр", "квітня", "квітень", "април", "απριλιου", "απριλιος", "απρ",
		"ابريل", "نيسان", "افريل", "अप्रैल", "เมษายน":
		return 4
	case "mei", "mai", "may",
		"mayo", "maio", "maggio", "mag", "maja", "maj", "mayis", "kvetna", "kveten", "svibnja", "toukokuuta", "toukokuu",
		"majus", "geguzes",
		"мая", "май", "травня", "травень", "мај", "μαιου", "μαιος", "μαι",
		"مايو", "ايار", "मई", "พฤษภาคม":
		return 5
	case "juni", "jun", "yuni", "juny", "juna",
		"june", "juin", "junio", "junho", "giugno", "giu", "czerwca", "czerwiec", "cze", "haziran", "cervna", "cerven",
		"iunie", "lipnja", "kesakuuta", "kesakuu", "junius", "birzelio", "juuni",
		"июня", "июнь", "июн", "червня", "червень", "юни", "јун", "ιουνιου", "ιουνιος", "ιουν",
		"يونيو", "حزيران", "جوان", "जून", "มิถุนายน":
		return 6
	case "juli", "jul", "yuli", "jully", "july",
		"juillet", "juil", "julio", "julho", "luglio", "lug", "lipca", "lipiec", "temmuz", "tem", "cervence", "cervenec",
		"iulie", "julai", "srpnja", "heinakuuta", "heinakuu", "julius", "liepos", "juuli",
		"июля", "июль", "июл", "липня", "липень", "юли", "јул", "ιουλιου", "ιουλιος", "ιουλ",
		"يوليو", "تموز", "جويلية", "जुलाई", "กรกฎาคม":
		return 7
	case "agustus", "agu", "ags", "agt", "agst", "agus", "augustus", "agutus", "agusuts", "agusus",
		"august", "aug", "aout", "agosto", "ago", "sierpnia", "sierpien", "sie", "agustos", "srpna", "srpen",
		"ogos", "kolovoza", "elokuuta", "elokuu", "augusztus", "rugpjucio", "augusti",
		"августа", "август", "авг", "серпня", "серпень", "αυγουστου", "αυγουστος", "αυγ",
		"اغسطس", "اب", "اوت", "अगस्त", "สิงหาคม":
		return 8
	case "september", "sep", "sept", "septembar", "sepetember", "setember", "septmber",
		"septembre", "septiembre", "setiembre", "setembro", "set", "settembre", "sett", "wrzesnia", "wrzesien", "wrz",
		"eylul", "eyl", "zari", "septembrie", "rujna", "syyskuuta", "syyskuu", "szeptember", "rugsejo",
		"сентября", "сентябрь", "сен", "сент", "вересня", "вересень", "септември", "септембар", "σεπτεμβριου", "σεπτεμβριος", "σεπ",
		"سبتمبر", "ايلول", "सितंबर", "सितम्बर", "กันยายน":
		return 9
	case "oktober", "okt", "oct", "oktobr", "otober", "oktobar",
		"october", "octobre", "octubre", "outubro", "out", "ottobre", "ott", "pazdziernika", "pazdziernik", "paz",
		"ekim", "eki", "rijna", "rijen", "octombrie", "lokakuuta", "lokakuu", "spalio", "oktoober",
		"октября", "октябрь", "окт", "жовтня", "жовтень", "октомври", "οκτωβριου", "οκτωβριος", "οκτ",
		"اكتوبر", "अक्टूबर", "अक्तूबर", "ตุลาคม":
		return 10
	case "november", "nopember", "nov", "nop", "nopembar", "novermber", "nofember", "novembar",
		"novembre", "noviembre", "novembro", "listopada", "listopad", "lis", "kasim", "kas", "listopadu",
		"noiembrie", "studenoga", "marraskuuta", "marraskuu", "lapkricio",
		"ноября", "ноябрь", "ноя", "листопада", "листопад", "ноември", "новембар", "νοεμβριου", "νοεμβριος", "νοε",
		"نوفمبر", "नवंबर", "नवम्बर", "พฤศจิกายน":
		return 11
	case "desember", "des", "december", "dec", "desembar", "dessember", "descember",
		"decembre", "diciembre", "dic", "dezember", "dez", "dezembro", "dicembre", "grudnia", "grudzien", "gru", "aralik", "ara",
		"prosince", "prosinec", "decembrie", "disember", "prosinca", "joulukuuta", "joulukuu", "gruodzio", "detsember",
		"декабря", "декабрь", "дек", "грудня", "грудень", "декември", "децембар", "δεκεμβριου", "δεκεμβριος", "δεκ",
		"ديسمبر", "दिसंबर", "दिसम्बर", "ธันวาคม":
		return 12
	}
	return 0
}

// indonesianWord knows Indonesian, Malay and the English that Indonesian
// themes print, months aside.
func indonesianWord(folded []byte) meaning {
	switch string(folded) {
	case "senin", "sen", "senen", "isnin", "monday", "mon":
		return one(weekday, 1)
	case "selasa", "sel", "slasa", "tuesday", "tue", "tues":
		return one(weekday, 2)
	case "rabu", "rab", "rebo", "rebu", "wednesday", "wed":
		return one(weekday, 3)
	case "kamis", "kam", "kemis", "khamis", "thursday", "thu", "thur", "thurs":
		return one(weekday, 4)
	case "jumat", "jum", "jumaat", "jumad", "jmt", "friday", "fri":
		return one(weekday, 5)
	case "sabtu", "sab", "saptu", "sbt", "saturday", "sat":
		return one(weekday, 6)
	case "minggu":
		return two(weekday, 0, unit, weeks)
	case "min":
		return two(weekday, 0, unit, minutes)
	case "ahad", "mgg", "ming", "ahd", "sunday", "sun":
		return one(weekday, 0)

	case "wib":
		return one(zone, 7*60)
	case "wita":
		return one(zone, 8*60)
	case "wit", "wp":
		return one(zone, 9*60)
	case "gmt", "utc", "ut", "z":
		return one(zone, 0)
	case "am", "pg":
		return one(meridiem, 0)
	case "pm", "ptg":
		return one(meridiem, 12)
	case "t":
		return one(timeMark, 0)

	case "detik", "dtk", "saat", "second", "seconds", "sec", "secs", "s":
		return one(unit, seconds)
	case "menit", "mnt", "minit", "minute", "minutes", "mins", "m":
		return one(unit, minutes)
	case "jam":
		return two(unit, hours, clockWord, 0)
	case "hour", "hours", "hr", "hrs":
		return two(unit, hours, hourMark, 0)
	case "h":
		return two(hourMark, 0, unit, hours)
	case "hari", "day", "days", "d":
		return two(unit, days, filler, 0)
	case "pekan", "week", "weeks", "w", "wk", "wks":
		return one(unit, weeks)
	case "bulan", "bln":
		return two(monthWord, 0, unit, months)
	case "month", "months", "mo":
		return one(unit, months)
	case "tahun", "thn", "th":
		return two(yearWord, 0, unit, years)
	case "year", "years", "yr", "yrs", "y":
		return one(unit, years)
	case "sedetik":
		return two(unit, seconds, count, 1)
	case "semenit":
		return two(unit, minutes, count, 1)
	case "sejam":
		return two(unit, hours, count, 1)
	case "sehari":
		return two(unit, days, count, 1)
	case "seminggu", "sepekan":
		return two(unit, weeks, count, 1)
	case "sebulan":
		return two(unit, months, count, 1)
	case "setahun":
		return two(unit, years, count, 1)
	case "setengah":
		return one(count, -1) // half of the unit that follows
	case "satu", "a", "an", "one":
		return one(count, 1)
	case "dua", "two":
		return one(count, 2)
	case "tiga", "three":
		return one(count, 3)
	case "empat", "four":
		return one(count, 4)
	case "lima", "five":
		return one(count, 5)
	case "enam", "six":
		return one(count, 6)
	case "tujuh", "seven":
		return one(count, 7)
	case "delapan", "lapan", "eight":
		return one(count, 8)
	case "sembilan", "nine":
		return one(count, 9)
	case "sepuluh", "ten":
		return one(count, 10)
	case "sebelas":
		return one(count, 11)
	case "beberapa", "few", "several":
		return one(few, 0)

	case "lalu", "silam", "yll", "yl", "lepas", "last":
		return one(ago, 0)
	case "kemudian", "lagi", "later":
		return one(later, 0)
	case "mendatang", "nanti", "depan", "datang", "next", "upcoming", "coming":
		return one(ahead, 0)
	case "ini", "this":
		return one(thisOne, 0)
	case "kemarin", "kemaren", "kmrn", "yesterday":
		return two(dayWord, -1, ago, 0)
	case "semalam":
		return one(dayWord, -1)
	case "today", "tadi":
		return one(dayWord, 0)
	case "besok", "esok", "tomorrow":
		return two(dayWord, 1, ahead, 0)
	case "lusa":
		return two(dayWord, 2, ahead, 0)
	case "baru", "just", "barusan":
		return one(justNow, 0)

	case "hingga", "sampai", "sd", "samapi", "samupai", "until", "till", "through", "to":
		return one(through, 0)
	case "dan", "serta", "and":
		return one(together, 0)
	case "terbit", "diterbitkan", "dipublikasikan", "dipublish", "publikasi", "diposting", "diposkan", "posting", "dimuat",
		"tayang", "ditayangkan", "dirilis", "rilis", "ditulis", "diunggah", "dibuat", "published", "posted", "publish",
		"created", "issued", "released", "publicado", "publie", "veroffentlicht", "pubblicato", "gepubliceerd",
		"opublikowano", "yayinlanma", "опубликовано", "diterbit", "disiarkan", "siar", "submitted", "written", "added":
		return one(issued, 0)
	case "diperbarui", "diperbaharui", "pembaruan", "diupdate", "update", "updated", "diubah", "disunting", "perubahan", "terakhir",
		"diedit", "modified", "edited", "revised", "revisi", "direvisi", "dikemaskini", "actualizado", "atualizado", "modifie",
		"aktualisiert", "aggiornato", "bijgewerkt", "zaktualizowano", "guncellenme", "обновлено", "mis", "corrected", "amended":
		return one(updated, 0)
	case "pukul", "pkl", "pk", "pkul", "klo", "at", "um", "alle", "kl", "klokken", "saatnya", "@":
		return one(clockWord, 0)
	case "pagi", "subuh", "dinihari", "dini", "morning":
		return one(dayPart, morning)
	case "siang", "noon":
		return one(dayPart, noon)
	case "sore", "petang", "afternoon":
		return one(dayPart, afternoon)
	case "malam", "evening", "night":
		return one(dayPart, night)
	case "tanggal", "tgl", "sekitar", "sekira", "sekitaran", "tepat", "tepatnya", "kira", "pada", "yang", "yg", "of", "the", "de", "del", "di", "du", "le", "el", "la", "den", "der",
		"dem", "on", "o", "os", "as", "kliwon", "legi", "manis", "pahing", "paing", "pon", "wage", "akan", "per", "ke",
		"waktu", "setempat", "dengan", "dated", "date", "tarikh", "ngay", "dia", "giorno", "red", "lebih":
		return one(filler, 0)
	case "st", "nd", "rd", "er", "ste", "eme":
		return one(ordinal, 0)
	case "nomor", "nomer", "no", "perda", "uu", "pp", "perpres", "permen", "perbup", "perwali", "pasal", "ayat", "rp", "idr", "usd",
		"halaman", "hal", "page", "periode", "ta", "edisi", "volume", "vol", "copyright", "cipta", "hijriah", "hijriyah", "skor",
		"versi", "version", "telp", "hp", "telepon", "phone", "tel", "fax", "nip", "nik", "npwp", "rt", "rw", "km", "ip":
		return one(blocker, 0)
	}
	return meaning{}
}

// foreignWord knows the words of other languages that decide a date.
func foreignWord(folded []byte) meaning {
	switch string(folded) {
	case "lundi", "montag", "lunes", "lunedi", "maandag", "poniedzialek", "pazartesi", "pondeli", "mandag", "понедельник":
		return one(weekday, 1)
	case "mardi", "dienstag", "martes", "martedi", "dinsdag", "wtorek", "sali", "utery", "tirsdag", "tisdag", "вторник":
		return one(weekday, 2)
	case "mercredi", "mittwoch", "miercoles", "mercoledi", "woensdag", "sroda", "carsamba", "streda", "onsdag", "среда":
		return one(weekday, 3)
	case "jeudi", "donnerstag", "jueves", "giovedi", "donderdag", "czwartek", "persembe", "ctvrtek", "torsdag", "четверг":
		return one(weekday, 4)
	case "vendredi", "freitag", "viernes", "venerdi", "vrijdag", "piatek", "cuma", "patek", "fredag", "пятница":
		return one(weekday, 5)
	case "samedi", "samstag", "sonnabend", "sabado", "sabato", "zaterdag", "sobota", "cumartesi", "lordag", "суббота":
		return one(weekday, 6)
	case "dimanche", "sonntag", "domingo", "domenica", "zondag", "niedziela", "pazar", "nedele", "sondag", "воскресенье":
		return one(weekday, 0)

	case "est":
		return one(zone, -5*60)
	case "edt":
		return one(zone, -4*60)
	case "cst":
		return one(zone, -6*60)
	case "cdt":
		return one(zone, -5*60)
	case "mst":
		return one(zone, -7*60)
	case "mdt":
		return one(zone, -6*60)
	case "pst":
		return one(zone, -8*60)
	case "pdt":
		return one(zone, -7*60)
	case "et":
		return one(zone, easternTime)
	case "ct":
		return one(zone, centralTime)
	case "pt":
		return one(zone, pacificTime)
	case "bst", "cet", "mez", "wat":
		return one(zone, 60)
	case "cest", "mesz", "eet", "sast", "cat":
		return one(zone, 2*60)
	case "eest", "msk", "мск", "trt":
		return one(zone, 3*60)
	case "gst":
		return one(zone, 4*60)
	case "pkt":
		return one(zone, 5*60)
	case "ist":
		return one(zone, 5*60+30)
	case "ict":
		return one(zone, 7*60)
	case "sgt", "myt", "hkt", "pht", "awst":
		return one(zone, 8*60)
	case "jst", "kst":
		return one(zone, 9*60)
	case "aest":
		return one(zone, 10*60)
	case "aedt":
		return one(zone, 11*60)
	case "nzst":
		return one(zone, 12*60)
	case "nzdt":
		return one(zone, 13*60)

	case "sekunde", "sekunden", "seconde", "secondes", "segundo", "segundos", "secondo", "secondi", "saniye", "секунд", "секунды", "секунду", "giay":
		return one(unit, seconds)
	case "minuten", "minuto", "minutos", "minuti", "minuut", "dakika", "minut", "minuty", "минут", "минуты", "минуту", "phut":
		return one(unit, minutes)
	case "stunde", "stunden", "std", "heure", "heures", "hora", "horas", "ora", "ore", "uur", "godz", "godzin", "godziny", "час", "часа", "часов", "gio":
		return two(unit, hours, hourMark, 0)
	case "uhr", "hs", "hod":
		return one(hourMark, 0)
	case "tag", "tage", "tagen", "jour", "jours", "dias", "giorni", "dag", "dagen", "dni", "dzien", "gun", "день", "дня", "дней":
		return one(unit, days)
	case "woche", "wochen", "semaine", "semaines", "semana", "semanas", "settimana", "settimane", "weken", "hafta", "неделю", "недели", "недель", "tuan":
		return one(unit, weeks)
	case "monat", "monate", "monaten", "mois", "mes", "meses", "mese", "mesi", "maand", "maanden", "ay", "месяц", "месяца", "месяцев":
		return one(unit, months)
	case "thang":
		return two(monthWord, 0, unit, months)
	case "nam":
		return two(yearWord, 0, unit, years)
	case "jahr", "jahre", "jahren", "ans", "ano", "anos", "anni", "jaar", "yil", "год", "года", "лет", "г", "р", "roku", "rok":
		return two(unit, years, filler, 0)
	case "vor", "hace", "ha":
		return one(agoBefore, 0)
	case "geleden", "temu", "назад", "fa", "atras", "truoc", "sedan", "siden":
		return one(ago, 0)
	case "gestern", "hier", "ayer", "ontem", "ieri", "gisteren", "wczoraj", "dun", "вчера", "вчора", "igar":
		return one(dayWord, -1)
	case "heute", "aujourdhui", "hoy", "hoje", "oggi", "vandaag", "dzisiaj", "dzis", "bugun", "сегодня", "сьогодні":
		return one(dayWord, 0)
	case "bis", "au", "al", "hasta", "ate", "tot", "do":
		return one(through, 0)
	case "und", "y", "e", "en", "i":
		return one(together, 0)
	case "mettre", "stand":
		return one(updated, 0)
	case "las", "godzina", "о", "в", "ur", "luc":
		return one(filler, 0)

	case "小时", "小時", "時間", "시간":
		return one(unit, hours)
	case "分钟", "分鐘":
		return one(unit, minutes)
	case "天":
		return one(unit, days)
	case "前", "전":
		return one(ago, 0)
	case "昨天", "昨日", "어제":
		return one(dayWord, -1)
	case "今天", "今日", "오늘":
		return one(dayWord, 0)
	case "年", "년":
		return one(yearSign, 0)
	case "月", "월":
		return one(monthSign, 0)
	case "日", "号", "號", "일":
		return two(daySign, 0, unit, days)
	case "時", "时", "点", "點", "시":
		return one(hourSign, 0)
	case "分", "분":
		return two(minuteSign, 0, unit, minutes)
	case "秒", "초":
		return one(secondSign, 0)
	case "ص", "午前", "上午", "오전", "凌晨", "早上":
		return one(meridiem, 0)
	case "م", "午後", "下午", "오후", "晚上":
		return one(meridiem, 12)
	}
	return meaning{}
}
