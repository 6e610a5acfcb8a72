package normalize

// role says what a word does to the name of a region beside it. A word may
// have several.
type role uint32

const (
	kabupatenType role = 1 << iota // the name after it is a kabupaten
	kotaType                       // … a kota
	provinceType                   // … a province
	officeHolder                   // a person may be named after the region: "Bupati Solok Jon Pandu"
	districtType                   // the name after it is a district
	filler                         // may stand between a type word and the name
	connector                      // joins names and types: dan, serta
	police                         // "Polres Magelang Kota" is the police of Kota Magelang
	blocker                        // the name after it belongs to something else: Danau Toba
	dish                           // as blocker, also over one plain word: "nasi liwet Solo"
	properBlocker                  // as blocker, when capitalized
	school                         // as blocker, also over schoolFill
	schoolFill                     // "Universitas Islam Negeri Mataram"
	road                           // as blocker, also over roadFill and along a chain of names
	roadFill
	afterBlocker // a capitalized word after the name that makes it something else: "Bali United"
	dwelling     // words after which a capitalized name is a place: di, warga
	institution  // a name after it is a region whatever else it means: "Kejari Batang"
	noClub       // begins like the name of a club
	abbreviated  // its full stop does not end a sentence
	localOffice  // speaks of the portal's own region when nothing is named
	national     // speaks of the nation
	hardWord     // a name of a region that nearly always means something else
	properName   // a name that is a word too, but hardly when capitalized inside a sentence
	until        // "dari Sabang sampai Merauke"
)

// wordClasses are the words of each role, folded as tokenize does.
var wordClasses = []struct {
	role  role
	words string
}{
	{kabupatenType, "kabupaten kab pemkab bupati wabup wabub polres kapolres wakapolres polresta kapolresta sekdakab setdakab"},
	{kotaType, "kota pemkot pemko walikota wako wawako wawali walkot wawalkot wawalikota polrestabes kapolrestabes sekdako sekdakot setdako"},
	{provinceType, "provinsi propinsi prov pemprov gubernur wagub polda kapolda wakapolda kejati kajati sekdaprov setdaprov kanwil kakanwil"},
	{officeHolder, "bupati wabup wabub walikota wako wawako wawali walkot gubernur wagub kapolres kapolresta kapolrestabes kapolda camat dprd sekda pemkab pemkot dandim kajari kajati"},
	{districtType, "kecamatan kec camat polsek kapolsek polsekta koramil danramil puskesmas distrik kapanewon kemantren kua"},
	{filler, "se wakil terpilih nonaktif petahana definitif administrasi administratif adm dprd sekda ketua forkopimda lama tua"},
	{connector, "dan serta atau bersama maupun"},
	{police, "polres kapolres wakapolres polresta kapolresta polresto polrestro kapolrestro kodim dandim satlantas satreskrim satresnarkoba lapas"},
	{blocker, "danau selat sungai sei laut perairan teluk gunung gunungapi bukit pulau waduk ngarai bengawan samudra samudera " +
		"semen pupuk bank bpr bpd pt cv " +
		"arema psil psid psik psn psm psms psis pss psps psbs psim pscs pskc psgc pspp psp psds psir psbk psg persema deltras " +
		"kri km kmp kmn kn mv mt " +
		"bahasa suku etnis batak dayak marga tarian lagu aksara logat dialek wayang " +
		"pak bapak bu saudara sdr haji hj drs ustaz ustadz buya gus kh"},
	{dish, "es dawet jeruk sate satai soto sup sop rendang nasi mie mi bakso gudeg pempek empek lumpia coto konro rujak tahu tempe bika bolu dodol kerupuk keripik kripik " +
		"serabi surabi gulai sambal asinan pecel rawon gado ketoprak martabak lontong lotek pecal laksa kwetiau bakpia wingko brem getuk jenang tengkleng " +
		"bubur sayur ikan ayam bebek warung restoran restaurant makan masakan"},
	{properBlocker, "kali situ das kapal feri ferry tribun radar harian suara pelita tari hotel"},
	{school, "sekolah universitas univ institut politeknik poltek poltekkes poltekpar uin iain stain stai stie stkip stikes stikom stmik stit stih akademi akper akbid isi isbi"},
	{schoolFill, "negeri islam muhammadiyah teknologi kesehatan pertanian pgri kristen katolik seni indonesia hukum ilmu ekonomi keguruan pariwisata pelayaran " +
		"perikanan kemenkes manajemen informatika agama dan hindu buddha pembangunan nasional bisnis budaya keperawatan kebidanan tinggi"},
	{road, "jalan jln jl gang gg tol"},
	{roadFill, "raya lintas tol layang utama protokol nasional bypass lingkar"},
	{afterBlocker, "united fc lama pos post ekspres express tv park nugini islamic convention putra putera arafah mahsyar merdeka caldera fm jaya seblat"},
	{dwelling, "di ke dari asal warga masyarakat penduduk petani nelayan pelajar siswa pemuda pedagang ulama santri wilayah daerah pemudik perantau " +
		"buruh guru pengusaha wisatawan umkm"},
	{institution, "kejari kajari kodim dandim rsud dprd dprk kpu bawaslu bpbd disdik dinkes dishub disdikbud dpmptsp bappeda baznas pmi kemenag bpn pdam perumda " +
		"lapas rutan sekda satpol satlantas satreskrim satresnarkoba bnn bnnk"},
	{noClub, "persiapan persatuan persero persepsi persegi persentase persen persaudaraan persamaan persediaan persetujuan persidangan persawahan persalinan persaingan persembahan perseroan persekutuan persekusi persinyalan"},
	{abbreviated, "kab jl jln kec prov pt cv h hj dr drs ir no kep st adm gg mr prof kel ds bp plt pj pjs"},
	{localOffice, "bupati wabup walikota wako wawako sekda opd skpd camat pemkab pemkot pemko pemda dprd lurah kelurahan kecamatan nagari kades " +
		"setda sekretariat bappeda bpbd kadis diskominfo"},
	{national, "menteri presiden wapres mendagri menkeu kementerian kemendagri kabinet nasional"},
	{hardWord, "puncak ktt basel babar balut mabar matra mitra palas pali sarai tala tuba hst pasir sabu"},
	{properName, "malang solo demak depok siak sampang kudus tegal serang poso banjar pati lebak belu bungo asahan tual buol bone"},
	{until, "sampai hingga ke"},
}
