"""More languages of responsibility matrices; `languages` says what the lines mean."""

from raci.documents.intake.recognise.languages import ENGLISH, FRENCH, ITALIAN, PORTUGUESE, SPANISH, Language

GERMAN = Language(
    letters={
        "R": "verantwortlich, zuständig, durchführung, durchführend, durchführungsverantwortlich, ausführend, "
        "ausführung, "
        "durchführungsverantwortung, führt durch",
        "A": "rechenschaftspflichtig, rechenschaft, gesamtverantwortlich, gesamtverantwortung, genehmigt, "
        "genehmiger, "
        "kostenverantwortlich, letztverantwortlich, freigabe, ergebnisverantwortlich",
        "C": "konsultiert, zu konsultieren, beratend, berät, beraten, konsultation, zu befragen, befragt, "
        "fachverantwortung",
        "I": "informiert, zu informieren, information, informationsrecht, wird informiert, in kenntnis",
        "S": "unterstützt, unterstützend, unterstützung, mitwirkung, mitwirkend, hilft",
        "V": "prüft, prüfung, verifiziert",
    },
    duties="aufgabe, aufgaben, aktivität, aktivitäten, tätigkeit, tätigkeiten, prozess, prozessschritt, "
    "arbeitspaket, maßnahme, "
    "entscheidung, schritt, lieferobjekt, liefergegenstand, meilenstein, vorgang, arbeitsschritt, thema, "
    "leistung, ergebnis",
    roles="rolle, rollen, person, beteiligte, beteiligter, funktion, stelle, team, mitglied, akteur, abteilung, wer",
    sections="phase, bereich, kategorie, abschnitt, gruppe, domäne, modul, block, themenfeld, themenbereich, kapitel",
    codes="id, nr, nr., nummer, lfd. nr., lfd nr, kürzel, kennung, code, pos, pos.",
    extras="status, priorität, beschreibung, bemerkung, bemerkungen, kommentar, kommentare, hinweis, hinweise, "
    "notiz, notizen, "
    "anmerkung, anmerkungen, datum, beginn, start, ende, termin, frist, dauer, stunden, aufwand, kosten, "
    "werkzeug, werkzeuge, "
    "tool, tools, häufigkeit, nachweis, ziel, eingabe, ausgabe, dokument",
    none="keine, kein, nicht beteiligt, entfällt, nein, k.a., nicht zutreffend",
    joiners="und, oder, sowie",
    totals="summe, gesamt, anzahl, gesamtsumme",
    legends="legende, bedeutung, erläuterung, definition",
    posts="leiter, leiterin, leitung, manager, beauftragter, beauftragte, verantwortlicher, entwickler, kunde, "
    "ingenieur, "
    "geschäftsführung, geschäftsführer, vorstand, fachbereich, abteilung, lieferant, dienstleister, anwender, "
    "betrieb, einkauf, "
    "administrator, architekt, team, projektleiter, projektleitung, personal, vertrieb",
)
DUTCH = Language(
    letters={
        "R": "verantwoordelijk, uitvoerend, uitvoerder, uitvoering, voert uit",
        "A": "eindverantwoordelijk, eindverantwoordelijke, aansprakelijk, goedkeurder, keurt goed, rekenplichtig",
        "C": "geraadpleegd, raadplegen, te raadplegen, geconsulteerd, consulteren",
        "I": "geïnformeerd, informeren, te informeren, wordt geïnformeerd",
        "S": "ondersteunend, ondersteunt, ondersteuning",
        "V": "verifieert, controleert",
    },
    duties="activiteit, activiteiten, taak, taken, proces, processtap, werkzaamheid, werkzaamheden, stap, "
    "beslissing, besluit, "
    "opleverproduct, product, werkpakket, actie",
    roles="rol, rollen, functie, persoon, betrokkene, stakeholder, teamlid, afdeling, wie",
    sections="fase, gebied, categorie, sectie, groep, domein, module, onderdeel",
    codes="id, nr, nr., nummer, code, ref",
    extras="status, prioriteit, omschrijving, beschrijving, opmerking, opmerkingen, toelichting, notitie, "
    "datum, start, einde, "
    "deadline, duur, uren, kosten, hulpmiddel, tools, frequentie",
    none="geen, niet betrokken, n.v.t., nvt, nee",
    joiners="en, of",
    totals="totaal, som, aantal",
    legends="legenda, betekenis, uitleg, definitie",
    posts="manager, leider, directeur, ontwikkelaar, klant, gebruiker, beheerder, eigenaar, leverancier, team, "
    "afdeling, hoofd, "
    "adviseur, coördinator, directie, opdrachtgever, medewerker",
)
RUSSIAN = Language(
    letters={
        "R": "исполнитель, исполняет, ответственный, выполняет, отвечает за исполнение, ответственный за исполнение",
        "A": "утверждающий, утверждает, подотчетный, подотчётный, несет ответственность, отвечает за результат, "
        "ответственный за результат, владелец",
        "C": "консультирует, консультант, консультируется, консультируемый, консультируют, согласующий, согласует",
        "I": "информируется, информируемый, информирован, информируют, наблюдатель, уведомляется, информируемые, "
        "информировать",
        "S": "поддержка, поддерживает, помощь, содействие",
        "V": "проверяет, верифицирует",
    },
    duties="задача, задачи, активность, активности, деятельность, процесс, процессы, этап, работа, работы, "
    "функция, действие, "
    "решение, операция, мероприятие, результат, артефакт, вид деятельности, этап/задача",
    roles="роль, роли, участник, участники, сотрудник, должность, исполнители, команда, член команды, кто, фио, "
    "заинтересованная сторона",
    sections="фаза, область, категория, раздел, группа, блок, направление, модуль, стадия",
    codes="№, номер, код, id, п/п, № п/п, ид",
    extras="статус, приоритет, описание, комментарий, комментарии, примечание, примечания, дата, начало, конец, "
    "срок, сроки, "
    "длительность, часы, стоимость, инструмент, инструменты, частота, цель",
    none="нет, не участвует, не применимо, н/д, отсутствует",
    joiners="и, или",
    totals="итого, всего, сумма, количество",
    legends="легенда, обозначение, обозначения, значение, расшифровка",
    posts="менеджер, руководитель, директор, разработчик, аналитик, инженер, команда, заказчик, клиент, "
    "владелец, архитектор, "
    "тестировщик, дизайнер, администратор, специалист, отдел, лид, тимлид, пользователь, эксперт, спонсор",
)
SOUTH_SLAVIC = Language(
    letters={
        "R": "odgovoran, odgovorna, odgovorni, izvršava, izvršilac, izvršitelj, одговоран, извршилац",
        "A": "nadležan, odobrava, odgovara, polaže račun, одобрава, odobravatelj, krajnje odgovoran",
        "C": "konsultovan, konzultiran, konsultuje se, konzultirati, konsultovani, консултован, savjetovan, "
        "konzultiraju se",
        "I": "informisan, informiran, obavešten, obaviješten, informisati, информисан, informirani, informiraju se",
        "S": "podrška, podržava, подршка, pomaže",
        "V": "proverava, provjerava",
    },
    duties="aktivnost, aktivnosti, zadatak, zadaci, proces, korak, odluka, posao, активност, задатак, isporuka, "
    "radni paket",
    roles="uloga, uloge, osoba, učesnik, sudionik, član tima, dionik, улога, pozicija",
    sections="faza, oblast, područje, kategorija, grupa, sekcija, modul, фаза, област",
    codes="id, br, br., broj, rb, r.b., r.br., redni broj, šifra, oznaka",
    extras="status, prioritet, opis, komentar, napomena, napomene, datum, početak, kraj, rok, trajanje, sati, "
    "trošak, alat, alati",
    none="nema, ne, nije uključen, ništa",
    joiners="i, ili, и, или",
    totals="ukupno, zbroj, zbir",
    legends="legenda, značenje, легенда",
    posts="menadžer, voditelj, vođa, direktor, inženjer, tim, klijent, korisnik, analitičar, stručnjak, "
    "naručitelj, uprava",
)
POLISH = Language(
    letters={
        "R": "odpowiedzialny, wykonawca, wykonuje, realizuje, odpowiedzialna, realizator",
        "A": "zatwierdzający, zatwierdza, rozliczany, nadzorujący, akceptujący, akceptuje, rozliczalny",
        "C": "konsultowany, konsultuje, konsultant, konsultowani, konsultacja, konsultujący",
        "I": "informowany, poinformowany, informowani, informacja, otrzymuje informację",
        "S": "wspierający, wspiera, wsparcie",
        "V": "weryfikujący, weryfikuje",
    },
    duties="zadanie, zadania, czynność, czynności, działanie, działania, proces, krok, decyzja, aktywność, "
    "etap, produkt, praca",
    roles="rola, role, osoba, stanowisko, uczestnik, interesariusz, członek zespołu, zespół, kto",
    sections="faza, obszar, kategoria, sekcja, grupa, dziedzina, moduł",
    codes="id, nr, lp, lp., l.p., numer, kod",
    extras="status, priorytet, opis, komentarz, uwagi, uwaga, notatka, data, początek, koniec, termin, czas, "
    "godziny, koszt, "
    "narzędzie, narzędzia, częstotliwość",
    none="brak, nie, nie dotyczy, nd",
    joiners="i, oraz, lub",
    totals="suma, razem, łącznie",
    legends="legenda, znaczenie, objaśnienie",
    posts="kierownik, menedżer, dyrektor, programista, zespół, klient, inżynier, użytkownik, analityk, dział, "
    "sponsor, zarząd",
)
HUNGARIAN = Language(
    letters={
        "R": "felelős, végrehajtó, végrehajtja, kivitelező",
        "A": "elszámoltatható, jóváhagyó, számonkérhető, jóváhagyja",
        "C": "konzultált, konzultáció, bevonandó, véleményező, megkérdezett, konzulens, konzultálandó",
        "I": "tájékoztatott, tájékoztatandó, informált, értesítendő, informálandó",
        "S": "támogató, támogatja",
        "V": "ellenőrző, ellenőrzi",
    },
    duties="tevékenység, tevékenységek, feladat, feladatok, döntés, döntéstípus, folyamat, lépés, munka, termék",
    roles="szerepkör, szerepkörök, szerep, szereplő, személy, munkakör, résztvevő, csapat, ki",
    sections="fázis, terület, kategória, szakasz, csoport, modul",
    codes="id, sorszám, ssz, ssz., kód, azonosító",
    extras="státusz, állapot, prioritás, leírás, megjegyzés, megjegyzések, dátum, kezdés, vége, határidő, "
    "időtartam, óra, költség, "
    "eszköz, eszközök",
    none="nincs, nem, nem érintett",
    joiners="és, vagy",
    totals="összesen, összeg",
    legends="jelmagyarázat, jelentés",
    posts="vezető, igazgató, fejlesztő, mérnök, csapat, ügyfél, felhasználó, elemző, szakértő, tulajdonos, ügynök",
)
TURKISH = Language(
    letters={
        "R": "sorumlu, yapan, uygulayan, yürüten",
        "A": "hesap verebilir, onaylayan, hesap veren, yetkili, nihai sorumlu, onay",
        "C": "danışılan, danışman, danışılacak, görüş alınan",
        "I": "bilgilendirilen, bilgilendirilecek, bilgi verilen, haberdar",
        "S": "destek, destekleyen",
        "V": "doğrulayan",
    },
    duties="faaliyet, faaliyetler, görev, görevler, iş, süreç, aktivite, adım, karar, çıktı, iş paketi, iş kalemi",
    roles="rol, roller, kişi, paydaş, pozisyon, ekip, ekip üyesi, kim, unvan",
    sections="aşama, alan, kategori, bölüm, grup, faz, modül",
    codes="id, no, no., sıra, sıra no, kod, #",
    extras="durum, öncelik, açıklama, yorum, not, notlar, tarih, başlangıç, bitiş, son tarih, süre, saat, "
    "maliyet, araç, araçlar",
    none="yok, hayır",
    joiners="ve, veya",
    totals="toplam",
    legends="lejant, anlam, açıklamalar",
    posts="müdür, müdürü, yöneticisi, yönetici, lideri, geliştirici, ekibi, ekip, müşteri, mühendis, kullanıcı, "
    "analist, uzmanı",
)
KOREAN = Language(
    letters={
        "R": "책임, 담당, 실무 담당, 실행, 수행, 실무자, 실행 책임, 담당자",
        "A": "최종 책임, 승인, 책임자, 최종책임, 총괄, 승인자",
        "C": "협의, 자문, 상담, 협의자",
        "I": "통보, 공유, 보고, 정보 공유, 통보 대상",
        "S": "지원",
        "V": "검증",
    },
    duties="활동, 주요 활동, 업무, 작업, 과업, 단계, 프로세스, 의사결정, 산출물, 항목",
    roles="역할, 담당자, 이해관계자, 직책, 참여자, 팀원",
    sections="영역, 구분, 분류, 범주, 단계, 분야",
    codes="번호, id, 코드, no, 순번",
    extras="상태, 우선순위, 설명, 비고, 메모, 날짜, 시작, 종료, 기한, 기간, 시간, 비용, 도구",
    none="없음, 해당없음, 해당 없음",
    joiners="및, 와, 과",
    totals="합계, 총계",
    legends="범례, 의미, 정의",
    posts="팀장, 개발자, 매니저, 관리자, 리더, 디자이너, 담당자, 팀, 고객, 책임자",
)
VIETNAMESE = Language(
    letters={
        "R": "thực hiện, người thực hiện, chịu trách nhiệm thực hiện, trách nhiệm thực hiện",
        "A": "chịu trách nhiệm, phê duyệt, người phê duyệt, chịu trách nhiệm cuối cùng, chịu trách nhiệm chính, "
        "giải trình",
        "C": "tham vấn, tư vấn, người tham vấn, được tham vấn, tham khảo ý kiến",
        "I": "thông báo, được thông báo, nhận thông tin, người được thông báo",
        "S": "hỗ trợ",
        "V": "kiểm tra, xác minh",
    },
    duties="hoạt động, công việc, nhiệm vụ, quy trình, bước, hạng mục, quyết định, đầu việc, sản phẩm",
    roles="vai trò, người, thành viên, bên liên quan, chức danh, bộ phận, họ tên, họ và tên",
    sections="giai đoạn, lĩnh vực, nhóm, hạng mục chính, phân hệ, mảng",
    codes="stt, mã, id, số, số thứ tự",
    extras="trạng thái, ưu tiên, mô tả, ghi chú, ngày, bắt đầu, kết thúc, thời hạn, thời gian, giờ, chi phí, công cụ",
    none="không, không có, không tham gia",
    joiners="và, hoặc",
    totals="tổng, tổng cộng",
    legends="chú thích, ý nghĩa, chú giải",
    posts="trưởng, giám đốc, quản lý, nhóm, lập trình viên, khách hàng, kỹ sư, người dùng, chuyên viên, nhân viên",
)
CHINESE = Language(
    letters={
        "R": "负责, 執行, 执行, 负责人, 执行者, 執行者, 主執行, 执行责任, 負責, 負責人, 主责, 承办, 实施",
        "A": "问责, 批准, 审批, 最终责任, 最終問責, 當責, 当责, 問責, 核准, 责任人, 最终负责, 当责者, 批准人",
        "C": "咨询, 諮詢, 被咨询, 协商, 顾问, 被諮詢, 征询, 咨询人, 会签",
        "I": "知会, 告知, 通知, 被告知, 知情, 知會, 被通知, 知悉, 知情人",
        "S": "支持, 支援, 协助, 協助",
        "V": "验证, 审核",
    },
    duties="活动, 活動, 任务, 任務, 工作, 流程, 工作项, 决策, 步骤, 事项, 交付物, 工作内容, 职责, 工作任务, 项目活动",
    roles="角色, 人员, 岗位, 成员, 干系人, 部门, 職位, 負責單位, 姓名, 团队",
    sections="阶段, 階段, 类别, 領域, 领域, 分类, 模块, 分組",
    codes="编号, 序号, 編號, id, 代码, 號",
    extras="状态, 優先級, 优先级, 描述, 说明, 說明, 备注, 備註, 日期, 开始, 结束, 截止, 工期, "
    "小时, 成本, 工具, 輸入, 輸出, 主要輸入, 主要輸出, 類型",
    none="无, 無, 不适用, 不涉及",
    joiners="和, 及, 与, 與",
    totals="合计, 总计, 合計",
    legends="图例, 说明, 定义, 含义, 圖例",
    posts="经理, 經理, 团队, 主管, 工程师, 工程師, 负责人, 客户, 设计师, 总监, 部, 组, 开发",
)
JAPANESE = Language(
    letters={
        "R": "実行責任者, 実行責任, 実行, 実施, 担当, 担当者, 実行者, 遂行責任, 作業担当",
        "A": "説明責任者, 説明責任, 最終責任, 最終責任者, 承認, 承認者, 決裁, 責任者",
        "C": "協議先, 相談先, 協議, 相談, 助言者, 協業先, 相談相手",
        "I": "報告先, 情報提供先, 報告, 情報共有, 共有, 連絡先, 報告対象",
        "S": "支援, サポート",
        "V": "検証",
    },
    duties="タスク, 作業, 業務, 活動, 工程, プロセス, 項目, 成果物, 作業項目, 業務内容, 意思決定, アクティビティ",
    roles="役割, 担当者, 関係者, メンバー, 部署, 氏名",
    sections="フェーズ, 分類, カテゴリ, 区分, 大分類",
    codes="番号, no, id, 項番",
    extras="状態, ステータス, 優先度, 備考, 期限, 開始日, 終了日, 工数, コスト, メモ",
    none="なし, 該当なし, 無し",
    joiners="と, および, 及び",
    totals="合計, 小計",
    legends="凡例, 意味, 定義",
    posts="マネージャー, リーダー, エンジニア, 開発者, チーム, 部長, デザイナー, 顧客, 管理者, 部門",
)
UKRAINIAN = Language(
    letters={
        "R": "виконавець, виконує, відповідальний, відповідальна, відповідальний за виконання",
        "A": "підзвітний, затверджує, затверджувач, відповідає за результат",
        "C": "консультує, консультується, консультований, консультують",
        "I": "інформований, інформується, поінформований, повідомляється",
        "S": "підтримка, підтримує",
        "V": "перевіряє",
    },
    duties="завдання, задача, діяльність, процес, етап, робота, дія, рішення, активність, захід",
    roles="роль, ролі, учасник, учасники, виконавці, посада, хто, піб",
    sections="область, категорія, розділ, напрям",
    codes="№, номер, код, id",
    extras="пріоритет, опис, коментар, примітка, примітки, початок, кінець, термін, тривалість, години, вартість",
    none="ні, немає, не бере участі",
    joiners="і, та, або",
    totals="разом, всього",
    legends="позначення, значення",
    posts="керівник, розробник, аналітик, інженер, замовник, клієнт, власник, архітектор, тестувальник, дизайнер",
)
INDONESIAN = Language(
    letters={
        "R": "penanggung jawab, pelaksana, bertanggung jawab, melaksanakan",
        "A": "akuntabel, penyetuju, menyetujui, pemberi persetujuan",
        "C": "dikonsultasikan, konsultasi, konsultan, dikonsultasi",
        "I": "diinformasikan, diinfokan, menerima informasi, terinformasi",
        "S": "pendukung, mendukung",
        "V": "memverifikasi",
    },
    duties="aktivitas, kegiatan, tugas, pekerjaan, proses, keputusan, langkah, tahapan",
    roles="peran, jabatan, pemangku kepentingan, anggota, pihak, nama",
    sections="fase, tahap, kategori, bidang",
    codes="no, nomor, kode, id",
    extras="prioritas, deskripsi, keterangan, catatan, tanggal, tenggat, durasi, biaya",
    none="tidak ada, tidak terlibat",
    joiners="dan, atau",
    totals="jumlah",
    legends="keterangan, arti",
    posts="manajer, direktur, kepala, pengembang, tim, klien, pengguna, analis, staf",
)

LANGUAGES = (
    ENGLISH,
    FRENCH,
    SPANISH,
    PORTUGUESE,
    ITALIAN,
    GERMAN,
    DUTCH,
    RUSSIAN,
    SOUTH_SLAVIC,
    POLISH,
    HUNGARIAN,
    TURKISH,
    KOREAN,
    VIETNAMESE,
    CHINESE,
    JAPANESE,
    UKRAINIAN,
    INDONESIAN,
)
