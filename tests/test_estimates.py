"""How many tokens a text has, told from its characters: held to what vocabularies of real models make of it."""

from __future__ import annotations

import pytest

from briefer.calls import Request, Spent
from briefer.estimates import estimate, least, was_cut

# One story in many scripts, with the tokens that Llama 3, Qwen 2, Gemma 4 and Command R make of it.
TOLD: dict[str, tuple[str, tuple[int, ...]]] = {
    "en": (
        "The bridge over the Tarn at Lindow was closed on Monday after engineers found a crack in a"
        " girder, the council said. About 3,400 drivers a day will have to take a detour of 12 kilo"
        "metres until the end of April. The mayor, Ana Ruiz, called the closure a heavy blow for th"
        "e shops on the north bank and promised a ferry for pedestrians. An inspection in 2019 had "
        "found no damage, according to a report that the newspaper has seen.",
        (99, 104, 101, 102),
    ),
    "de": (
        "Die Brücke über den Tarn bei Lindow ist seit Montag gesperrt, nachdem Ingenieure einen Ris"
        "s in einem Träger gefunden hatten, teilte der Stadtrat mit. Rund 3.400 Autofahrer täglich "
        "müssen bis Ende April einen Umweg von 12 Kilometern fahren. Die Bürgermeisterin Ana Ruiz n"
        "annte die Sperrung einen schweren Schlag für die Geschäfte am Nordufer und versprach eine "
        "Fähre für Fußgänger. Eine Prüfung im Jahr 2019 hatte laut einem Bericht, der der Zeitung v"
        "orliegt, keine Schäden ergeben.",
        (142, 145, 119, 121),
    ),
    "ru": (
        "Мост через реку Тарн в Линдоу закрыли в понедельник после того, как инженеры нашли трещину"
        " в балке, сообщил городской совет. Около 3400 водителей в день будут вынуждены делать крюк"
        " в 12 километров до конца апреля. Мэр Ана Руис назвала закрытие тяжёлым ударом для магазин"
        "ов на северном берегу и пообещала паром для пешеходов. Проверка 2019 года, согласно отчёту"
        ", с которым ознакомилась газета, повреждений не выявила.",
        (145, 166, 122, 113),
    ),
    "el": (
        "Η γέφυρα πάνω από τον Ταρν στο Λίντοου έκλεισε τη Δευτέρα, αφού μηχανικοί βρήκαν ρωγμή σε "
        "δοκάρι, ανακοίνωσε το δημοτικό συμβούλιο. Περίπου 3.400 οδηγοί την ημέρα θα πρέπει να κάνο"
        "υν παράκαμψη 12 χιλιομέτρων μέχρι το τέλος Απριλίου. Η δήμαρχος Άνα Ρουίθ χαρακτήρισε το κ"
        "λείσιμο βαρύ πλήγμα για τα καταστήματα της βόρειας όχθης και υποσχέθηκε πορθμείο για τους "
        "πεζούς.",
        (147, 321, 148, 109),
    ),
    "ar": (
        "أُغلق الجسر فوق نهر تارن في ليندو يوم الاثنين بعد أن عثر المهندسون على صدع في عارضة، بحسب "
        "ما أعلن المجلس البلدي. وسيضطر نحو 3400 سائق يوميا إلى سلوك طريق بديل طوله 12 كيلومترا حتى "
        "نهاية أبريل. ووصفت رئيسة البلدية آنا رويز الإغلاق بأنه ضربة قاسية للمتاجر على الضفة الشمال"
        "ية ووعدت بعبّارة للمشاة. ولم يعثر فحص أجري عام 2019 على أي ضرر، وفقا لتقرير اطلعت عليه الص"
        "حيفة.",
        (148, 151, 138, 136),
    ),
    "he": (
        "הגשר מעל נהר טארן בלינדו נסגר ביום שני לאחר שמהנדסים מצאו סדק בקורה, מסרה מועצת העיר. כ-3,"
        "400 נהגים ביום ייאלצו לעקוף 12 קילומטרים עד סוף אפריל. ראשת העיר אנה רואיס כינתה את הסגירה"
        " מכה קשה לחנויות בגדה הצפונית והבטיחה מעבורת להולכי רגל. בדיקה משנת 2019 לא מצאה נזק, על פ"
        "י דוח שהגיע לידי העיתון.",
        (286, 133, 145, 114),
    ),
    "hi": (
        "लिंडो में टार्न नदी पर बना पुल सोमवार को बंद कर दिया गया जब इंजीनियरों को एक गर्डर में दरा"
        "र मिली, नगर परिषद ने बताया। रोज़ाना लगभग 3,400 चालकों को अप्रैल के अंत तक 12 किलोमीटर का च"
        "क्कर लगाना पड़ेगा। महापौर अना रुइज़ ने बंदी को उत्तरी तट की दुकानों के लिए भारी झटका बताया"
        " और पैदल यात्रियों के लिए नौका का वादा किया। अख़बार द्वारा देखी गई रिपोर्ट के अनुसार 2019 "
        "की जाँच में कोई क्षति नहीं मिली थी।",
        (207, 372, 110, 259),
    ),
    "bn": (
        "লিন্ডোতে টার্ন নদীর উপর সেতুটি সোমবার বন্ধ করে দেওয়া হয়েছে, কারণ প্রকৌশলীরা একটি গার্ডার"
        "ে ফাটল খুঁজে পেয়েছেন, জানিয়েছে পৌর পরিষদ। প্রতিদিন প্রায় ৩,৪০০ চালককে এপ্রিলের শেষ পর্য"
        "ন্ত ১২ কিলোমিটার ঘুরপথে যেতে হবে। মেয়র আনা রুইজ এই বন্ধকে উত্তর তীরের দোকানগুলির জন্য বড়"
        " আঘাত বলেছেন।",
        (358, 312, 72, 327),
    ),
    "th": (
        "สะพานข้ามแม่น้ำทาร์นที่ลินโดว์ถูกปิดเมื่อวันจันทร์หลังจากวิศวกรพบรอยร้าวในคาน สภาเมืองกล่า"
        "ว ผู้ขับขี่ประมาณ 3,400 คนต่อวันจะต้องอ้อมทาง 12 กิโลเมตรจนถึงสิ้นเดือนเมษายน นายกเทศมนตรี"
        "อานา รุยซ์ เรียกการปิดนี้ว่าเป็นผลกระทบหนักต่อร้านค้าฝั่งเหนือ และสัญญาว่าจะมีเรือข้ามฟากส"
        "ำหรับคนเดินเท้า",
        (142, 167, 109, 288),
    ),
    "zh": (
        "市议会表示,工程师在一根大梁上发现裂缝后,林多的塔恩河大桥于周一关闭。每天约有3400名司"
        "机须绕行12公里,直到四月底。市长安娜·鲁伊斯称关闭大桥对北岸商铺是沉重打击,并承诺为行人"
        "开通渡轮。据本报看到的一份报告,2019年的检查没有发现任何损坏。交通部门说,修理费用可能"
        "高达两百万欧元,将由省政府承担一半。",
        (131, 105, 115, 107),
    ),
    "ja": (
        "リンドウのターン川にかかる橋が月曜日に閉鎖された。技術者が桁に亀裂を見つけたためだと市議会"
        "が発表した。一日に約3400人の運転手が、4月末まで12キロの迂回を強いられる。アナ・ルイ"
        "ス市長は、閉鎖は北岸の商店にとって大きな打撃だと述べ、歩行者のための渡し船を約束した。本紙"
        "が入手した報告書によると、2019年の点検では損傷は見つからなかった。",
        (130, 129, 111, 105),
    ),
    "ko": (
        "린도의 타른강 다리가 월요일에 폐쇄되었다. 기술자들이 들보에서 균열을 발견했기 때"
        "문이라고 시의회가 밝혔다. 하루 약 3,400명의 운전자가 4월 말까지 12킬로미"
        "터를 돌아가야 한다. 아나 루이스 시장은 이번 폐쇄가 북쪽 강변의 상점들에 큰 타"
        "격이라고 말하고 보행자를 위한 나룻배를 약속했다.",
        (104, 122, 97, 88),
    ),
}


@pytest.mark.parametrize("language", TOLD)
def test_the_estimate_is_near_the_count_and_rather_above_it(language: str) -> None:
    text, counts = TOLD[language]
    assert estimate(text) / max(counts) >= 0.85
    assert estimate(text) / min(counts) <= 4.5


@pytest.mark.parametrize("language", TOLD)
def test_no_count_is_near_the_least(language: str) -> None:
    text, counts = TOLD[language]
    assert min(counts) > 1.4 * least(text)


def test_a_row_of_equal_marks_may_be_one_token() -> None:
    assert least("-" * 700) == least("-")


def request(*contents: str) -> Request:
    return Request("topics", None, "draft", tuple({"role": "user", "content": c} for c in contents), {}, "")


RULES, ARTICLES, TASK = "Rules. " * 300, "A sentence of an article. " * 2000, "The task. " * 100


@pytest.mark.parametrize(
    ("counted", "cut"),
    [
        (13_000, False),  # what such a text has
        (8_300, False),  # few, but some tokenizer may come to that
        (4_098, True),  # half a window of 8,192 and two
        (2_048, True),
        (700, True),  # the rules and the task: Ollama drops whole messages
        (90, False),  # only what was not cached, or what the server takes for a count
        (None, False),
    ],
)
def test_a_prompt_that_was_cut_is_told_by_its_count(counted: int | None, cut: bool) -> None:
    asked = request(RULES, ARTICLES, TASK)
    assert was_cut(asked, Spent(1, counted, 0, 50)) == cut
    # Of two calls that were made for one reply each had that.
    assert was_cut(asked, Spent(2, counted and 2 * counted, 0, 50)) == cut
    assert not was_cut(asked, Spent(0, counted, 0, 50))
