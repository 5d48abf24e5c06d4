# Arabic. Not reviewed by a speaker. Marks that nobody sees (U+200E) stand around shares, so that the
# sign stands where it does in the shares that are values; U+200F begins a message that is only values,
# which would go from left to right.

## Lists, days

list-comma = {"، "}
list-semicolon = {"؛ "}
list-and = {" و"}
none = لا شيء
day-in-full = ‏{ $day } { $month } { $year }

## The page

page-scenario-only =
    هذا سيناريو وليس توقعًا: فهو يبيّن ما يترتب على الأرقام المكتوبة فيه، وما لا تسنده بيانات منها
    هو من باب التقدير. وهو يتناول المخاطر الإجمالية.
page-unreviewed = لم يراجع هذه الترجمة متحدث باللغة العربية.
page-in-english = ما يرد هنا بالإنكليزية لم يُترجم بعد؛ أما العناوين والمصادر والملاحظات فهي كما كتبها صاحب السيناريو.
page-warning = ‏{ $path }: { $what }؛ { $remedy }.
page-contents = المحتويات
page-plan = الخطة بالكلمات
page-where-from = من أين تأتي هذه الأرقام
page-folded =
    { $rows ->
        [zero] مطوي: لا صفوف ({ $rows })
        [one] مطوي: صف واحد ({ $rows })
        [two] مطوي: صفان ({ $rows })
        [few] مطوي: { $rows } صفوف
        [many] مطوي: { $rows } صفًا
       *[other] مطوي: { $rows } صف
    }
page-fewer = المقارنات بخطط أخرى، وما تكلّفه الوقفات وما توفّره، والخطر مع الزمن، تقوم حيث تحسبها الصفحة على أول { $few } مسار من أصل { $all }: وقد تختلف الأرقام هناك قليلًا عن أرقامها جميعًا.
page-elsewhere = يتعلق هذا بعالم غير عالم المحاكاة في هذه الصفحة: فهو يختلف في { $keys }. ولا تأخذ قائمة التحقق منه أي جواب.
page-and-more = { $named } و{ $more } غيرها
page-assumptions = الافتراضات: التقدير ومواضع الخلاف
page-disputed = آليات مختلف عليها
page-disputed-some =
    الأدلة بشأن هذه الآليات منقسمة. وما لا يرد في السيناريو معطَّل، باستثناء نصيب القوات
    مما يكبح التمرد.
page-disputed-none = لا يوجد: الأدلة منقسمة بشأن ما تفعله التهديدات وحركات التمرد، وليس في السيناريو أي منها.
disputed-name = المختلف عليه
disputed-here = في هذا السيناريو
disputed-what = ما هو
disputed-off = معطَّل
disputed-on = مفعَّل
disputed-at = ‏{ $places }: { $state }
disputed-what-troops_exponent = كيف يتبع ضغط القوات عددها: (الأفراد / الأفراد في البداية) مرفوعًا إلى الأس.
disputed-what-troops_share = نصيب القوات من الضغط؛ والباقي للدولة المضيفة.
disputed-what-displacement = الإزاحة: من هجمات الخلفية التي يُجنَّبها موقع لأن أفراده أقل من مرجعه، أو لا أحد فيه، النصيب الذي يقع على سائر المواقع المفتوحة للتهديد، بحسب الأوزان.
disputed-what-grievance = هجمات تزداد كلما طال تأخر الجدول الزمني المعلن.
disputed-what-presence_elasticity = مرونة معدل الخلفية في موقع إزاء من فيه من الأفراد: يُضرب المعدل في (الأفراد / المرجع) مرفوعًا إلى المرونة، مع إبقاء النسبة بين 0.1 و2.
disputed-what-retaliation = ضربات ردًا على هجماته.
disputed-what-truce = إمساك عن إطلاق النار ما دام الجدول الزمني المعلن مرعيًا.
disputed-what-deterrence = ما تفعله الضربات بالتهديد: يُضرب معدل الخلفية في الأقل من 3 ومن الدالة الأسية لسالب الردع مضروبًا في الضربات الباقية في الذاكرة.
page-ranges = النطاقات: ما لا يعرفه أحد
page-ranges-some = قيمة واحدة لكل عينة من المعاملات. والمصادر والملاحظات هي ما يورده السيناريو.
page-ranges-none = ليس في السيناريو أي نطاق: يُحاكى كما لو كان كل رقم فيه معروفًا.
page-numbers = أرقام السيناريو
page-numbers-source = المصدر هو مصدر الرقم نفسه، أو مصدر الجدول الذي يرد فيه.
page-unsourced = بلا مصدر
page-sourced = بمصدر
page-sourced-beside = بمصدر، إضافة إلى النطاقات أعلاه
page-in-full = المصادر والملاحظات المختصرة في الجداول، بنصها الكامل
page-defaults = القيم الافتراضية للمكتبة
page-defaults-some =
    القيم الافتراضية التي لها أثر، وما تستند إليه. المكتبة مسؤولة عن هذه القيم وحدها،
    ولا رأي لها في الأرقام التي يوردها السيناريو.
page-defaults-none = لا تُستخدم أي منها.
page-checklist = قائمة التحقق من تحليل مخاطر الجدول الزمني
page-checklist-after =
    وفق أفضل الممارسات رقم 8 في دليل تقييم الجداول الزمنية الصادر عن مكتب مساءلة الحكومة في الولايات المتحدة
    (GAO-16-89G)، وبالأدلة الواردة في هذه الصفحة وحدها.
page-origin = الأصل
page-again =
    لإنتاجها من جديد: { $simulate }،
    ثم { $report }، باستخدام السيناريو الوارد في هذا الملف.
page-scenario = السيناريو
untitled = بلا عنوان

## Origin

origin-this = هذه الصفحة
origin-scenario = السيناريو
origin-seed = البذرة
origin-version = الإصدار
origin-asked = المحاولات المطلوبة
origin-run = المحاولات المنفذة
origin-capped = المحاولات المبتورة (بسبب الحد الأقصى لعدد الهجمات)
origin-refused = العينات المرفوضة التي سُحبت من جديد
origin-samples = عينات المعاملات المشتركة بين المحاولات
origin-samples-of = { $samples } من { $asked } مطلوبة، لكل منها { $each } من المسارات؛ ورُفض { $refused }
origin-line-trials =
    { $trials ->
        [zero] لا محاولات ({ $trials })
        [one] محاولة واحدة ({ $trials })
        [two] محاولتان ({ $trials })
        [few] { $trials } محاولات
       *[many] { $trials } محاولة
        [other] { $trials } محاولة
    }
origin-line-points =
    { $trials ->
        [zero] لا محاولات عند كل نقطة ({ $trials })
        [one] محاولة واحدة عند كل نقطة ({ $trials })
        [two] محاولتان عند كل نقطة ({ $trials })
        [few] { $trials } محاولات عند كل نقطة
        [many] { $trials } محاولة عند كل نقطة
       *[other] { $trials } محاولة عند كل نقطة
    }
origin-line-stopped = توقفت بعد { $trials } من أصل { $asked } من المحاولات
origin-line-shard = { $trials } (جزء، من الرقم { $first } إلى الرقم { $last })
origin-line-capped = منها { $trials } بُترت بسبب الحد الأقصى لعدد الهجمات
origin-line-samples =
    { $refused ->
        [0] العينات: { $samples } ({ $design })
       *[other] العينات: { $samples } ({ $design }، ورُفض غيرها { $refused })
    }
origin-line-reduced = تباين مخفّض: متوسطات من 16 تكرارًا
origin-line-policy = السياسة { $policies }
origin-line-seed = البذرة { $seed }
origin-line-scenario = السيناريو { $hash }

## Names: sites, phases, plans, measures, units

all-phases = كل المراحل
all-sites = كل المواقع
this-plan = هذه الخطة
stay = البقاء
end-of-last-phase = نهاية المرحلة الأخيرة

named-finish_days = نهاية المرحلة الأخيرة (بالأيام)
named-slip_days = تأخر المرحلة الأخيرة (بالأيام)
named-pause_days = أيام التوقف
named-insurgent_strength = التمرد عند الأفق (نسبة)
measure-cost-in = الكلفة ({ $unit })

measure-attacks = الهجمات
measure-intercepted = الهجمات المعترَضة
measure-wounded = الجرحى
measure-killed = القتلى
measure-casualties = القتلى والجرحى
measure-worst_attack = أسوأ هجوم
measure-worst_attack_wounded = جرحى أسوأ هجوم
measure-worst_attack_killed = قتلى أسوأ هجوم
measure-attacks_on_the_way = الهجمات أثناء الانسحاب
measure-wounded_on_the_way = الجرحى أثناء الانسحاب
measure-killed_on_the_way = القتلى أثناء الانسحاب
measure-people_left = الأفراد الباقون
measure-finish_days = النهاية (بالأيام)
measure-slip_days = التأخر (بالأيام)
measure-pauses = التوقفات
measure-pause_days = أيام التوقف
measure-extension_days = أيام التمديد
measure-forced_resumptions = حالات الاستئناف القسري
measure-stretch_days = أيام الإطالة
measure-reinforcements = التعزيزات
measure-people_moved = الأفراد المنقولون
measure-materiel_moved = العتاد المنقول
measure-materiel_handed_over = العتاد المسلَّم
measure-materiel_destroyed = العتاد المدمَّر
measure-materiel_left = العتاد المتروك
measure-strikes = الضربات
measure-expelled = الطرد
measure-expelled_days = الطرد (بالأيام)
measure-insurgent_strength = قوة التمرد
measure-peak_insurgent_strength = ذروة قوة التمرد
measure-incidents = الحوادث
measure-host_wounded = جرحى الدولة المضيفة
measure-host_killed = قتلى الدولة المضيفة
measure-civilian_wounded = الجرحى المدنيون
measure-civilian_killed = القتلى المدنيون
measure-shocks = الصدمات
measure-reentry = العودة
measure-reentry_days = العودة (بالأيام)
measure-people_back = الأفراد العائدون
measure-barrages = الرشقات الكبرى
measure-barrages_unmet = الرشقات الكبرى التي لم تُواجَه
measure-cost = الكلفة
measure-person_days = أيام الأفراد
measure-capped = المحاولات المبتورة
measure-rejected_draws = العينات المرفوضة

unit-attacks = هجوم
unit-people = فرد
unit-days = يوم
unit-pauses = توقف
unit-tonnes = طن
unit-strikes = ضربة
unit-trials = محاولة
unit-share = نسبة
unit-incidents = حادث
unit-shocks = صدمة
unit-barrages = رشقة كبرى
unit-cost = كلفة
unit-person-days = فرد-يوم
unit-draws = عينة

## Dates

dates-title = متى يخلو كل موقع، وبأي درجة من اليقين؟
dates-title-nobody = من يوجد وأين؟
dates-nobody = لا يغادر أحد في هذه الخطة: فليس فيها مراحل.
dates-last = تنتهي المرحلة الأخيرة في الموعد المعلن، { $day }، أو قبله في { $chance } من المسارات (مجال الثقة ‎95 %‎: من { $low } إلى { $high })؛ و{ $sure }، و{ $surer }.
dates-expelled = وفي { $share } من المسارات تطلب الدولة المضيفة من القوات المغادرة؛ والخطة التي تقطعها مهلة الإنذار تُعدّ منتهية بانتهاء تلك المهلة.
sure-by = بحلول { $day } في { $share }
sure-never = قبل الأفق في أقل من { $share }
schedule-caption = الأفراد في كل موقع: الوسيط، ومن P10 إلى P90، والجدول الزمني المعلن (خط متقطع).
schedule-alt = منحنيات الأفراد في كل موقع عبر الزمن مقابل الجدول الزمني المعلن.
schedule-alt-table = التواريخ التي تخلو فيها المواقع واردة في الجدول أعلاه.
schedule-figure = الأفراد في كل موقع
schedule-figure-legs = الأفراد في كل موقع وعلى كل طريق
schedule-apart = لكل موقع مقياسه
finish-caption = بأي درجة من اليقين تنتهي كل مرحلة بحلول تاريخ ما؛ النقاط: التواريخ المعلنة.
finish-alt = منحنيات تراكمية لنهاية كل مرحلة.
finish-figure = متى ينتهي الانسحاب
axis-people = الأفراد
axis-done = احتمال الانتهاء بحلول التاريخ
axis-date = التاريخ
curve-announced = المعلن
curve-band = من P10 إلى P90
curve-median = الوسيط
curve-phase = { $phase }: { $chance } بحلول { $day }، كما أُعلن
curve-finishes = نهايات المراحل المعلنة
mark-announced = { $phase } (معلن)
mark-grey = باللون الرمادي، من { $first } إلى { $last }
mark-dotted = خط منقط، { $day }

table-finish-of = نهاية
table-announced = المعلن
table-met = الالتزام %
table-slip = التأخر بالأيام
table-unfinished = غير منتهٍ %
table-left = الباقون
table-reached = خسائر يُبلغ قدرها
table-reached-aggregate = { $level } أو أكثر في المجموع
table-reached-occurrence = { $level } أو أكثر في هجوم واحد
table-chance = الاحتمال (فاصل 95 %)
finish-of-overall = الإجمال { $id }
finish-of-phase = المرحلة { $id }
finish-of-site = الموقع { $id }
finish-of-contingent = القوة الوطنية { $id }

## Losses

losses-title = ما الخسائر في الطريق، وإلى أي حد قد يسوء الأمر؟
losses-title-costs = كم يكلّف ذلك؟
losses-title-none = ما الذي ينتج عنه؟
losses-mean = حتى الأفق، { $horizon }: في المتوسط { $measures }.
losses-none = لا يهاجم أحد في هذا السيناريو، وليست له تكاليف.
losses-worst = في أسوأ جزء من عشرين من المسارات يبلغ عدد القتلى والجرحى { $mean } في المتوسط.
losses-attacks = الهجمات: { $mean } (من P10 إلى P90: من { $p10 } إلى { $p90 })
losses-casualties = القتلى والجرحى: { $mean } (من P10 إلى P90: من { $p10 } إلى { $p90 })
losses-killed = القتلى: { $mean } (من P10 إلى P90: من { $p10 } إلى { $p90 })
losses-cost = الكلفة: { $mean } (من P10 إلى P90: من { $p10 } إلى { $p90 })
losses-cost-in = الكلفة: { $mean } { $unit } (من P10 إلى P90: من { $p10 } إلى { $p90 })
attacks-caption = الهجمات والجرحى والقتلى حتى حينه: الوسيط، ومن P10 إلى P90.
attacks-alt = منحنيات تصعد مع الزمن.
attacks-figure = الهجمات والخسائر البشرية
attacks-upto = مرسوم حتى { $day }
attacks-so-far = الهجمات حتى حينه
wounded-so-far = الجرحى حتى حينه
killed-so-far = القتلى حتى حينه
exceedance-caption = إلى أي حد قد يسوء الأمر: احتمال هذا العدد أو أكثر؛ الأشرطة: مجالات ثقة ‎95 %‎.
exceedance-alt = منحنيات هابطة لاحتمال هذا العدد من القتلى والجرحى أو أكثر.
exceedance-figure = إلى أي حد قد يسوء الأمر
exceedance-killed = القتلى حتى الأفق
exceedance-wounded = الجرحى حتى الأفق
exceedance-casualties = أسوأ هجوم منفرد
axis-killed-or-more = قتلى، أو أكثر
axis-wounded-or-more = جرحى، أو أكثر
axis-casualties-or-more = جرحى أو قتلى، أو أكثر
axis-exceedance = احتمال التجاوز
worst-trial = أسوأ محاولة من كل { $trials }:
worst-threshold = { $threshold } أو أكثر،
worst-mean = { $mean } في المتوسط
worst-nobody = لا أحد في أي محاولة

table-until = حتى { $horizon }
table-unit = الوحدة
table-mean = المتوسط
table-missing = المفقود
notes-dates =
    الالتزام: الانتهاء في اليوم المعلن أو قبله؛ التأخر: متوسط المحاولات التي تنتهي؛
    غير منتهٍ، { $none }: لم ينته قبل الأفق، { $horizon }؛
    الباقون: من لا يزالون هناك حينئذ، في المتوسط (بقية، أو من لا ينقلهم أحد)؛
notes-error = ±: الخطأ المعياري
notes-on-the-way = أثناء الانسحاب: حتى نهاية المرحلة الأخيرة؛ { $error }
notes-unseen = قيمته 0 أو مفقود في كل محاولة، ولا يُعرض: { $names }
notes-capped =
    مبتورة: { $capped } من أصل { $trials } من المحاولات بلغت مليون هجوم، أو مليوني حدث،
    وانتهت عند ذلك: وما كانت ستؤول إليه ليس في هذه الأرقام

## Breathing room

held-title = كم يُستخدم من مهلة التقاط الأنفاس؟
held-share =
    { $days ->
        [one] تتوقف الحركة في { $share } من المسارات، لمدة يوم واحد ({ $days }) في المتوسط على الكل؛ وتنفد المهلة المسموح بها في { $spent }.
        [two] تتوقف الحركة في { $share } من المسارات، لمدة يومين ({ $days }) في المتوسط على الكل؛ وتنفد المهلة المسموح بها في { $spent }.
        [few] تتوقف الحركة في { $share } من المسارات، لمدة { $days } أيام في المتوسط على الكل؛ وتنفد المهلة المسموح بها في { $spent }.
        [many] تتوقف الحركة في { $share } من المسارات، لمدة { $days } يومًا في المتوسط على الكل؛ وتنفد المهلة المسموح بها في { $spent }.
       *[other] تتوقف الحركة في { $share } من المسارات، لمدة { $days } يوم في المتوسط على الكل؛ وتنفد المهلة المسموح بها في { $spent }.
    }
held-caption = مدة توقف الحركة، وعدد المرات التي نفدت فيها مهلة التقاط الأنفاس.
held-alt = أعمدة الأيام التي توقفت فيها الحركة.
held-figure = مهلة التقاط الأنفاس المستخدمة
held-allowed =
    { $days ->
        [zero] الأيام المسموح بها: { $days }
        [one] يوم واحد مسموح به ({ $days })
        [two] يومان مسموح بهما ({ $days })
        [few] { $days } أيام مسموح بها
        [many] { $days } يومًا مسموحًا بها
       *[other] { $days } يوم مسموح بها
    }
held-spent = نفدت المهلة
held-ended = القاعدة أنهت كل توقف
held-at-all = توقفت الحركة
held-never = بلا توقف
axis-held = الأيام التي توقفت فيها الحركة
axis-share = نسبة المحاولات
share-of-trials = { $what }: { $share } من المحاولات

## A date and a ceiling

joint-title = التاريخ والخسائر معًا
joint-kept = يُلتزم بالتاريخ المعلن للمرحلة الأخيرة، { $day }، في { $timely } من المسارات، ولا يتجاوز عدد القتلى والجرحى { $most } (وهو P80 له) في { $below }، ويتحقق الأمران معًا في { $both }.
joint-promise = الوعد بكليهما الذي يُوفى به في { $share } من المسارات يقع على المنحنى المتصل.
joint-caption = نقطة لكل مسار؛ وعلى المنحنى الواحد يُلتزم بالتاريخ والسقف معًا بدرجة اليقين نفسها.
joint-alt = سحابة نقاط لتواريخ الانتهاء والخسائر.
joint-figure = التاريخ و{ $measure } معًا
joint-dots = النقاط: أول { $dots } من المحاولات التي تنتهي
joint-both = الالتزام بكليهما في { $share } من المحاولات
joint-never = { $never } من أصل { $trials } من المحاولات لا تنتهي أبدًا: متأخرة، وبلا نقطة
joint-end = نهاية { $whose }
joint-timely-below = في الموعد، دون السقف: { $share }
joint-timely-above = في الموعد، فوق السقف: { $share }
joint-late-below = متأخر، دون السقف: { $share }
joint-late-above = متأخر، فوق السقف: { $share }
axis-upto = { $unit } حتى الأفق

## Compared with other plans

interval = { $value } (من { $low } إلى { $high })
compared-title = مقارنة الخطط
compared-title-stay = مقارنة بالبقاء
compared-how =
    { $staying ->
        [yes] كل خطة ناقص «{ $base }»، مسارًا بمسار وبأرقام عشوائية مشتركة، فيكون الفرق ناتجًا عن الخطة. وبين قوسين: مجالات ثقة ‎95 %‎. والبقاء خطة لا يغادر فيها أحد: فليست لها نهاية.
       *[no] كل خطة ناقص «{ $base }»، مسارًا بمسار وبأرقام عشوائية مشتركة، فيكون الفرق ناتجًا عن الخطة. وبين قوسين: مجالات ثقة ‎95 %‎.
    }
compared-beside = ويعرض الجدول الثاني بالطريقة نفسها كل خطة ناقص «{ $base }».
compared-found =
    { $staying ->
        [yes] في «{ $plan }» { $parts } مقارنة بعدم مغادرة أحد، حتى الأفق
       *[no] في «{ $plan }» { $parts } مقارنة بـ«{ $base }»، حتى الأفق
    }
differ-casualties =
    { $verdict ->
        [fewer] يقل عدد القتلى والجرحى بمقدار { $size } (من { $low } إلى { $high })
        [more] يزيد عدد القتلى والجرحى بمقدار { $size } (من { $low } إلى { $high })
        [unsure] لا يُجزم بأن عدد القتلى والجرحى أقل أو أكثر ({ $size }، من { $low } إلى { $high })
       *[unknown] لا يُجزم بأن عدد القتلى والجرحى أقل أو أكثر ({ $size })
    }
differ-cost =
    { $verdict ->
        [fewer] تقل الكلفة بمقدار { $size } (من { $low } إلى { $high }) { $unit }
        [more] تزيد الكلفة بمقدار { $size } (من { $low } إلى { $high }) { $unit }
        [unsure] لا يُجزم بأن الكلفة أقل أو أكثر ({ $size }، من { $low } إلى { $high } { $unit })
       *[unknown] لا يُجزم بأن الكلفة أقل أو أكثر ({ $size } { $unit })
    }
compared-until = حتى الأفق
compared-mean = { $plan }، المتوسط
compared-difference = { $plan }، الفرق
compared-caption = الفروق عن «{ $base }»، المتوسطات ومجالات ثقة ‎95 %‎.
compared-alt = مجالات الفروق عن { $base }. { $found }.
differences-figure = الفروق عن «{ $base }» بأرقام عشوائية مشتركة
difference-marked = { $mean } (من { $low } إلى { $high })؛ أقل في { $lower }، وأكثر في { $higher } من المحاولات
difference-never = لا يتحقق في كلتيهما؛ أقل في { $lower }، وأكثر في { $higher } من المحاولات
axis-difference = الفرق ({ $unit })، المتوسط ومجال ثقة ‎95 %‎
plans-figure = الخطط جنبًا إلى جنب
plans-marks = الخط: من P10 إلى P90؛ النقطة: الوسيط؛ العلامة ×: المتوسط؛ المتقطع: كما أُعلن
plans-left-out = غير مرسوم: { $plans }
not-before = ليس قبل { $horizon }
not-before-in = ليس قبل الأفق في { $share } من المحاولات
nobody-leaves = لا يغادر أحد

## What a pause costs

price-title = كلفة التوقف، وما يجنّبه
price-title-money = كلفة التوقف بالمال
price-points = النقاط: { $points }
price-points-inside = { $points } ضمن المواعيد
price-points-beyond = { $points } بعد المواعيد
price-no-difference = لا يغيّر عدد الأيام المسموح بها شيئًا في أي مسار.
price-no-finish = لا يُعرف ما تؤخّره الوقفة: لا ينتهي أي مسار قبل الأفق. اختر `horizon` أبعد.
price-how =
    { $units ->
        [both] كل مهلة مقارنة بالأولى في منحناها، مسارًا بمسار وبأرقام عشوائية مشتركة. الخسائر أفراد (قتلى وجرحى)؛ وعودة النمو بأجزاء المئة من القوة الكاملة للتمرد عند الأفق. ولا ثمن إلا حيث يُجنَّب شيء على وجه اليقين.
        [regrowth] كل مهلة مقارنة بالأولى في منحناها، مسارًا بمسار وبأرقام عشوائية مشتركة. عودة النمو بأجزاء المئة من القوة الكاملة للتمرد عند الأفق. ولا ثمن إلا حيث يُجنَّب شيء على وجه اليقين.
       *[casualties] كل مهلة مقارنة بالأولى في منحناها، مسارًا بمسار وبأرقام عشوائية مشتركة. الخسائر أفراد (قتلى وجرحى). ولا ثمن إلا حيث يُجنَّب شيء على وجه اليقين.
    }
price-allowance = المهلة المسموح بها
price-delay = التأخير بالأيام
price-avoided = المجنَّب
price-each = أيام التأخير لكل وحدة مجنَّبة
price-more-cost = الكلفة الإضافية، { $unit }
price-each-in = { $unit } لكل وحدة مجنَّبة
price-row-inside =
    { $days ->
        [one] يوم واحد ({ $days }) ضمن المواعيد: { $saved }
        [two] يومان ({ $days }) ضمن المواعيد: { $saved }
        [few] { $days } أيام ضمن المواعيد: { $saved }
        [many] { $days } يومًا ضمن المواعيد: { $saved }
       *[other] { $days } يوم ضمن المواعيد: { $saved }
    }
price-row-beyond =
    { $days ->
        [one] يوم واحد ({ $days }) بعد المواعيد: { $saved }
        [two] يومان ({ $days }) بعد المواعيد: { $saved }
        [few] { $days } أيام بعد المواعيد: { $saved }
        [many] { $days } يومًا بعد المواعيد: { $saved }
       *[other] { $days } يوم بعد المواعيد: { $saved }
    }
saved-casualties = القتلى والجرحى
saved-regrowth = عودة نمو التمرد
verdict-costs = لا ثمن: العدد أكثر، لا أقل
verdict-open = غير محسوم: لا يتميز عن الصفر
verdict-same = لا ثمن: لا فرق في شيء
verdict-no-finish = لا ثمن: لا نهاية للمقارنة
price-allowed-inside =
    { $days ->
        [one] السماح بالتوقف يومًا واحدًا ({ $days }) ضمن المواعيد
        [two] السماح بالتوقف يومين ({ $days }) ضمن المواعيد
        [few] السماح بالتوقف { $days } أيام ضمن المواعيد
        [many] السماح بالتوقف { $days } يومًا ضمن المواعيد
       *[other] السماح بالتوقف { $days } يوم ضمن المواعيد
    }
price-allowed-beyond =
    { $days ->
        [one] السماح بالتوقف يومًا واحدًا ({ $days }) بعد المواعيد
        [two] السماح بالتوقف يومين ({ $days }) بعد المواعيد
        [few] السماح بالتوقف { $days } أيام بعد المواعيد
        [many] السماح بالتوقف { $days } يومًا بعد المواعيد
       *[other] السماح بالتوقف { $days } يوم بعد المواعيد
    }
price-found = { $allowed } يؤخر النهاية بالأيام { $delay }، و{ $harm }
price-paid =
    { $verdict ->
        [fewer] { $allowed } يخفض الكلفة بمقدار { $size } (من { $low } إلى { $high }) { $unit }
        [more] { $allowed } يزيد الكلفة بمقدار { $size } (من { $low } إلى { $high }) { $unit }
        [unsure] { $allowed } لا يُجزم بأنه يخفض الكلفة أو يزيدها ({ $size }، من { $low } إلى { $high } { $unit })
       *[unknown] { $allowed } لا يُجزم بأنه يخفض الكلفة أو يزيدها ({ $size } { $unit })
    }
price-harm-casualties =
    { $verdict ->
        [fewer] يقل عدد القتلى والجرحى بمقدار { $size } (من { $low } إلى { $high }) عما هو بدونه
        [more] يزيد عدد القتلى والجرحى بمقدار { $size } (من { $low } إلى { $high }) عما هو بدونه
        [unsure] لا يُجزم بأن عدد القتلى والجرحى أقل أو أكثر ({ $size }، من { $low } إلى { $high }) مما هو بدونه
       *[unknown] لا يُجزم بأن عدد القتلى والجرحى أقل أو أكثر ({ $size }) مما هو بدونه
    }
price-harm-regrowth =
    { $verdict ->
        [fewer] تقل عودة نمو التمرد بمقدار { $size } (من { $low } إلى { $high }) من أجزاء المئة عما هي بدونه
        [more] تزيد عودة نمو التمرد بمقدار { $size } (من { $low } إلى { $high }) من أجزاء المئة عما هي بدونه
        [unsure] لا يُجزم بأن عودة نمو التمرد أقل أو أكثر ({ $size }، من { $low } إلى { $high } من أجزاء المئة) مما هي بدونه
       *[unknown] لا يُجزم بأن عودة نمو التمرد أقل أو أكثر ({ $size } من أجزاء المئة) مما هي بدونه
    }
price-caption = التأخير، وما يُجنَّب ({ $saved })، بحسب الأيام المسموح بها.
price-caption-money = الكلفة الإضافية، وما يُجنَّب ({ $saved })، بحسب الأيام المسموح بها.
price-alt = منحنيات بحسب المهلة المسموح بها. { $found }.
price-figure = كلفة التوقفات وما تجنّبه
price-marks = المتوسطات ومجالات ثقة ‎95 %‎، ناقص النقطة الأولى، بأرقام عشوائية مشتركة
price-of-delay = تأخير النهاية
price-of-cost = الكلفة الإضافية
price-saved = المجنَّب: { $saved }
axis-saved-casualties = الأفراد
axis-saved-regrowth = أجزاء المئة من القوة الكاملة
axis-price-inside =
    أيام التوقف المسموح بها،
    ضمن المواعيد
axis-price-beyond =
    أيام التمديد المسموح بها،
    بعد المواعيد
price-each-casualties = { $price } { $unit } لكل قتيل أو جريح (من { $low } إلى { $high })
price-each-regrowth = { $price } { $unit } لكل نقطة (من { $low } إلى { $high })
unpriced-costs = لا ثمن: لا يُجنَّب شيء، بل العدد أكثر
unpriced-open = لا ثمن: لا يتميز عن 0
unpriced-same = لا ثمن: لا فرق في شيء
unpriced-no-finish = لا ثمن: لا يغادر أحد، أو ليس قبل الأفق

## The worst point

risk-title = أسوأ لحظات الانسحاب
risk-how = يُقاس الخطر بعدد { $measure } لكل 1,000 فرد موجود مدة سنة، على فترات زمنية، محسوبًا من أحداث مؤرخة. وبين قوسين: مجالات ثقة ‎95 %‎ (بطريقة إعادة المعاينة على المسارات)؛ وأعلى القيم المشوشة مرتفع قليلًا عن حقيقته.
risk-of-casualties = القتلى والجرحى
risk-of-wounded = الجرحى
risk-of-killed = القتلى
risk-of-attacks = الهجمات
risk-site = الموقع
risk-stretch = بداية أسوأ فترة
risk-between = يقينًا بين
risk-value = الخطر خلالها
risk-times = أضعاف متوسط الموقع
risk-span = من { $first } إلى { $last }
risk-highest =
    { $begins ->
        [yes] الخطر على الفرد في ذروته في { $site }، في الفترة التي تبدأ في { $month }: { $value } من { $measure } لكل 1,000 فرد في السنة، أي { $times } من أضعاف متوسط ذلك الموقع؛ ولا مكان آخر بهذا السوء في { $share } من العينات المعادة
       *[no] الخطر على الفرد في ذروته في { $site }، في الفترة التي تبدأ في { $month }: { $value } من { $measure } لكل 1,000 فرد في السنة، أي { $times } من أضعاف متوسط ذلك الموقع؛ ولا مكان آخر بهذا السوء في { $share } من العينات المعادة
    }
risk-caption = الخطر على الفرد عبر الزمن، مع الأفراد الباقين (بالرمادي).
risk-alt = درجات الخطر عبر الزمن في كل موقع. { $found }.
risk-nothing = لا يصيب أحدًا شيء
risk-not-done = لم يُنجز: { $why }.
risk-events =
    { $trials ->
        [zero] أحداث بلا محاولات ({ $trials })
        [one] أحداث محاولة واحدة ({ $trials })
        [two] أحداث محاولتين ({ $trials })
        [few] أحداث { $trials } محاولات
        [many] أحداث { $trials } محاولة
       *[other] أحداث { $trials } محاولة
    }
risk-figure = الخطر على الفرد: { $measure } لكل 1,000 فرد في السنة
risk-marks = الرمادي: الأفراد (إلى اليمين)
risk-peak = { $value } ابتداء من { $month }
risk-peak-between = (الأسوأ بين { $first } و{ $last })
risk-peak-in = (الأسوأ في { $month })
axis-risk = لكل 1,000 فرد في السنة

## What drives it

ranks-title = أي الأرقام غير المؤكدة تتغير مع النتائج؟
ranks-how = ارتباطات الرتب على كل المسارات (سبيرمان). وما يقل حجمه عن { $noise } تقريبًا هو ضجيج.
driven-finish_days = نهاية المرحلة الأخيرة
driven-attacks = الهجمات
driven-casualties = القتلى والجرحى
driven-cost = الكلفة
levels-title = اللايقين المعرفي واللايقين العشوائي
levels-how = الحصة المعرفية من التباين هي ما تزيله معرفة أفضل؛ والباقي عشوائي، أي من فعل الصدفة. والحصة التي تقل قليلًا عن 0 هي ضجيج حول 0.
levels-measure = المقياس
levels-share = الحصة المعرفية
levels-error = الخطأ المعياري

## Assumptions

assumed-range = النطاق
assumed-number = الرقم
assumed-default = القيمة الافتراضية
assumed-in-full = النص الكامل
assumed-value = القيمة
assumed-basis = السند
assumed-source = المصدر
assumed-note = ملاحظة
assumed-believed = المعتقد
assumed-drawn = المسحوب P10
assumed-disputed = { $value } (مختلف عليه)
assumed-of-library = قيمة افتراضية للمكتبة: { $basis }
assumed-no-source = بلا مصدر
assumed-of-table = السيناريو، عن جدوله: { $said }
assumed-none-sourced =
    { $stated ->
        [one] يورد السيناريو رقمًا أو تاريخًا واحدًا ({ $stated })، بلا مصدر.
        [two] يورد السيناريو رقمين أو تاريخين ({ $stated })، بلا مصدر.
        [few] يورد السيناريو { $stated } أرقام وتواريخ، وليس لأي منها مصدر.
        [many] يورد السيناريو { $stated } رقمًا وتاريخًا، وليس لأي منها مصدر.
       *[other] يورد السيناريو { $stated } رقم وتاريخ، وليس لأي منها مصدر.
    }
assumed-all-sourced =
    { $stated ->
        [one] للرقم أو التاريخ الواحد ({ $stated }) الذي يورده السيناريو مصدر
        [two] للرقمين أو التاريخين ({ $stated }) اللذين يوردهما السيناريو مصدر
        [few] لكل ما يورده السيناريو، وهو { $stated } أرقام وتواريخ، مصدر
        [many] لكل ما يورده السيناريو، وهو { $stated } رقمًا وتاريخًا، مصدر
       *[other] لكل ما يورده السيناريو، وهو { $stated } رقم وتاريخ، مصدر
    }
assumed-some-sourced = من أصل { $stated } من الأرقام والتواريخ التي يوردها السيناريو، لـ{ $told } منها مصدر
assumed-judged = { $some }، وهو تقدير في { $judged } منها.

## Checklist

checklist-asked = المطلوب
checklist-evidence = الدليل، أو سبب غيابه
answered-whole = مُجاب
answered-part = جزئيًا
answered-none = لم يُنجز
asked-date = ما احتمال الالتزام بالموعد
asked-contingency = الوقت اللازم بعد الموعد لدرجة يقين مختارة
asked-delay_risks = المخاطر الأرجح أن تسبب التأخير
asked-delay_paths = المراحل الأرجح أن تسبب التأخير
asked-three_values = قيم متفائلة ومرجحة ومتشائمة مدونة
asked-correlation = نمذجة ارتباط المدد
asked-ranked_risks = ترتيب المخاطر بحسب الاحتمال والحجم
asked-register = استخدام سجل المخاطر مدخلًا
asked-documented = توثيق البيانات والمنهج
asked-critical = الأنشطة الحرجة في أغلب الأحيان
asked-bias = فحص المدخلات بحثًا عن التحيز
asked-held = احتياطي مستمد من التحليل، وبيد المدير
asked-repeated = إعادة التحليل مع تغير الخطة
missing-date = لا تعلن الخطة أي تاريخ
missing-contingency = لا تعلن الخطة أي تاريخ
missing-delay_risks = يبيّن `dd.explain` أثر كل آلية في النهاية: قدّمه مع `also`
missing-delay_paths = ليس في الخطة مراحل
missing-three_values = ليس في السيناريو نطاقات ولا قوانين احتمال للمدد: اكتب نطاقات
missing-correlation = مدد المراحل مستقلة هنا: يضبط ذلك `plan.duration_correlation`
missing-ranked_risks = يرتب `dd.explain` الآليات بحسب أثرها: قدّمه مع `also`
missing-register = ليس في السيناريو تهديدات ولا أحداث مؤرخة ولا بوابات ولا قوى وطنية قد تغادر
missing-documented = مُجاب دائمًا
missing-critical = لا تبيّن هذه المحاكاة أي مرحلة حسمت نهاية كل مسار: يبيّن ذلك `dd.criticality`، قدّمه مع `also`
missing-bias = لا تستطيع أي محاكاة أن تعرف هل تميل نطاقاتها إلى جانب: يجب أن ينظر فيها غير واضعيها؛ وفي الوثائق حالات سابقة مقارنة بالسجل
missing-held = لم تُشتق المهلة المسموح بها في الخطة: يشتقها `dd.minimum_allowance`، قدّمه مع `also`؛ أما من يملكها فليس للمحاكاة أن تقوله
missing-repeated = هذه محاكاة واحدة: حاكِ الخطة المعدلة بالبذرة نفسها وقدّم `dd.compare`

answer-date = { $name } بحلول { $day }: { $chance } (مجال الثقة ‎95 %‎: من { $low } إلى { $high })
answer-delay-paths = متوسط تأخر كل مرحلة، تأخراتها وتأخرات ما تنتظره: { $slips }
answer-slip = ‏{ $name } { $slip }
slip-days =
    { $days ->
        [one] يوم واحد ({ $days })
        [two] يومان ({ $days })
        [few] { $days } أيام
        [many] { $days } يومًا
       *[other] { $days } يوم
    }
slip-never = لا تنتهي أبدًا قبل الأفق
slip-unfinished = { $late } (لم تنته في { $share })
beyond-days =
    { $days ->
        [one] { $name }: يوم واحد ({ $days }) لـ{ $share } من المسارات ({ $day })
        [two] { $name }: يومان ({ $days }) لـ{ $share } من المسارات ({ $day })
        [few] { $name }: { $days } أيام لـ{ $share } من المسارات ({ $day })
        [many] { $name }: { $days } يومًا لـ{ $share } من المسارات ({ $day })
       *[other] { $name }: { $days } يوم لـ{ $share } من المسارات ({ $day })
    }
beyond-never = { $name }: تنتهي قبل الأفق في أقل من ‎80 %‎ من المسارات
answer-ranges =
    { $ranges ->
        [one] نطاق واحد ({ $ranges })، مذكور أعلاه
        [two] نطاقان ({ $ranges })، مذكوران أعلاه
        [few] { $ranges } نطاقات، مذكورة أعلاه
        [many] { $ranges } نطاقًا، مذكورة أعلاه
       *[other] { $ranges } نطاق، مذكورة أعلاه
    }
answer-no-ranges = بلا نطاقات
answer-laws = { $ranges }؛ المدد المعطاة بقوانين احتمال: { $laws }
answer-correlation = عامل مشترك واحد لكل المراحل، معامل الارتباط { $value }
answer-ranks = النطاقات الأكثر ارتباطًا به بحسب الرتبة: { $ranges }
answer-register = السيناريو هو السجل، وفيه معدل أو احتمال وحجم لكل بند: { $listed }
register-risks = المخاطر: { $ids }
register-threats = التهديدات: { $ids }
register-calendar = الأحداث المؤرخة: { $ids }
register-gates = البوابات: { $ids }
register-contingents = القوى الوطنية التي قد تغادر: { $ids }
answer-documented = السيناريو { $hash } والبذرة { $seed } والإصدار { $version } تعطي هذه الأرقام من جديد؛ وما يستند إليه كل رقم مذكور أعلاه: { $rests }
answer-held = تسمح الخطة بعدد من أيام التوقف: { $pause } ضمن المواعيد، و{ $extension } بعدها؛ القواعد التي تستخدمها: { $rules }
answer-compared = الخطط المقارنة: { $plans }
