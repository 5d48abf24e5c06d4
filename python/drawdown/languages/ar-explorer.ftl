# Arabic: the explorer, and the part of a page that a reader can move. Not reviewed by a speaker.

# What begins with `view-` is said by JavaScript, which puts in the values and knows no plurals.

## The page

explorer-title = مستكشف drawdown
explorer-noscript = يحتاج المستكشف إلى JavaScript، وهي تأتي من هذا الجهاز وحده.
explorer-span = من { $start } إلى { $horizon }

## Controls in words

control-on = نعم
control-off = لا
control-days =
    { $days ->
        [zero] لا أيام ({ $days })
        [one] يوم واحد ({ $days })
        [two] يومان ({ $days })
        [few] { $days } أيام
        [many] { $days } يومًا
       *[other] { $days } يوم
    }

## What would have to be wrong

breaking-on-time = تنتهي في الموعد في ‎{ $share } %‎ من المسارات (من { $low } إلى { $high })
breaking-on-time-least = ويجب أن يكون ذلك في ‎{ $level } %‎ أو أكثر
breaking-casualties = تكلّف في المتوسط { $mean } من القتلى والجرحى (من { $low } إلى { $high })
breaking-casualties-most = ويجب أن يكون ذلك { $level } على الأكثر
breaking-holds = الخطة صامدة
breaking-fails = الخطة تفشل
breaking-holds-open = الخطة صامدة، لكن مجال الثقة لا يحسم ذلك
breaking-fails-open = الخطة تفشل، لكن مجال الثقة لا يحسم ذلك
breaking-said = ‏{ $now }؛ { $least }: { $end }.
breaking-or-more = { $value } أو أكثر
breaking-or-less = { $value } أو أقل
breaking-beyond = ما بعد ذلك
breaking-between = من { $low } إلى { $high }
breaking-middle = { $value }، وهو وسط نطاق

## Tables

assumptions-number = الرقم
assumptions-value = القيمة
assumptions-what = ما هو
assumptions-whose = لمن
assumptions-basis = الأساس
assumptions-source = المصدر
assumptions-note = ملاحظة
assumptions-disputed = مختلف عليه

## The frame

view-first = تُحاكى المسارات الأولى …
view-controls = الضوابط
view-results = النتائج
view-to-results = إلى النتائج
view-undo = تراجع
view-redo = إعادة
view-reset = استعادة الأصل
view-about = { $span }، البذرة { $seed }. هذا سيناريو وليس توقعًا.
view-left-out = لا يُعرض لأنه لا يغيّر شيئًا هنا: { $labels }.
view-count = عدد المسارات: { $trials }؛ والأعداد العشوائية نفسها في كل الأوضاع
view-count-more = عدد المسارات: { $trials }، ويصل إلى { $most } حين تتوقف اليد؛ والأعداد العشوائية نفسها في كل الأوضاع
view-warnings = تنبيهات بشأن هذا الوضع: { $count }
view-refused = الرسوم هي رسوم آخر وضع أمكنت محاكاته.
view-no-answer = لا جواب ({ $why })
view-no-answer-remedy = إن كان البرنامج قد توقف فشغّله من جديد
view-status = الحالة { $status }
view-silence = البرنامج لا يجيب: إما مشغول وإما متوقف. فإن كان متوقفًا فشغّله من جديد.
view-silence-kernel = النواة لا تجيب: إما مشغولة بخلية أخرى وإما متوقفة. فإن كانت متوقفة فشغّل هذه الخلية من جديد.

## Baselines

view-baseline = خط الأساس
view-pin = تثبيت كخط أساس
view-pin-name = اسم ما يُثبَّت
view-name = الاسم
view-setting-number = الوضع { $number }
view-as-written-all = السيناريو كما كُتب
view-go-there = انتقال إليه
view-go-to = انتقال إلى { $name }
view-remove = إزالة
view-remove-it = إزالة { $name }
view-compare = مقارنتها
view-compared = المقارنة
view-beside = مقارنةً بـ { $name }
view-unnamed-baseline = خط الأساس
view-the-brief = موجز صاحب الصفحة
view-this-setting = هذا الوضع

## Controls

view-decided = ما تقرره الخطة
view-unknown = ما لا يعرفه أحد
view-from-where = من أين يأتي
view-from-where-of = من أين يأتي { $label }
view-scenario-says = يقول السيناريو
view-what-it-is = ما هو
view-source = المصدر
view-rests-on = يستند إلى
view-note = ملاحظة
view-key = المفتاح
view-as-written = كما كُتب
view-as-written-of = { $label }: كما كُتب
view-field-in = ‏{ $label } ({ $unit })
view-sampled = نطاق تُسحب منه عينات
view-held = مثبّت
view-days = أيام
view-in-days = { $value } (بالأيام)
view-on = نعم
view-off = لا

## Tabs

view-tab-schedule = الجدول الزمني
view-tab-losses = الخسائر
view-tab-decisions = القرارات
view-tab-breaking = ماذا لو كان خطأ؟
view-tab-assumptions = الافتراضات
view-tab-history = مسار واحد

## Schedule

view-people = الأفراد في المواقع، بالأسبوع
view-in-the-middle = في المسار الأوسط
view-band = ثمانية مسارات من عشرة
view-announced = المعلن
view-announced-on = المعلن { $date }
view-the-baseline = خط الأساس
view-this = هذا الوضع
view-interval = مجال الثقة ‎95 %‎
view-finish = متى ينتهي كل شيء
view-finish-note = احتمال أن ينتهي كل شيء بنهاية كل يوم.
view-site-by-site = كل موقع على حدة
view-dates = المواعيد
view-no-finish = لا يغادر أحد وفق هذه الخطة: فليس لها نهاية.
view-people-label = { $place }: الأفراد في المواقع بالأسبوع، من { $first } في البداية إلى { $last } في النهاية في المسار الأوسط؛ { $verdict }
view-finish-label = احتمال أن ينتهي كل شيء بحلول كل موعد؛ { $verdict }

## Losses

view-apart = ما يضيفه هذا الوضع وما ينقصه
view-apart-note = قياسًا إلى خط الأساس، في المسارات نفسها، كنسبة مما يتوقعه خط الأساس؛ والخط هو مجال الثقة ‎95 %‎، والنقطة مجوفة حيث لا يتميز الفرق عن الصفر.
view-apart-none = هذا هو خط الأساس. حرّك شيئًا فيُرسم هنا ما يضيفه وما ينقصه.
view-apart-label = الفروق عن خط الأساس: { $told }
view-apart-one = ‏{ $name } { $more } ({ $ends })
view-as-the-baseline = كخط الأساس
view-bad = إلى أي حد قد يسوء الأمر
view-bad-note = احتمال هذا العدد من الجرحى والقتلى أو أكثر، حتى الأفق.
view-bad-label = احتمال هذا العدد من الجرحى والقتلى أو أكثر
view-no-threats = ليس في السيناريو تهديدات: فلا يصاب أحد.
view-expected = ما هو متوقع
view-unit = الوحدة
view-mean = المتوسط
view-95 = ‎95 %‎
view-more-than = الزيادة على خط الأساس

## Decisions

view-decisions = ما تقرر في الطريق
view-no-decisions = لا تقرر الخطة شيئًا في الطريق: فلا شيء يقال.
view-levers = ما يغيّره كل ضابط انطلاقًا من هنا
view-levers-note = كل ضابط عند طرفي شريطه، وسائر الضوابط في مواضعها.
view-find-out = احسب
view-running = جارٍ الحساب …
view-levers-caption = ما يغيّره كل ضابط
view-control = الضابط
view-at = عند

## What if it is wrong?

view-breaking = ما الذي يجب أن يكون خطأ؟
view-breaking-note = يُحرَّك كل ضابط وحده، وسائر الضوابط في مواضعها، إلى أن تفشل الخطة أو تكفّ عن الفشل. والأقرب يأتي أولًا.
view-fails-if = تفشل الخطة إذا
view-fails-on-time = انتهت في الموعد في أقل من
view-fails-on-time-unit = ‏% من المسارات
view-fails-casualties = كلّفت في المتوسط أكثر من
view-fails-casualties-unit = من القتلى والجرحى
view-level = الحد الذي تفشل دونه أو فوقه ({ $unit })
view-look-again = ابحث من جديد
view-looking = جارٍ البحث: كل ضابط عند عدة قيم …
view-nothing-fails = لا شيء مما يبلغه ضابط واحد بمفرده يجعلها تفشل.
view-nothing-holds = لا شيء مما يبلغه ضابط واحد بمفرده يجعلها تصمد.
view-others = ما لا يغيّر من ذلك شيئًا إذا حُرّك وحده: { $count }
view-breaking-how = عدد المسارات: { $trials }. تُجرَّب أطراف كل ضابط وموضعه الحالي ومنتصف ما بينها، ثم ما بين القيم التي ينقلب عندها الأمر. وقد ينقلب أبكر إذا حُرّك ضابطان معًا.
view-now = الآن
view-fails-at = تفشل عند
view-holds-at = تصمد عند
view-go-to-value = { $label }: انتقال إلى { $value }
view-before = { $said } كان ذلك قبل أن تحرّك شيئًا.

## Assumptions, one history

view-assumptions-note = كل رقم في هذا الوضع، ومن أين يأتي.
view-filter = تصفية
view-filter-label = إظهار الافتراضات التي تحتوي على
view-history-note = ما حدث يومًا بيوم في أحد المسارات. والمسار الواحد مثال، ولا يثبت شيئًا.
view-history-number = رقم المسار
view-earlier = السابق
view-next = التالي
view-story = يومًا بيوم

## Save, share, open

view-along = حفظ ومشاركة وفتح
view-toml = السيناريو (TOML)
view-code = سطور Python
view-json = الوضع (JSON)
view-link = الرابط
view-copy = نص للنسخ
view-back = استرجاع وضع:
view-back-label = نص وضع
view-bring-back = استرجعه
view-open = فتح سيناريو آخر (‎.toml‎ أو ‎.json‎):

## The part of a page that a reader can move

live-title = غيّر رقمًا وانظر ماذا ينتج عنه
live-about =
    يحاكي متصفحك سيناريو هذه الصفحة من جديد: فالملف يحمل النموذج والسيناريو كله بمصادره وملاحظاته،
    ولا يسأل أحدًا غيره. وسائر أرقام الصفحة هي أرقام صاحبها.
live-needs = يحتاج هذا الجزء إلى متصفح فيه نصوص برمجية وWebAssembly؛ وسائر الأجزاء كاملة من دونه.
view-live-checking = يجري التحقق من أن هذا المتصفح يعطي أرقام صاحب الصفحة، حتى آخر بت …
view-live-same = يعطي هذا المتصفح أرقام صاحب الصفحة: حوكيت المسارات من جديد ({ $checked }) وهي نفسها حتى آخر بت.
view-live-differs = لا يعطي هذا المتصفح أرقام صاحب الصفحة، أو أن الملف قد غُيّر: فلا يمكن تحريك الأرقام. اطلب الملف من جديد، أو استخدم متصفحًا آخر.
view-live-broken = لا يعمل النموذج هنا، ولا يمكن تحريك الأرقام؛ وسائر أجزاء الصفحة كاملة ({ $why })
view-live-worker = العملية
view-live-changed = لقد غيّرت هذه الصفحة: { $changes }. أرقام ذلك الجزء أرقامك، وسائر الأرقام لصاحب الصفحة.
view-live-one = ‏{ $label }: { $before } ← { $after }
view-live-title = (معدَّل) { $title }
