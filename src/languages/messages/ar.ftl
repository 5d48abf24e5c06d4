# Arabic. Not reviewed by a speaker. Days are in the genitive, as after what they follow. A mark that
# nobody sees (U+200F) begins a message that is only values, which would go from left to right.

## Lists, sentences, names, numbers

list-comma = {"،\u200F "}
list-semicolon = {"؛\u200F "}
list-and = {" و"}
list-or = {" أو "}
list-then = {"، ثم "}
sentence = ‏{ $text }.
goes-on = ‏{ $text }؛
named = ‏{ $id } ({ $title })
valued = ‏{ $id } { $value }
people-of = { $people } من القوة الوطنية { $contingent }
days =
    { $number ->
        [zero] { $number } يوم
        [one] يوم واحد ({ $number })
        [two] يومين ({ $number })
        [few] { $number } أيام
        [many] { $number } يومًا
       *[other] { $number } يوم
    }
or-later = أو بعد ذلك بـ{ $days }
all-sites = كل المواقع
all-phases = كل المراحل
all-threats = كل التهديدات
law-between = { $law } بين { $low } و{ $high }
law-mixture = مزيج من { $parts }
law-mixture-part = { $value } (بوزن { $weight })
law-one-of = إحدى القيم { $values }
weekday =
    { $day ->
        [monday] الاثنين
        [tuesday] الثلاثاء
        [wednesday] الأربعاء
        [thursday] الخميس
        [friday] الجمعة
        [saturday] السبت
       *[sunday] الأحد
    }
month =
    { $month ->
        [jan] يناير
        [feb] فبراير
        [mar] مارس
        [apr] أبريل
        [may] مايو
        [jun] يونيو
        [jul] يوليو
        [aug] أغسطس
        [sep] سبتمبر
        [oct] أكتوبر
        [nov] نوفمبر
       *[dec] ديسمبر
    }

## The scenario, and who is there

frame-untitled = انسحاب
frame = من { $start } حتى { $end }.
sites = من يوجد هناك في البداية
site = ‏{ $site }{ $gap } { $people }  ({ $who })
site-nobody = لا أحد
site-area = {" "}في منطقة { $area }
site-title = ‏: { $title }
site-reference = معدلات التهديدات محسوبة على أساس { $people } من الأفراد.
site-materiel = العتاد: { $tonnes } من الأطنان.
areas = المناطق: { $areas }.
defences = احتمال إيقاف المقذوف، ويُسحب مرة لكل هجوم
defence = ‏{ $site }: { $weapons }
defence-thin = دون { $people } من الأفراد { $law }

## Where things stand on the first day

now = الوضع في اليوم الأول
now-nothing = لم يحدث بعد شيء من الخطة.
now-gate-opened = فُتحت البوابة { $gate } في { $date }.
now-gate-blocked = البوابة { $gate } منتظَرة منذ { $date }، دون احتساب { $days }.
now-gate-waits = البوابة { $gate } منتظَرة منذ { $date }.
now-phase-lasted = استمرت المرحلة { $phase } من { $start } إلى { $finish }
now-phase-under-way = المرحلة { $phase } جارية منذ { $date }
now-phase-gone = غادر { $gone } من أصل { $all } ({ $id })
now-room = من مهلة التقاط الأنفاس: { $used }.
room-used = استُهلك من أيام التوقف { $pauses }، مما أخّر النهايات بمقدار { $extension }
now-tension = التوتر عند { $state } منذ { $date }.
now-threat = التهديد { $threat }: { $words }.
now-strikes = ضربات في { $dates }
now-attacks = الهجمات الأخيرة: { $attacks }
now-attack = { $count } على { $site } في { $date }
now-no-attack = لا شيء

## The plan

plan = الخطة
plan-everybody-stays = يبقى الجميع.
gate = البوابة { $gate }: تُفتح بعد { $delay }
gate-blocked = دون احتساب أيام { $states }
gate-after = محسوبة من نهاية: { $nodes }
phase = المرحلة { $phase }: من { $start } إلى { $finish }.
phase-waits = تنتظر: { $links }.
phase-last-lift-waits = آخر دفعة نقل فيها تنتظر: { $links }.
link-start = بداية { $id }
link-lag = { $what } ثم أيام أخرى عددها { $days }
phase-part = ‏{ $id }: { $what }
move-home = مغادرة { $site }: { $who }
move = انتقال من { $site } إلى { $to }: { $who }
move-all = كل القوة الوطنية { $contingent }
move-all-but = كل القوة الوطنية { $contingent } عدا { $people } من أفرادها
move-arrivals = ومن يُنقل إلى هناك في هذه الأثناء
load-some = { $tonnes } من الأطنان
load-all = كل العتاد
load-handed-over = تسليم في { $site }: { $what }
load-destroyed = تدمير في { $site }: { $what }
load-home = إعادة إلى الوطن من { $site }: { $what }
load = نقل من { $site } إلى { $to }: { $what }
load-mode = {" "}بوسيلة النقل { $mode }
phase-waves = على موجات: { $waves }.
phase-ratio = تستغرق المدة المعلنة مضروبة في { $ratio }.
phase-compressed = للالتزام بموعدها تُضغط مدتها، إلى { $share } من تلك المدة على الأكثر.
lifts = تنطلق دفعات النقل كل { $every }، بحد أقصى قدره { $people } من الأفراد في اليوم.
transport-mode = العتاد بوسيلة النقل { $mode }: بحد أقصى قدره { $tonnes } من الأطنان في اليوم.
working-days = أيام الحركة: { $days }؛ والتواريخ المعلنة تراعي ذلك.
work-by-month = ما يُنجز في اليوم من عمل يوم كامل: { $months }.
blackout-allowed = لا حركة من { $from } حتى { $until }: { $name }؛ والتواريخ المعلنة تراعي ذلك.
blackout-on-top = لا حركة من { $from } حتى { $until }: { $name }؛ ويُضاف ذلك إلى التواريخ المعلنة.
duration-correlation = مدد المراحل مترابطة: { $correlation }.
mitigation-taken = إجراء التخفيف { $name }: متخذ
mitigation-not-taken = إجراء التخفيف { $name }: غير متخذ
mitigation-cost = بكلفة قدرها { $cost }
mitigation-risk = ‏{ $risk }: الاحتمال مضروب في { $chance }، والأثر مضروب في { $effect }.
room-none = مهلة التقاط الأنفاس: لا شيء؛ ولا يجوز إيقاف أي شيء.
room = مهلة التقاط الأنفاس: يجوز إيقاف الحركة لمدة { $days }.
room-of-phase = ‏{ $phase }: لمدة { $days }.
room-inside = { $pause } ضمن المواعيد
room-beyond = { $pause }، مع تأخير النهايات بمقدار { $extension }
room-latest = دون تجاوز { $date }
room-unused = لا تستخدمها أي قاعدة.
reviews = تُراجَع القواعد كل { $every }.
buffer = الهامش { $name }: انتهاء { $phase } قبل { $event } بمقدار { $days }.

## Rules

rule = القاعدة { $rule }: عند تحقق الشرط: { $condition }،
action-pause = إيقاف كل حركة
action-stretch = ما تبقى من المراحل الجارية تُضرب مدته في { $factor }
action-accelerate = ما تبقى من المراحل الجارية تُضرب سرعته في { $factor }
action-reinforce = التعزيز بـ{ $people }
action-go-back-in = العودة بـ{ $people }
action-keep-residual = الإبقاء على { $people } على الأقل
action-send-home = إعادة كل القوة الوطنية { $contingent } إلى الوطن خلال { $days }
action-cancel = إلغاء { $phases } وكل ما يليها
action-bring-forward = تقديم { $phases } بمقدار { $days }
detachment = { $people } من القوة الوطنية { $contingent } في { $site }
rule-until = إلى أن يتحقق الشرط: { $condition }
rule-until-over = إلى أن يزول ذلك الشرط
rule-at-least = { $until }، وتمر أيام عددها { $days }
rule-cooldown = ولا تتكرر قبل { $days }
rule-at-most = والحد الأقصى لعدد المرات { $times }
rule-at-once = تُراجَع فور وقوع أي حدث، لا في المراجعات وحدها.

## What a rule looks at

if-attacks =
    { $bound ->
        [least] عدد الهجمات خلال { $days } لا يقل عن { $number }
       *[most] عدد الهجمات خلال { $days } لا يزيد على { $number }
    }
if-wounded =
    { $bound ->
        [least] عدد الجرحى خلال { $days } لا يقل عن { $number }
       *[most] عدد الجرحى خلال { $days } لا يزيد على { $number }
    }
if-killed =
    { $bound ->
        [least] عدد القتلى خلال { $days } لا يقل عن { $number }
       *[most] عدد القتلى خلال { $days } لا يزيد على { $number }
    }
if-people =
    { $bound ->
        [least] عدد الأفراد الموجودين لا يقل عن { $number }
       *[most] عدد الأفراد الموجودين لا يزيد على { $number }
    }
if-of = {" "}(القوى الوطنية: { $contingents })
if-at = {" "}(المواقع: { $sites })
if-in = {" "}(المناطق: { $areas })
if-by = {" "}(التهديدات: { $threats })
if-tension = التوتر عند { $states }
if-day = التاريخ { $dates }
day-from = ابتداء من { $date }
day-before = قبل { $date }
if-phase =
    { $state ->
        [waiting] المرحلة { $phase } لم تبدأ
        [moving] المرحلة { $phase } جارية
        [held] المرحلة { $phase } موقوفة
        [done] المرحلة { $phase } منتهية
       *[cancelled] المرحلة { $phase } ملغاة
    }
if-pause-left =
    { $bound ->
        [least] عدد أيام التوقف المتبقية لا يقل عن { $number }
       *[most] عدد أيام التوقف المتبقية لا يزيد على { $number }
    }
if-extension-left =
    { $bound ->
        [least] عدد أيام التمديد المتبقية لا يقل عن { $number }
       *[most] عدد أيام التمديد المتبقية لا يزيد على { $number }
    }
if-event = وقع { $event }
if-outcome = آل { $event } إلى { $outcome }
if-risk = تحقق الخطر { $risk }
if-insurgent-strength =
    { $bound ->
        [least] قوة التمرد لا تقل عن { $number }
       *[most] قوة التمرد لا تزيد على { $number }
    }
if-friction =
    { $bound ->
        [least] الاحتكاك لا يقل عن { $number }
       *[most] الاحتكاك لا يزيد على { $number }
    }
if-expelled = أعلنت الدولة المضيفة الطرد
if-not-expelled = لم تعلن الدولة المضيفة الطرد
if-group = ‏({ $parts })
if-not = لا يتحقق ما يلي: { $condition }

## The world

world = العالم
tension-constant = التوتر لا يتغير.
tension = يبدأ التوتر عند { $state }.
tension-state = ‏{ $state }: لمدة { $days } في المتوسط، ثم { $next }.
tension-state-drawn = ‏{ $state }: لمدة { $days } في المتوسط، تُسحب من جديد عند كل مكوث، ثم { $next }.
tension-next = ‏{ $state } ({ $weight })
tension-nothing = لا شيء
leg = الطريق { $leg }: من { $from } إلى { $to }، خلال { $days }
leg-convoys = في قوافل لا يزيد عدد أفرادها على { $people }
leg-attacks = هجمات { $threat } على من هم في الطريق: { $rates }.
leg-per-convoy = { $rates } لكل قافلة
leg-per-person-day = { $rates } لكل فرد-يوم
leg-no-attacks = لا شيء
rate-in-state = ‏{ $rate } ({ $state })

## Threats

threats-none = لا يهاجم أحد.
threat = التهديد { $threat }: عدد الهجمات الإجمالي في اليوم: { $rates }.
threat-without-attacks = التهديد { $threat }: لا هجمات خاصة به على المواقع.
threat-factor = كل ذلك مضروب في { $factor }.
threat-batches = تأتي في مجموعات متوسط كل منها { $mean }.
threat-presence = يجتذبها الوجود، بمرونة قدرها { $elasticity } (مختلف عليه).
contagion = يسبب الهجوم { $mean } غيره، بعد { $days } في المتوسط
contagion-to-threat = { $mean } من { $threat } على الموقع نفسه
contagion-to-site = { $mean } على { $to } إذا كان على { $from }
contagion-empty = في البداية لا يُنتظر شيء من هجمات سابقة لها.
threat-sites = تقع هجماته على: { $weights } (أوزان).
threat-sites-in-state = في حالة { $state } تقع على: { $weights } (أوزان).
displacement = الإزاحة: { $share } مما يُجنَّبه موقع يقع على غيره.
exit-pattern =
    حول تسليم موقع: مضروب في { $before } قبله لمدة { $early }،
      ومضروب في { $after } في بقية منطقته لمدة { $late } بعده.
truce = الهدنة (مختلف عليها): مضروب في { $factor } حتى تأخر قدره { $grace }.
grievance =
    المظلمة (مختلف عليها): مضروب في 1 + { $growth } عن كل يوم تأخر،
      بحد أقصى قدره { $most }.
course = ابتداء من { $date }: مضروب في { $factor }.
course-by-month = بحسب الشهر: مضروب في { $months }.
ceasefire = وقف إطلاق النار { $name }: من { $date }
ceasefire-to-the-end = حتى النهاية
ceasefire-for = لمدة { $days }
ceasefire-factor = { $ceasefire }: مضروب في { $factor }.
drift =
    الانجراف: يتغير لوغاريتم معدله بمقدار { $sd } في الأسبوع (انحراف معياري)،
      ولا يعود.
drift-from-zero =
    الانجراف: يتغير لوغاريتم معدله بمقدار { $sd } في الأسبوع (انحراف معياري)،
      ويعود نصف المسافة خلال { $days }، ويبدأ من 0.
drift-steady =
    الانجراف: يتغير لوغاريتم معدله بمقدار { $sd } في الأسبوع (انحراف معياري)،
      ويعود نصف المسافة خلال { $days }، ويبدأ من حيث يكون على المدى الطويل.
retaliation =
    ترد الضربات على الهجمات القاتلة باحتمال { $killed }، وعلى الهجمات الجارحة
      باحتمال { $wounded }، بعد { $delay }.
      وتُنسَّق الضربة مع الدولة المضيفة باحتمال { $coordinated }.
      وهي تردع (مختلف عليه؛ وما دون 0 يستفز): { $effect } لكل منها،
      ويبقى أثرها لمدة { $memory }.
threat-unarmed = لا أسلحة في النموذج: هجماته لا تصيب أحدًا.
weapon = السلاح { $weapon }: حصته { $share }، ومتوسط مقذوفاته { $salvo }
weapon-unstopped = لا شيء يوقفها
own = في حالة { $state }: { $numbers }.
own-share = الحصة { $value }
own-salvo-mean = متوسط المقذوفات { $value }
own-no-casualty = بلا إصابات { $value }
own-scale = المقياس { $value }
own-shape = الشكل { $value }
own-killed-share = حصة القتلى { $value }
harm =
    المقذوف الذي ينفذ لا يصيب أحدًا باحتمال { $none }؛
    وإلا أصاب أفرادًا عددهم بمقياس { $scale } وشكل { $shape }؛
    ويُقتل كل منهم باحتمال { $killed }، وإلا جُرح.
civilian-harm = من المدنيين، المقذوف الذي ينفذ { $toll }.
toll = لا يصيب أحدًا باحتمال { $none }، وإلا أصاب أفرادًا عددهم بمقياس { $scale } وشكل { $shape }، يُقتل كل منهم باحتمال { $killed }

## Events and risks

event = في { $date }: { $event }
event-outcomes = ما قد يؤول إليه: { $outcomes } (أوزان).
window = ‏{ $id }: مضروب في { $factor } لـ{ $threats } من اليوم { $from } إلى اليوم { $until }
window-if = {" "}إذا آل إلى { $outcome }
risk = الخطر { $risk }: يتحقق باحتمال { $chance }
risk-from-the-start = منذ البداية إن تحقق
risk-after-the-start = بعد { $days } من البداية
risk-on = في { $date }
risk-after = بعد { $days } من { $date }
risk-effect = ‏{ $id }: { $effect }.
effect = ‏{ $does }: { $whose }
effect-none = لا أثر في أي شيء
effect-none-on = لا أثر في { $whose }
effect-on-nothing = { $does }، في لا شيء
effect-factor = مضروب في { $factor }
effect-added = أطول بمقدار { $days }
effect-on-phases = مدة { $ids }
effect-on-gates = تأخير { $ids }
effect-on-threats = هجمات { $ids }

## The host, the insurgency, contingents, the region, costs

host = أرض الدولة المضيفة: { $areas }. وتسيء إليها الضربات لمدة { $memory }.
host-expulsion =
    قد تطرد القوات: { $hazard } في اليوم عن كل ضربة باقية في الذاكرة،
      و{ $unprovoked } في اليوم أيًا كانت الضربات، بمهلة إنذار عدد أيامها { $notice }.
host-capability =
    قدرتها الذاتية: { $start }، تنمو بمقدار { $without } في السنة،
      وبمقدار { $with } ما دام المستشارون موجودين.
insurgency =
    التمرد: عند { $strength } من طاقته القصوى، بنمو قدره { $growth } في السنة؛
      يُكبح بما يبقيه عند ذلك مضروبًا في { $pressure }،
      ومنه نصيب القوات { $share } (الأس { $exponent }؛ مختلف عليه).
insurgency-shocks = مكاسب مفاجئة: { $rate } في السنة، مضروب في { $factor }.
incidents = الحوادث: { $rate } في اليوم عند القوة الكاملة.
incidents-on-sites = منها { $share } يقع على المواقع، كهجمات من { $threat }.
incidents-on-host = الحادث الواقع على الدولة المضيفة { $toll }.
contingent-only-on = القوة الوطنية { $name } لا تكون إلا في هذه المواقع: { $sites }.
contingent-mandate = تغادر القوة الوطنية { $name } في { $date }، عند انتهاء تفويضها.
contingent-leaves = تغادر القوة الوطنية { $name } بعد { $delay } من قرارها بذلك:
leaves-killed = عندما يبلغ عدد قتلاها { $people }
leaves-follows = باحتمال { $chance } عندما تغادر { $other }
leaves-after = باحتمال { $chance } بعد { $event }
leaves-after-outcome = باحتمال { $chance } بعد { $event }: { $outcome }
reentry =
    العودة: { $hazard } في اليوم عند القوة الكاملة للتمرد، بعد أن ينتهي
      كل شيء: { $forces }.
reentry-force = { $people } من القوة الوطنية { $contingent } إلى { $site } ({ $id })
barrages =
    الرشقات الكبرى على الآخرين في المنطقة: { $rates } في اليوم؛ تُواجَه إذا كان في
    {"  "}{ $needed } على الأقل من هذه المواقع هذا العدد: { $sites }.
barrages-site = ‏{ $site } ({ $people })
costs = التكاليف: { $day } لكل فرد في اليوم، و{ $moved } لكل فرد يُنقل،
costs-in = التكاليف ({ $unit }): { $day } لكل فرد في اليوم، و{ $moved } لكل فرد يُنقل،
costs-tonne = { $cost } لكل طن يُنقل بوسيلة النقل { $mode }،
costs-pause = { $cost } لكل يوم توقف.

## What numbers rest on

uncertainty = أرقام لا يعرفها أحد: قيمة واحدة لكل مسار
uncertainty-none = لا يوجد. (أما ما تقرره الصدفة داخل المسار فموصوف أعلاه.)
sources = من أين تأتي الأرقام
source = ‏{ $path }: { $said }
judgement = القيم الافتراضية المستخدمة التي هي من باب التقدير
warnings = تنبيهات: يمكن تنفيذه كما هو، ولكن ربما ليس كما قُصد
