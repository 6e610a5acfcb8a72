package hygiene

// sureGames are games of chance, their makers and their tables, in words that
// hardly mean anything else.
const sureGames = `
togel, toto togel, info gacor, info slot, poker qq, taruhan esports, taruhan e sport, buku mimpi, kode alam, erek erek, hasil togel, keluaran togel, result togel, angka togel, kakek zeus, petir merah, beli fitur, fitur beli, akun slot, deposit slot, saldo slot, provider slot, pemain slot, bettor slot, toto macau, toto macau, totomacau, toto slot, toto 4d, situs toto, bandar toto, agen toto, toto online, slot gacor, slot online, slots online, slot demo, demo slot, slot maxwin, slot resmi,
slot terpercaya, slot terbaik, slot terbaru, slot deposit, slot depo, slot pulsa, slot dana, slot qris, slot thailand, slot server, slot bet, slot gampang, slot mudah, slot hoki, slot viral, slot jackpot,
slot88, slot777, slot 88, slot 777, slot 4d, slot bonus, slot indonesia, slot terlengkap, slot login, slot hari ini, slot malam ini, slot luar negeri, slot kamboja, slot vip, slot asia, slot mania,
slot mahjong, slot olympus, slot zeus, slot pragmatic, slot pg, slot rtp, slot anti, slot mpo, slot ovo, slot gopay, slot bank, slot paling, slot tergacor, situs slot, link slot, agen slot, bandar slot, 
rtp slot, rtp live, live rtp, rtp gacor, rtp tertinggi, rtp hari ini, pola slot, pola gacor, pola rtp, bocoran slot, bocoran rtp, bocoran admin, bocoran hk, jam gacor,
situs gacor, link gacor, game gacor, akun gacor, server gacor, agen gacor, gacor hari ini, gacor malam ini, gacor maxwin, gacor terbaru, gacor terpercaya, gacor gampang, gacor parah, super gacor, paling gacor,
maxwin, sensational, scatter hitam, black scatter, scatter emas, scatter naga, free spin, free spins, freespin, freespins, freebet, free bet, freechip, buy spin, buy feature, turbo spin, auto spin, spin gratis, putaran gratis,
judionline, agen judi, bandar judi, taruhan online, taruhan bola, taruhan bola online, bola online, situs bola, correct score, mix parlay, parlay,
sbobet, sbobet88, maxbet, ibcbet, cmd368, nova88, m88, w88, fun88, 188bet, bet365, 1xbet, mostbet, pinup casino, pin up casino, melbet, 22bet, parimatch, sportsbook, sportbook, bookmaker, bookmakers, bookie,
pragmatic play, pragmaticplay, pg soft, pgsoft, pocket game soft, habanero, spadegaming, microgaming, playtech, joker123, joker gaming, joker388, joker88, slot joker, cq9, jili, nolimit city, fastspin, playstar, hacksaw,
mahjong ways, mahjong wins, mahjong wins 3, mahjong ways 2, gates of olympus, gate of olympus, sweet bonanza, starlight princess, wild west gold, aztec gems, sugar rush, starlight christmas, lucky neko, wild bandito, koi gate, fortune tiger, fortune ox, gates of gatot,
gatot kaca 1000, zeus x500, olympus x1000, x500, x1000, live casino, casino online, kasino online, live kasino, online casino, online casinos, casino site, casino sites, casino bonus, casino games, crypto casino, best casino, casino resmi,
baccarat, bakarat, pkv games, pkvgames, pkv, sicbo, sic bo, dragon tiger, live dealer, roulette online, online roulette, blackjack online, fan tan, poker online, online poker, idn poker, idnpoker, idn play, idnplay, pokerqq, qq online, qqonline, dominoqq, domino qq, domino99, bandarqq, bandarq, bandar ceme,
ceme online, ceme keliling, capsa susun, adu q, aduq, sakong, gaple online, tembak ikan, sabung ayam online, sv388, s128, ws168, digmaan, video poker, slot machines online, betting site, betting sites, sports betting, online betting, betting online, real money slots, online slots, slot games, slot game,
toto hk, toto sgp, toto sdy, toto singapore, toto hongkong, toto sydney, data hk, data sgp, data sdy, data macau, pengeluaran hk, pengeluaran sgp, pengeluaran sdy, pengeluaran macau, keluaran hk, keluaran sgp, keluaran sdy, keluaran macau, result hk, result sgp, result sdy,
live draw, live draw hk, live draw sgp, live draw sdy, live draw macau, prediksi hk, prediksi sgp, prediksi sdy, prediksi macau, prediksi togel, angka jitu, angka main, angka ikut, colok bebas, colok jitu, colok naga, 4d 3d 2d, 2d 3d 4d, 3d 4d, paito, paito warna, syair hk, syair sgp, kode syair, buku mimpi 2d, bbfs,
toto gelap, lotto online, nha cai, ca cuoc, no hu, tai xiu, xoc dia, lo de, danh bai, game bai, keo nha cai, doi thuong, da ga, ban ca, casino siteleri, bahis, bahis siteleri, deneme bonusu, slot siteleri, kacak bahis, canli bahis, canli casino, bonus veren siteler,
tragaperras, apuestas deportivas, casino en linea, casino online gratis, cassino online, casa de apostas, jogo do tigrinho, aposta esportiva, казино, онлайн казино, ставки на спорт, игровые автоматы`

// newsGames are what reporters call them.
const newsGames = `
permainan slot, main slot, bermain slot, mesin slot, game slot, judi online, judol, situs judi, judi slot, judi bola, judi casino, judi togel, judi poker, judi kartu, perjudian online, online gambling, gambling site, gambling sites`

// maybeGames mean something else as often: a stall, a songbird, a person.
const maybeGames = `
colok, shio, bandar bola, pasang taruhan, slot, slots, gacor, tergacor, toto, casino, kasino, cassino, poker, domino, jackpot, jp, scatter, spin, spins, taruhan, bertaruh, betting, bet, bets, wager, gambling, gamble, judi, perjudian, berjudi, penjudi, roulette, rolet, blackjack, ceme, capsa,
rtp, mahjong, olympus, zeus, bonanza, princess, gatotkaca, pragmatic, lottery, lotere, lotre, undian online, odds, handicap, over under, sabung ayam, hk, sgp, sdy, hongkong pools, sydney pools, singapore pools, macau, 4d, qq, bandarkiu, gaple, remi, dadu, pasaran, mpo, multiplier, perkalian, petir x500, naga hitam, wild, reel, reels, gulungan, payline, paylines, simbol, volatilitas, volatility, pools, lottre, keno, bingo, crash game, aviator, spaceman, plinko`

// shopTalk is said by such shops alone.
const shopTalk = `
anti rungkad, anti rungkat, bonus new member, bonus rollingan, rollingan, akun pro, user id pro, server thailand, server kamboja, pagcor, lisensi pagcor, slotter, slotters, slotmania, gacorian, togelers, togel mania, pecah maxwin, auto maxwin, banjir scatter, hujan scatter, jp paus, deposit pulsa, depo pulsa, depo 5k, depo 10k, bet receh, putaran turbo, auto spin, pola spin, angka keramat, bandar bola terpercaya`

// sureTrade is how only such shops talk.
const sureTrade = `
anti kalah, anti boncos, anti rugi, anti blokir, anti nawala, anti banned, anti lag, tanpa blokir, bebas nawala, bebas blokir, gampang menang, mudah menang, gampang maxwin, mudah maxwin, gampang jp, gampang jackpot, mudah jackpot, pasti menang, sering menang, mudah gacor, gampang gacor, gampang bocor, auto cuan, auto jp, jepe, jackpot terbesar, jackpot progresif, jackpot progressive,
bonus member baru, new member, member baru, bonus deposit, bonus referral, bonus cashback, bonus welcome, welcome bonus, bonus harian, bonus mingguan, bonus kekalahan, no deposit bonus, deposit bonus, bonus tanpa deposit, bonus 100, bonus 200, turn over, to kecil, to rendah, wagering, wagering requirements,
link alternatif, link login, link daftar, link resmi slot, link wap, login alternatif, daftar slot, daftar togel, daftar judi, situs alternatif, akun vip, akun wso, akun demo, akun jp, akun id pro, id pro, id gacor,
via pulsa, deposit dana, deposit qris, deposit ovo, deposit gopay, deposit murah, deposit minimal, deposit termurah, minimal deposit, minimal depo, minimum deposit, depo, depo qris, depo dana, depo 5k, depo 10k, depo 25, deposit 5k, deposit 10k, deposit 5000, deposit 10000, deposit 10rb, bet kecil, bet 100, bet 200, bet 400, modal receh, modal kecil, receh,
tanpa potongan, withdraw, withdrawal, wd, wd cepat, proses wd, depo wd, deposit withdraw, server luar negeri, server luar, server filipina, server vip, server internasional, server jepang, server hongkong, server macau, server rusia, agen resmi, bandar resmi, bandar terpercaya, bandar terbesar, bandar online, agen terpercaya, agen bola, agen casino, agen togel, bandar togel, bandar bola,
uang asli, real money, winrate, win rate, tingkat kemenangan, persentase kemenangan, peluang menang, raih kemenangan, kemenangan besar, kemenangan fantastis, hasilkan kemenangan, terbukti membayar, pasti dibayar, pasti bayar, berapapun dibayar, kemenangan dibayar, bosku, bossku, bettor, bettors, para bettor, sweet bonus, hoki, cuan, cuan besar, cuan maksimal, gaspol, jamin menang, garansi kekalahan, garansi menang, hadiah 4d, diskon 4d, diskon terbesar, instant payout, fast payout, payouts`

// maybeTrade is how others sell as well.
const maybeTrade = `
uy tin, khuyen mai, nap rut, dang ky, thanh vien, khach hang, uyelik, guvenilir, yatirim, saldo, bagi bagi, pendaftar, stabil, scatter nya, pecah, langganan, pilihan, rekomendasi, transfer, kemenangan, bebas, ribet, situs, website, web, link, tautan, agen, agent, bandar, provider, platform, daftar, login, masuk, register, registrasi, gabung, bergabung, join, deposit, bonus, promo, promosi, cashback, referral, klaim, claim, member, akun, id, server, lisensi, berlisensi, resmi, official, terpercaya, terbaik, terbesar, terlengkap, terbaru, terpopuler, ternama, terkemuka, terjamin, termurah,
tergampang, trusted, best, top, online, 24 jam, nonstop, 24/7, livechat, live chat, customer service, cs, admin, whatsapp, telegram, pulsa, dana, ovo, gopay, linkaja, qris, e wallet, ewallet, bank lokal, aman, fair play, fairplay, adil, hadiah, gratis, free, cepat, mudah, gampang, instan, menang, kemenangan, win, winning, profit, untung, keuntungan, modal, receh, murah, minimal, raih, nikmati, dapatkan, rasakan, mainkan, main, bermain, permainan, game, games, gaming,
player, pemain, pola, bocoran, trik, tips, jitu, akurat, prediksi, hari ini, malam ini, live, update, terupdate, klik, klik disini, klik di sini, sekarang juga, sekarang, anda, kamu, kalian, kami, sensasi, seru, favorit, viral, pecah, sultan, vip, jutaan, ratusan juta, puluhan juta, jackpot, payout, bet, taruhan, register now, play now, sign up, join now, bonuses, promotions, offers, trusted site, auto, 100 persen, new`

// invitations are how a shop speaks to its customers, and reporters do not.
const invitations = `
anda, kamu, kalian, bosku, bossku, bos, gan, bosq, kami, kita, klik, klik disini, klik di sini, klaim, daftar sekarang, daftar segera, segera daftar, daftarkan, daftarkan diri, nikmati, dapatkan, raih, buruan, ayo, yuk, mari, rasakan, gabung, bergabung, bergabunglah, silakan, silahkan, tunggu apa lagi, jangan lewatkan, jangan lupa, cukup, buktikan, cobain, coba, mainkan, pastikan, simpan halaman, gunakan, pilih, pilihlah, selamat bermain, link di bio, login, daftar,
you, your, sign up, join, join now, join today, claim, claim your, play now, register now, spin the reels, get started, today`

// pieces are found in names and in words written together.
const pieces = `
slot, slots, gacor, toto, togel, judi, judol, casino, kasino, poker, maxwin, sbobet, scatter, jackpot, freebet, parlay, mahjong, olympus, pragmatic, online, situs, link, agen, bandar, daftar, login, deposit, depo, bonus, bet, bola, win, hoki, resmi, terpercaya, gampang, menang, hari, ini, malam,
server, thailand, rtp, live, pola, bocoran, demo, pulsa, dana, qris, dewa, raja, ratu, king, queen, mega, super, naga, mania, asia, indo, play, game, club, pro, vip, gaming, macau, anti, rungkad, terbaik, terbaru, spin, free, zeus, cuan`

// sureReport are the words of police, courts, offices and reporters.
const sureReport = `
polisi, polres, polresta, polrestabes, polda, polsek, polri, kepolisian, bareskrim, mabes, kapolres, kapolda, kapolsek, kapolri, kasat, kasatreskrim, satreskrim, ditreskrimsus, ditreskrimum, reskrim, bhabinkamtibmas, brimob, akbp, akp, kompol, kombes, iptu, ipda, aiptu, aipda, bripka, brigadir, briptu, irjen, brigjen,
tni, kodim, koramil, danramil, babinsa, satpol, satpol pp, polisi pamong praja, tersangka, terdakwa, terpidana, terduga, pelaku, tppo, kbri, imigrasi, dipulangkan, deportasi, dideportasi, ditangkap, menangkap, tertangkap, penangkapan, diringkus, meringkus, dibekuk, membekuk, diciduk, menciduk, digerebek, menggerebek, penggerebekan, gerebek, razia, dirazia, merazia, operasi pekat, barang bukti, disita, menyita, penyitaan, penyidik, penyidikan, penyelidikan, penggeledahan, digeledah, buronan, buron, dpo,
jaksa, kejaksaan, kejari, kejati, penuntut umum, jpu, hakim, majelis hakim, pengadilan, persidangan, sidang, dakwaan, didakwa, tuntutan, dituntut, vonis, divonis, dipenjara, penjara, pidana, kuhp, uu ite, undang undang, pasal, cambuk, jinayat, mahkamah, lapas, rutan, advokat, pengacara,
kominfo, komdigi, kemkominfo, diskominfo, kemenkominfo, menkominfo, menkomdigi, ojk, ppatk, bssn, bnpt, kemensos, kemenag, kemendagri, kemenkes, mui, muhammadiyah, nahdlatul, pbnu, dprd, dpr ri, anggota dpr, gubernur, wali kota, walikota, bupati, wabup, sekda, camat, lurah, menteri, presiden, pemkab, pemko, pemkot, pemprov, pemda, kepala dinas, asn, pns, inspektorat,
blokir, diblokir, memblokir, pemblokiran, terblokir, takedown, diturunkan, memberantas, pemberantasan, berantas, diberantas, memerangi, perangi, penindakan, menindak, ditindak, penertiban, satgas, sosialisasi, penyuluhan, edukasi, imbauan, mengimbau, diimbau, himbauan, menghimbau, mengingatkan, larangan, melarang, dilarang,
ujar, ujarnya, tutur, tuturnya, ungkap, ungkapnya, jelasnya, tegasnya, katanya, imbuhnya, tambahnya, terangnya, pungkasnya, tandasnya, sebutnya, paparnya, kecanduan, pecandu, adiksi, bunuh diri, terlilit, terjerat, jeratan, haram, diharamkan, maksiat, dosa, bangkrut, gulung tikar, cerai, perceraian, gugat cerai, pencucian uang, tppu, penipuan, tertipu, menipu, penggelapan, menggelapkan,
police, arrested, arrest, arrests, suspect, suspects, prosecutor, prosecutors, court, sentenced, jailed, ministry, minister, lawmakers, officials, crackdown, raid, raided, raids, seized, addiction, addicted, money laundering, trafficking, told reporters, authorities, disusupi, menyusup, penyusupan, ditegur, menegur, injeksi, terindeks, investigators, indicted, convicted, fined, banned, outlawed, peretasan, peretas, forensik`

// maybeReport are words that a shop uses too, now and then.
const maybeReport = `
warga, masyarakat, pemerintah, iklan, beriklan, istilah, hapus, dihapus, menghapus, penghapusan, bertuliskan, tulisan, plugin, peretas, negara, korban, bahaya, berbahaya, dampak, dampaknya, merusak, merugikan, kerugian, rugi, utang, hutang, pinjol, pinjaman online, miskin, kemiskinan, mantan, taubat, tobat, bertobat, ustaz, ulama, khotbah, khutbah, orang tua, kepergok, ketahuan, palsu, dinas, kepala desa, kades, anggota dewan, resah, meresahkan, keresahan, marak, maraknya, waspada, mewaspadai, hindari, jauhi, menjauhi, stop, tolak, menolak, perang, lawan, melawan,
cegah, mencegah, pencegahan, antisipasi, ilegal, illegal, terlarang, melanggar, pelanggaran, hukum, hukuman, sanksi, denda, dipecat, pemecatan, tewas, meninggal, mencuri, pencurian, curi, mencopet, merampok, korupsi, dana desa, transaksi mencurigakan, kriminal, kejahatan, sindikat, jaringan, modus, menurut, menyebut, menyebutkan, mengatakan, menjelaskan, mengungkapkan, menegaskan, menyampaikan, kata dia, tambah dia, ujar dia, konferensi pers, jumpa pers, wartawan, keterangan tertulis, siaran pers, laporan warga, dilaporkan, berdasarkan laporan,
diduga, dugaan, kasus, terungkap, mengungkap, pengungkapan, lokasi kejadian, tkp, diamankan, mengamankan, diperiksa, pemeriksaan, psikolog, psikiater, rehabilitasi, terapi, konselor, konseling, mental, depresi, penelitian, riset, survei, peneliti, dosen, pakar, pengamat, opini, say, leaders, residents, villagers, locals, told, said, says, according, victim, victims, victims of, government, illegal gambling, scam, scams, fraud, operators, law, legal experts, campaign, warned, warning, debt, report, reported, study, researchers, bill, diretas, diretas oleh, situs resmi pemerintah, deface, defacement, disusupi, retas, serangan siber, keamanan siber, pakar keamanan, dipulihkan, pemulihan, tim it, siber, cyber crime`

// sureDeface is how who breaks in signs.
const sureDeface = `
hacked by, hack by, haxed by, haxored by, hax by, defaced by, deface by, pwned by, pwnd by, rooted by, stamped by, 0wned by, greetz, greetz to, gr33tz, shoutz, shoutz to, special greetz, no system is safe, you got hacked, you have been hacked, has been hacked by, site has been hacked, we are anonymous, we do not forgive, hacker was here, diretas by, dihack oleh, di hack oleh, dihek oleh, hacked hacked, h4x0r, index defaced, mass deface`

// likelyDeface needs another word beside it.
const likelyDeface = `
your security is, was here, patch your, secure your site, got hacked, expect us, security breached, greets to`

const maybeDeface = `
hacked, owned by, touched by, hacker, hackers, h4ck, defacer, cyber team, cyber army, cyber squad, hacker team, hackers team, hacktivist, security team, ghost squad, crew, indonesian hacker, indonesian cyber, diretas oleh, telah diretas, numpang lewat, maaf min, maaf admin, hai admin, halo admin, hey admin, hello admin, dear admin, sorry admin, admin goblok, security mu, keamanan lemah, security lemah, websec, perbaiki celah, celah keamanan, tutup bug, patch bug, bug, backdoor, shell, zone h, zone xsec, defacement, just for fun, free palestine, save palestine, long live, we are, remember us, contact me, fuck, root, exploit, sql injection, nothing is secure, no data was, not deleted, index, anonymous, legion, error 404 security`
