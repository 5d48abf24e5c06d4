# Arabic: what results that are handed in bring to the page of a run. Not reviewed by a speaker.

## What is asked, and parts of the theatre

unit-chance = احتمال
part-buffer = الهامش { $id }
part-contingent = القوة الوطنية { $id }
part-event = الحدث { $id }
part-gate = البوابة { $id }
part-mode = وسيلة النقل { $id }
part-month = الشهر { $id }
part-outcome = النتيجة { $id }
part-phase = المرحلة { $id }
part-risk = الخطر { $id }
part-rule = القاعدة { $id }
part-site = الموقع { $id }
part-state = الحالة { $id }
part-threat = التهديد { $id }
measure-of-part = ‏{ $measure } ({ $part })
when-by = في { $day } أو قبله
when-before = قبل { $day }
when-after = بعد { $day }
when-from = في { $day } أو بعده
what-when = ‏{ $what } { $when }
what-done = الانتهاء
what-part-done = انتهاء { $part }
level-at-most = { $level } على الأكثر ({ $what })
level-fewer = أقل من { $level } ({ $what })
level-more = أكثر من { $level } ({ $what })
level-or-more = { $level } أو أكثر ({ $what })
of-measure = ‏{ $measure } ({ $unit })
list-or = {" أو "}
as-written = كما هو مكتوب
table-low = الأدنى
table-high = الأعلى
answer-yes = نعم
answer-no = لا

## Figures

marks-line = الخط: مجال ثقة ‎95 %‎
found-sentence = ‏{ $found }.

## Designs of parameter samples

design-random = عشوائية
design-latin = المكعب اللاتيني
design-sobol = سوبول

## Drivers

drivers-title = أي الأرقام غير المؤكدة تحرّك الجواب؟
drivers-trials = عدد المحاولات { $trials }، في { $samples } من أصل { $asked } من العينات
drivers-refused = { $trials } (استُبعد منها { $refused }: ففي بعضها لا تنتهي الهجمات أبدًا)
drivers-capped = { $trials }، وعدد المحاولات التي بترها الحد الأقصى لعدد الهجمات { $capped }
drivers-mean = { $measure }: المتوقع { $mean } ({ $unit })
drivers-no-variance = لا يتميز أي تباين للمتوقع عن الصدفة: وقد يكفي لذلك مزيد من المحاولات. وما يُسحب من جديد في كل مسار، كقوانين المدد، جزء من الصدفة هنا: و`explain` و`criticality` يبيّنان أثره
drivers-epistemic = { $share } من تباينه معرفي، والباقي عشوائي
drivers-missing = لم يُبلغ في { $share } من المسارات
drivers-how-sobol =
    الأول: النصيب من تباين المتوقع الذي تزيله معرفة هذا العامل
    وحده؛ الكلي: النصيب الباقي إذا عُرف كل ما عداه؛ الأدنى والأعلى: مجالات ثقة ‎95 %‎؛
    الاتجاه: ارتباط الرتب مع المتوقع
drivers-how-given =
    الأول: النصيب من تباين المتوقع الذي تزيله معرفة النطاق؛
    الأدنى والأعلى: مجال ثقة ‎95 %‎؛ الاتجاه: ارتباط الرتب مع المتوقع
drivers-how-single =
    الأول: النصيب من كل التباين، ومنه الصدفة، الذي تزيله معرفة النطاق؛
    الأدنى والأعلى: مجال ثقة ‎95 %‎؛ الاتجاه: ارتباط الرتب؛ شغّل المحاكاة مع `samples=` لتمييز
    اللايقين المعرفي من العشوائي
drivers-untold =
    العلامة – مكان مؤشر: لا تباين، أو لا تميّزه هذه المسارات عن الصدفة؛ وقد يكفي لذلك مزيد
    من العينات ومن المسارات لكل منها
drivers-left = المؤشرات هي مؤشرات العينات الباقية
drivers-tied = { $one } و{ $other } مترابطان ({ $ranks }): ما يشتركان فيه يُحسب لكليهما، وقد يزيد مجموع المؤشرات على 1
drivers-first = الأول
drivers-total = الكلي
drivers-direction = الاتجاه
drivers-answer = الأرقام غير المؤكدة الأشد تحريكًا لـ«{ $measure }»: { $names }
drivers-by = ‏{ $measure }: { $names }
drivers-known = الأشد تحريكًا، بحسب النصيب من التباين: { $found }.
drivers-unknown = ما يحرّك { $measures } لا يتميز عن الصدفة بهذه المسارات.
drivers-caption = النصيب من التباين الذي يفسره كل منها، مع مجالات ثقة ‎95 %‎.
drivers-alt = أعمدة أقوى العوامل. { $said }
drivers-group = ‏{ $group }: { $path }
drivers-figure = ما يحرّك الجواب
drivers-marks = الأعمدة: المؤشرات؛ الخطوط: مجالات ثقة ‎95 %‎
drivers-left-out =
    { $count ->
        [one] عامل أضعف واحد غير مرسوم ({ $count })
        [two] عاملان أضعف غير مرسومين ({ $count })
        [few] { $count } عوامل أضعف غير مرسومة
        [many] { $count } عاملًا أضعف غير مرسوم
       *[other] { $count } عامل أضعف غير مرسوم
    }
drivers-nothing =
    لا شيء يتميز
    عن الصدفة
drivers-index-first = مؤشر الرتبة الأولى
drivers-index-total = المؤشر الكلي
drivers-axis-expected = النصيب من تباين المتوقع؛ (+) و(–): يصاحب أكثر منه أو أقل
drivers-axis-single = النصيب من تباين المحاولات المفردة؛ (+) و(–): يصاحب أكثر منه أو أقل
drivers-panel = ‏{ $measure }: { $share } من التباين معرفي

## Tornado

tornado-title = ما يحرّكه كل رقم غير مؤكد
tornado-how = يُثبَّت كل نطاق عند قيمة دنيا ثم عند قيمة عليا، وتُسحب سائر النطاقات كالمعتاد، بأرقام عشوائية مشتركة.
tornado-at = عند { $quantile }
tornado-notes = { $low } و{ $high }: من النطاق؛ عند { $low } وعند { $high }: تغيّر المقياس عما هو مكتوب حين يُثبَّت النطاق هناك؛ الأدنى والأعلى: مجال ثقة ‎95 %‎ لهذا التغيّر
tornado-refused = { $notes }. وعدد عينات سائرها التي رُفضت وسُحبت من جديد { $refused }
tornado-moves = ‏{ $measure }: { $name }
tornado-most = الرقم الأشد تحريكًا بمفرده: { $found }
tornado-none = لا رقم يحرّك بمفرده شيئًا على وجه اليقين
tornado-caption = التغيّرات عند القيمة الدنيا والقيمة العليا لكل نطاق، مع مجالات ثقة ‎95 %‎.
tornado-alt = أعمدة التغيّرات عما هو مكتوب، أطولها في الأعلى؛ { $found }.
tornado-figure = ما يحرّكه كل رقم غير مؤكد بمفرده
tornado-side = عند { $quantile } له
tornado-axis = التغيّر عما هو مكتوب ({ $unit })

## Criticality

critical-title = أي عنصر هو السبب
critical-how = كل مسار مرة أخرى بدون عنصر واحد، بأرقام عشوائية مشتركة: العنصر هو السبب في مسار متأخر لا يتأخر بدونه. وقد تكون عدة عناصر سببًا، أو لا شيء منها.
critical-share = ‏{ $piece } { $share }
critical-nothing = لا شيء بمفرده
critical-found = السبب، في { $late } من المسارات المتأخرة: { $found }
critical-short = السبب في التأخر، في { $late } من المسارات المتأخرة: { $found }.
critical-caption = كم مرة كان كل عنصر هو السبب، مع مجالات ثقة ‎95 %‎.
critical-alt = أعمدة نصيب كل عنصر من المسارات المتأخرة التي هو سببها: { $found }.
critical-without = بدون
critical-late = متأخر
critical-later = لاحقًا
critical-above = فوق السقف
critical-share-of = ‏{ $what } %
critical-path = المسار الأطول
critical-days = الأيام
critical-fewer = الأقل
critical-sooner = التبكير
critical-is-late = متأخر: { $lateness }، وعدد هذه المحاولات { $late } من أصل { $trials }
critical-is-above = { $text }؛ { $breaks }: { $ceiling }، وعددها { $above }
critical-gain-days = { $name }: بكم يومًا تبكر النهاية الأخيرة بدونه
critical-gain-fewer = { $name }: كم يقل العدد ({ $measure })
critical-gain-sooner = { $name }: بكم يومًا يبكر ذلك ({ $measure })
critical-notes =
    { $text }؛
    { $shares }: من هذه المحاولات، نصيب ما ليس كذلك بدون العنصر؛
    المسار الأطول %: على أطول مسار إلى النهاية الأخيرة؛
    { $gains }؛ مجالات ثقة ‎95 %‎
critical-figure = أي عنصر هو السبب؟
critical-panel-late = متأخر: { $lateness }
critical-axis = مؤشر الحرجية (%)
critical-none = لا سبب

## The risk register

register-title = سجل المخاطر
register-how = كل خطر مُزالًا، وكل خطر وحده، بأرقام عشوائية مشتركة. { $notes }.
register-ranked = المخاطر بحسب أثرها في «{ $measure }»: { $risks }
register-none = لا خطر يزيد يقينًا «{ $measure }»
register-count = عدد المخاطر { $risks }، لكل منها احتماله وآثاره
register-caption = أثر كل خطر مع غيره ووحده، مع مجالات ثقة ‎95 %‎.
register-alt = أعمدة ما يضيفه كل خطر، أطولها في الأعلى؛ { $ranked }.
register-dates = تواريخ
register-risk = الخطر: { $measure }
register-mitigation = التخفيف: { $measure }
register-case-no-mitigation = بلا تخفيف
register-case-as-written = كما هو مكتوب
register-case-no-risks = بلا مخاطر
register-before = قبل
register-after = بعد
register-run-out = الإزالة
register-run-in = الانفراد
register-quantile-out = { $quantile } بالإزالة
register-taken = متخذ
register-change = التغيّر
register-quantile-change = في { $quantile }
register-cost = الكلفة
register-notes =
    قبل وبعد: نصيب المحاولات التي يقع فيها الخطر، قبل التخفيف وبعده؛ الإزالة:
    مقدار الزيادة معه عما هو بدونه، والباقي على حاله؛ الانفراد: مقدار الزيادة معه
    وحده عما هو بلا أي خطر؛ التغيّر: مع التخفيف ناقص بدونه؛ الأدنى والأعلى: مجال ثقة ‎95 %‎
counted-at-horizon =
    { $measure }: لم يتحقق في { $share } من المسارات، ويُعدّ فيها متحققًا عند الأفق،
    فما يغيّره يُقدَّر دون قدره: اختر `horizon` أبعد
register-figure = أثر كل خطر
register-beside = مع غيره (الإزالة)
register-alone = وحده (الانفراد)
register-axis = الزيادة مع الخطر ({ $unit })

## Comparison

compared-notes =
    الفرق: متوسط المحاولات التي للخطتين فيها قيمة؛ ±: خطؤه المعياري؛
    الأدنى والأعلى: مجال ثقة ‎95 %‎؛ أقل ومساوٍ وأكثر: نصيب المحاولات، وما لم يُبلغ يُحسب أكثر
compared-particles = المحاولات جسيمات تحديث: وما بدأ منها محاولةً واحدة ليس مستقلًا، ولذلك فالأخطاء المعيارية والمجالات الحقيقية أكبر، وكثيرًا ما تكون أضعافها.

## Explanation

explained-title = أثر كل آلية
explained-notes =
    التغيّر: كما هو مكتوب ناقص ما هو بدونها، متوسط المحاولات؛ ±: خطؤه المعياري؛
    الأدنى والأعلى: مجال ثقة ‎95 %‎؛ معًا: كما هو مكتوب ناقص تعطيل الكل؛ التفاعل: معًا ناقص
    مجموع التغيّرات
explained-how = السيناريو كما هو مكتوب ناقص السيناريو بدون الآلية، بأرقام عشوائية مشتركة. وبين قوسين: مجالات ثقة ‎95 %‎.
explained-mechanism = الآلية
explained-caption = من المتوسط بدون كل آلية إلى المتوسط كما هو مكتوب.
explained-alt = أعمدة من المتوسط بدون كل آلية إلى المتوسط كما هو مكتوب: أرقام الجدول أعلاه.
explained-answer = بحسب أثرها في «{ $measure }»: { $ranked }
explained-none = لا أثر مؤكدًا لأي منها
explained-ranked = ‏{ $mechanism } { $change }
explained-without = بدونها
explained-change = التغيّر
explained-marks = الأعمدة: من المتوسط بدونها إلى المتوسط كما هو مكتوب
explained-axis = المتوسط ({ $unit })، مع مجالات ثقة ‎95 %‎
mechanism-all-off = تعطيل الكل
mechanism-as-written = كما هو مكتوب
mechanism-interaction = التفاعل
mechanism-together = معًا
mechanism-ranges = النطاقات
mechanism-rules = القواعد
mechanism-breathing-room = مهلة التقاط الأنفاس
mechanism-gates = البوابات
mechanism-durations = المدد
mechanism-compression = الضغط الزمني
mechanism-duration-correlation = ارتباط المدد
mechanism-blackouts = فترات التوقف
mechanism-materiel = العتاد
mechanism-legs = الطرق
mechanism-risks = المخاطر
mechanism-tension = التوتر
mechanism-presence = الحضور
mechanism-displacement = الإزاحة
mechanism-exit-pattern = نمط الخروج
mechanism-truce = الهدنة
mechanism-grievance = المظالم
mechanism-profile = المنحنى الزمني
mechanism-months = الأشهر
mechanism-ceasefires = اتفاقات وقف إطلاق النار
mechanism-drift = الانجراف
mechanism-retaliation = الرد
mechanism-expulsion = الطرد
mechanism-host-capability = قدرة الدولة المضيفة
mechanism-insurgency = التمرد
mechanism-insurgent-attacks = هجمات المتمردين
mechanism-contingents-politics = سياسات القوى الوطنية
mechanism-re-entry = العودة
mechanism-contagion = العدوى
mechanism-batches = الدفعات
mechanism-calendar-windows = فترات التقويم
mechanism-air-defence = الدفاع الجوي
mechanism-defence-minimum = الحد الأدنى للدفاع

## Rules

search-title = قاعدة أفضل
search-without = الخطة كما هي مكتوبة، بدون القاعدة
search-how = تُقيَّم القواعد هنا على محاولات لم يرها البحث، لأن أفضل القواعد الكثيرة محظوظة في جزء منها. والفروق هي عن القاعدة كما هي مكتوبة، مع مجالات ثقة ‎95 %‎ لقاعدة واحدة في كل مرة؛ والندم هو إزاء أفضل هذه القواعد لكل مسار.
search-rule-in-words = ‏{ $name }: { $text }
search-caption = أثر كل قاعدة، إزاء القاعدة كما هي مكتوبة.
search-alt = مجالات الفروق عن القاعدة كما هي مكتوبة. { $verdict }
search-better = أفضل يقينًا مما هو مكتوب ({ $everything }): { $rules }.
search-none = لا قاعدة مما وُجد أفضل يقينًا من القاعدة المكتوبة ({ $everything }).
search-no-rule = لا قاعدة مما وُجد أفضل يقينًا من القاعدة المكتوبة ({ $everything })، لكن الخطة بلا قاعدة أفضل منها.
search-origin =
    { $run }
    وُجدت بين أشكال عددها { $forms }، لكل منها { $trials } من المحاولات، البذرة { $seed }
search-table = القاعدة
search-objective = الهدف
search-search = البحث
search-fresh = الجديدة
search-difference = الفرق
search-low = الأدنى
search-high = الأعلى
search-regret = الندم
search-named-as-written = كما هي مكتوبة
search-named-none = بلا قاعدة
search-named-found = القاعدة { $number }
search-figure = القواعد التي وُجدت، ناقص «{ $rule }» كما هي مكتوبة
search-marks = النقطة: محاولات جديدة، مع مجال ثقة ‎95 %‎؛ الدائرة الفارغة: ما رآه البحث
search-axis-less = ‏{ $unit }؛ الأقل أفضل
search-axis-more = ‏{ $unit }؛ الأكثر أفضل

## Re-entry

reentry-title = العودة
reentry-notes =
    الاحتمال: احتمال العودة قبل الأفق؛ التغيّر: بالنقاط، عما هو مكتوب؛ مجالات
    ثقة ‎95 %‎؛ P10 وP25 وP50: أيام من نهاية المرحلة الأخيرة، و– إذا انتهى المنحنى
reentry-how = المسارات نفسها مع ترك شيء، أو مع دولة مضيفة أخرى؛ ويستند ذلك إلى الحالة الوحيدة المسجلة. { $notes }
reentry-chance = ‏{ $case } { $chance }
reentry-found = احتمال العودة قبل الأفق: { $chances }
reentry-short = احتمال العودة قبل الأفق: { $chances }.
reentry-caption = نصيب المسارات التي حدثت فيها العودة، عبر الزمن.
reentry-alt = منحنيات صاعدة، واحد لكل حالة؛ { $found }.
reentry-column-chance = الاحتمال %
reentry-column-change = التغيّر
reentry-column-days = { $quantile } بالأيام
reentry-stay = بقاء { $people } من { $contingent } في { $site }
reentry-kept = الاحتفاظ بـ{ $site }
reentry-growth = الدولة المضيفة تكسب { $growth } في السنة
reentry-marks = الشريط: مجال ثقة ‎95 %‎ في كل وقت
reentry-figure = العودة، إذا كان معدل الخطر كما هو مفترض
reentry-axis-days = الأيام منذ نهاية المرحلة الأخيرة
reentry-axis-chance = احتمال العودة (%)
reentry-nobody = لا يغادر أحد، أو ليس قبل الأفق

## Conclusions

concluded-title = أي الاستنتاجات تصمد؟
concluded-notes =
    صحيح: نصيب العوالم التي يصح فيها، بحسب متوسطات مساراتها؛ الأدنى والأعلى: مجال ثقة ‎95 %‎
    المضبوط لهذا النصيب بين كل العوالم المعتقدة؛ غير واضح: النصيب الذي يحوي فيه
    مجال ثقة ‎95 %‎ للمتوسط الجوابين معًا؛ باطل: النصيب الذي لا يصح فيه يقينًا
concluded-table = في { $worlds } من العوالم
concluded-verdict = الحكم
concluded-holds = صحيح %
concluded-unclear = غير واضح %
concluded-broken = باطل %
concluded-is-survives = يصمد
concluded-is-open = مفتوح
concluded-is-breaks = ينكسر
concluded-is-never-holds = لا يصح أبدًا
concluded-short = { $survive } من أصل { $all } من الاستنتاجات تصح في كل العوالم: { $which }.

## Worlds in which a plan fails

failing-title = في أي العوالم تفشل الخطة؟
failing-one-trial =
    لكل محاولة هنا عينة معاملاتها، فالعالم محاولة واحدة، ومنها الصدفة:
    شغّل المحاكاة مع `samples=` لإيجاد العوالم التي يُتوقع أن تفشل فيها الخطة.
failing-found = تفشل الخطة ({ $fails }) في { $failed } من أصل { $worlds } من العوالم.
failing-unclear = تفشل الخطة ({ $fails }) في { $failed } من أصل { $worlds } من العوالم؛ وفي { $unclear } من العوالم لا تحسم المسارات ذلك.
failing-no-box = لا صندوق من الافتراضات يجمعها بمعزل عن الصدفة.
failing-there = حيث { $where }، تفشل في { $density } (من { $low } إلى { $high }) من العوالم المحجوزة هناك وعددها { $held }؛ وهناك { $coverage } من حالات الفشل، وفي غير ذلك تفشل في { $elsewhere }.
failing-box = الصندوق { $box }: { $there }
failing-rejected = مرفوض: { $there } والصدفة تجد صندوقًا بمثل جودته في { $chance } من الحالات، فليس صندوقًا.
failing-called-box = الصندوق { $box }
failing-called-rejected = المرفوض { $box }
failing-is = ‏{ $name } هو { $levels }
failing-at-least = ‏{ $name } لا يقل عن { $low } ({ $share } من عيناته)
failing-at-most = ‏{ $name } لا يزيد على { $high } ({ $share } من عيناته)
failing-between = ‏{ $name } من { $low } إلى { $high } ({ $share } من عيناته)
failing-runs = عدد عمليات المحاكاة { $runs }
failing-limit = ‏{ $box }: { $name }
failing-range = النطاق
failing-of-samples = من العينات
failing-caption = ما تحويه الصناديق، وحدود الصندوق { $box }.
failing-alt = تفشل الخطة حيث { $where }.
failing-above = ‏{ $what } فوق { $limit }
failing-below = ‏{ $what } دون { $limit }
failing-of-plan = ‏{ $plan }: { $fails }
failing-not-so = «{ $conclusion }» ليس صحيحًا
failing-by-function = كما تقول دالة
failing-figure = حيث يقع الفشل: { $fails }
failing-marks = حُجز { $held } من أصل { $worlds } من العوالم
failing-peeling = التقشير
failing-where-found = ‏{ $box }، حيث وُجد
failing-held-out = ‏{ $box }، على العوالم المحجوزة (‎95 %‎)
failing-all-worlds = كل العوالم: تفشل في { $share }
failing-panel = التغطية والكثافة
failing-axis-coverage = التغطية: نصيب الصندوق من حالات الفشل
failing-axis-density = الكثافة: نصيب ما يفشل من الصندوق
failing-limits = حدود { $box }
failing-axis-share = نصيب عينات المعاملات عند القيمة أو دونها؛ الأزرق: داخل الصندوق

## The smallest breathing room

room-title = أصغر مهلة لالتقاط الأنفاس تحفظ تاريخًا وسقفًا
room-last-phase = المرحلة الأخيرة: { $done }
room-goal = ‏{ $date } في { $confidence } من المسارات، و{ $ceiling } في { $risk } على الأكثر
room-found = عدد الأيام { $days } من `{ $lever }` يحقق الهدف ({ $goal }): والاحتمالان { $in_time } و{ $above }.
room-fewer = وابتداء من { $days } من الأيام لا يُستبعد أن يكفي أقل من ذلك.
room-open = غير واضح عند { $days } من أيام `{ $lever }`: ومزيد من المحاولات يحسم ذلك. المطلوب: { $goal }.
room-best = { $chance }، عند { $days } من الأيام
room-never-dated = لا يُلتزم بالتاريخ بيقين كافٍ أبدًا (وفي أحسن الأحوال في { $best })
room-never-below = لا يصمد السقف بيقين كافٍ أبدًا (ويُتجاوز في { $best } على الأقل)
room-nowhere = يتحقق كل منهما في موضع، ولا يتحققان معًا في أي موضع: التاريخ في أحسن الأحوال في { $date }؛ والسقف يُتجاوز في { $ceiling } على الأقل
room-none = لا قيمة لـ`{ $lever }` من { $first } إلى { $last } تحقق الهدف ({ $goal }): { $reason }.
room-chance = { $share } (من { $low } إلى { $high })
room-allowances = عدد المحاولات من { $least } إلى { $most } عند كل مهلة، وعدد المهل { $places }
room-days =
    { $days ->
        [one] يوم واحد ({ $days })
        [two] يومان ({ $days })
        [few] { $days } أيام
        [many] { $days } يومًا
       *[other] { $days } يوم
    }
room-verdict = الحكم
room-is-met = متحقق
room-is-open = مفتوح
room-is-late = متأخر
room-is-costly = مكلف
room-is-late-and-costly = متأخر ومكلف
room-status-found = مشتقة: وُجدت، انظر `{ $lever }` أعلاه
room-status-open = مشتقة: لم تُحسم، انظر `{ $lever }` أعلاه
room-status-impossible = مشتقة: مستحيلة، انظر `{ $lever }` أعلاه
room-caption = الاحتمالان بحسب المهلة المسموح بها.
room-marks = الأشرطة: مجالات ثقة ‎95 %‎؛ الخط المتقطع: المطلوب
room-figure = أي مهلة تحفظ الأمرين
room-minimum = أصغر مهلة: { $days } من الأيام
room-nothing = لا مهلة تحفظ الأمرين
room-axis-pause_days = أيام التوقف المسموح بها
room-axis-extension_days = أيام التمديد المسموح بها
room-axis-chance = الاحتمال

## Sweeps

swept-title = قيم أخرى لـ{ $paths }
swept-how = المتوسطات عند كل نقطة، كلها بأرقام عشوائية مشتركة.
swept-caption = النتائج بحسب { $paths }.
swept-alt = منحنيات أو خرائط بحسب { $paths }.
swept-figure = أثر { $path }
swept-marks = الخط: المتوسط؛ الشريط الداكن: مجال ثقة ‎95 %‎ له؛ الشريط الفاتح: من P10 إلى P90
swept-means = المتوسطات
swept-days = الأيام من البداية
swept-panel = ‏{ $measure }، { $unit }

## Precision and tails

known-title = بأي دقة تُعرف النتيجة
known-enough = وهي معروفة بالدقة المطلوبة.
known-not = وهي غير معروفة بالدقة المطلوبة: فذلك يتطلب نحو { $trials } من المحاولات.
known-less = { $known } وكان للمحاولات تباين مخفّض.
tail-title = كم يسوء الأمر في أسوأ نصيب من المحاولات
tail-notes = العتبة: أصغر قيمة في ذلك النصيب؛ الخطأ: الخطأ المعياري للمتوسط
tail-worst = الأسوأ
tail-error = الخطأ
tail-threshold = العتبة
tail-found = في أسوأ { $share } من المسارات: { $mean } في المتوسط، و{ $threshold } على الأقل ({ $measure }).
tail-found-attack = في أسوأ { $share } من المسارات، لأسوأ هجوم منفرد: { $mean } في المتوسط، و{ $threshold } على الأقل ({ $measure }).

## What was learned from observations

fitted-title = نطاقات السيناريو بعد التقدير
fitted-how = ما كانت عليه نطاقات السيناريو قبل تقديرها من الملاحظات، وما بقي منها. والانكماش القريب من 0 يعني أن الملاحظات لا تكاد تقول شيئًا عن النطاق: فالقبلي هو الذي يحسم.
fitted-samples = عدد العينات { $samples }
fitted-figure = النطاقات قبل التقدير وبعده
fitted-prior = القبلي
fitted-posterior = البعدي
method-approximate-Bayesian-computation = الحساب البايزي التقريبي
result-caption = ‏{ $title }.
result-alt = ‏{ $title }: { $about }.
result-alt-notes = ‏{ $title }. { $about }
updated-title = التحديث بما لوحظ
updated-how = كل ملاحظة إلى جانب ما كان متوقعًا لها بحسب ما قبلها (P10 وP50 وP90). وما سيأتي، بعد معرفتها كلها، في محاكاة التحديث.
updated-lost = فُقد { $lost } من أصل { $all } من عينات المعاملات: فلم تجعل أي جسيمة معها ما لوحظ ممكنًا، ولا أي من عدد يبلغ 16 ضعفًا. وما بقي يميل إلى العينات الموافقة، كأن الملاحظات حُسبت أكثر من مرة؛ وحيث فُقد معظمها، مرتين تقريبًا. خذ مزيدًا من الجسيمات، أو بيّن مدى دقة العدد (بالحد `about`).
updated-few = جسيمات قليلة تحمل النتيجة: { $effective } على الأقل متساوية الوزن، وبقي { $left } من المحاولات التي بدأت منها، مع { $samples }. خذ مزيدًا من الجسيمات، أو ابدأ بنطاقات أضيق (مقدرة من بيانات أخرى)، أو قدّر النطاقات من هذه الملاحظات وقدّم البعدي باسم `fitted`.
updated-few-fitted = جسيمات قليلة تحمل النتيجة: { $effective } على الأقل متساوية الوزن، وبقي { $left } من المحاولات التي بدأت منها، مع { $samples }. ولكل عينة من البعدي المقدّم باسم `fitted` عدد { $each } من الجسيمات: خذ مزيدًا من الجسيمات، فيزداد كلاهما.
updated-samples-as-many = العدد نفسه من عينات المعاملات المختلفة
updated-samples = { $left } من أصل { $all } من عينات المعاملات
updated-notes = الأخطاء المعيارية والمجالات في المحاكاة وفي المقارنات تفترض استقلال الجسيمات: وما بدأ منها محاولةً واحدة ليس مستقلًا، فالحقيقية أكبر، وكثيرًا ما تكون أضعافها. كرّر ببذور أخرى لترى بكم.
updated-particles =
    { $observations ->
        [one] جسيمات { $left } من المحاولات، بعد ملاحظة واحدة ({ $observations })
        [two] جسيمات { $left } من المحاولات، بعد ملاحظتين ({ $observations })
        [few] جسيمات { $left } من المحاولات، بعد { $observations } ملاحظات
       *[other] جسيمات { $left } من المحاولات، بعد { $observations } ملاحظة
    }
updated-particles-alone = جسيمات { $left } من المحاولات، بلا ملاحظات
updated-particles-samples = { $particles }، { $samples }
updated-figure = ما بقي من الجسيمات
updated-effective = العدد الفعال للجسيمات
updated-distinct = المحاولات التي بدأت منها الجسيمات
updated-axis-until = الملاحظات حتى
updated-axis-number = العدد
conditioned-title = المحاولات التي توافق ما لوحظ
conditioned-notes = متوسطات ومئينات مرجحة على المحاولات؛ والأخطاء المعيارية بحسب العدد الفعال للمحاولات
conditioned-how = محاولات المحاكاة، كل منها مرجحة بمدى ترجيحها لما لوحظ.
conditioned-origin = مشروطة، وعدد المحاولات الفعالة { $effective }
seen-by = { $what } من { $threat }
seen-of = { $what } من { $who }
seen-on = { $what } في { $sites }
seen-at = { $what }، { $sites }
seen-people = الأفراد
seen-done-phase = انتهاء المرحلة { $id }
seen-done-site = خلو الموقع { $id }
seen-done-gate = انفتاح البوابة { $id }
seen-done-event = وقوع الحدث { $id }
seen-about = نحو { $number }
seen-at-most = { $number } على الأكثر
seen-missing = مفقود
seen-reached = تحقق
seen-not-reached = لم يتحقق

## Warnings of a fit

fit-unread = لا يدخل في التقدير ما يلي: { $rows }؛ ويأخذه `update` في الحسبان، مع البعدي باسم `fitted`
fit-unread-levels =
    { $rows ->
        [one] صف واحد من المستويات ({ $rows })
        [two] صفان من المستويات ({ $rows })
        [few] { $rows } صفوف من المستويات
        [many] { $rows } صفًا من المستويات
       *[other] { $rows } صف من المستويات
    }
fit-unread-dates =
    { $rows ->
        [one] صف واحد من التواريخ ({ $rows })
        [two] صفان من التواريخ ({ $rows })
        [few] { $rows } صفوف من التواريخ
        [many] { $rows } صفًا من التواريخ
       *[other] { $rows } صف من التواريخ
    }
fit-beyond = لا يكاد القبلي يتوقع ما عُدّ (وإلى جانبه ما بين P10 وP90 له): { $counts }. وسّع النطاقات، أو ابحث عن خطأ في التعدادات
fit-beyond-count = من { $from } إلى { $to }: { $observed }، والمتوقع من { $low } إلى { $high }
fit-left-out = لا تشمل الأرجحية ما يلي: { $parts }؛ فينتقل أثره إلى النطاقات
fit-part-of-threat = ‏{ $part } (`{ $threat }`)
fit-part-retaliation = الضربات ردًا على الهجمات
fit-part-truce = الهدنة
fit-part-grievance = المظالم
fit-part-exit_pattern = النمط حول تسليم المواقع
fit-part-profile = المنحنى الزمني
fit-part-months = العوامل بحسب الشهر
fit-part-ceasefires = اتفاقات وقف إطلاق النار
fit-part-drift = انجراف معدله
fit-part-displacement = الإزاحة
fit-part-windows = فترات التقويم
fit-part-incidents = حوادث التمرد
fit-part-leaving = مغادرة الأفراد أثناء عدّ الهجمات
fit-constant-background = قُدّرت العدوى ({ $ranges }) مع خلفية واحدة في كل الأوقات: فتبدو الأوقات الهادئة والصاخبة عندئذ عدوى (ويُعثر على 0.85 حيث لا عدوى). أعطِ `attacks_per_day` بحسب حالة التوتر
fit-unmixed = لم تختلط السلاسل: { $ranges }؛ وينبغي أن يكون `R-hat` دون { $rhat } وحجم العينة الفعال (`ESS`) فوق { $ess }. حُفظت العينات، ولا يُعتمد على مئيناتها: زد `draws` و`warmup`، أو خذ نطاقات أضيق
fit-unmixed-range = ‏{ $range } (`R-hat` { $rhat }، `ESS` { $ess })
fit-unmoved = القبلي هو الذي يحسم، والبيانات لا تكاد تقول شيئًا عن { $ranges }: قدّم الحجة لهذه النطاقات، أو خذها من الخبراء
fit-sources = كل تعداد من مصدر عامله غير معروف: والتعدادات وحدها لا تميّز المعدلات من العوامل، فقبليّاتها هي التي تحسم. لا تذكر في `reporting` المصدر الذي تُصدَّق تعداداته
fit-hardly-allowed = ‏{ $statistic }: { $seen }، وهو من { $low } إلى { $high } في كل مسارات القبلي وعددها { $histories }: فلا يكاد القبلي يسمح بما شوهد
fit-not-stalled = لم يستقر هامش السماح بعد: ومزيد من `populations` يزيد القرب مما لوحظ

## What a fit by simulation compares

statistic-total = ‏{ $measure }، المجموع
statistic-largest = ‏{ $measure }، أكبر شهر
statistic-median = ‏{ $measure }، الشهر الوسيط
statistic-quiet = ‏{ $measure }، نصيب الأشهر الهادئة
statistic-loud = ‏{ $measure }، نصيب الأشهر الصاخبة
statistic-beyond = ‏{ $measure }، ما يزيد على حدها الأعلى

## Observations

observed-title = الملاحظات
observed-notes = من وإلى: اليومان داخلان. المجموع: مجموع ما عُدّ؛ ولا يدخل فيه حد أعلى ولا ما هو مفقود.
observed-count-events =
    { $rows ->
        [one] حدث واحد ({ $rows })
        [two] حدثان ({ $rows })
        [few] { $rows } أحداث
       *[other] { $rows } حدثًا
    }
observed-count-counts =
    { $rows ->
        [one] تعداد واحد ({ $rows })
        [two] تعدادان ({ $rows })
        [few] { $rows } تعدادات
       *[other] { $rows } تعدادًا
    }
observed-count-levels =
    { $rows ->
        [one] مستوى واحد ({ $rows })
        [two] مستويان ({ $rows })
        [few] { $rows } مستويات
       *[other] { $rows } مستوى
    }
observed-count-dates =
    { $rows ->
        [one] تاريخ واحد ({ $rows })
        [two] تاريخان ({ $rows })
        [few] { $rows } تواريخ
       *[other] { $rows } تاريخًا
    }
observed-count-left-out = استُبعد { $rows }
observed-window = النافذة من { $first } إلى { $last }
observed-dates-of = التواريخ ({ $kind })
observed-one-by-one = { $measure }، واحدًا واحدًا
observed-figure-people = الأفراد الملاحظون
observed-figure-attacks = الهجمات الملاحظة، لكل { $days } يومًا
observed-figure-wounded = الجرحى الملاحظون، لكل { $days } يومًا
observed-figure-killed = القتلى الملاحظون، لكل { $days } يومًا
observed-figure-strikes = الضربات الملاحظة، لكل { $days } يومًا
observed-all = الكل
observed-bar-exact = مضبوط
observed-bar-about = تقريبي (الخط: ‎80 %‎)
observed-bar-at-most = على الأكثر
observed-bar-nobody = لم يَعُدّ أحد

## Why rows of observations are left out

left-undated = لا يُعرف أي يوم هو
left-wide =
    { $days ->
        [one] لا يُعرف إلا ضمن مدة تزيد على يوم واحد ({ $days })
        [two] لا يُعرف إلا ضمن مدة تزيد على يومين ({ $days })
        [few] لا يُعرف إلا ضمن مدة تزيد على { $days } أيام
        [many] لا يُعرف إلا ضمن مدة تزيد على { $days } يومًا
       *[other] لا يُعرف إلا ضمن مدة تزيد على { $days } يوم
    }
left-outside = خارج النافذة
left-partly-outside = خارج النافذة بيومه الأوسط، وربما داخلها
left-by-kind = النوع: { $why }
left-by-place = المكان: { $why }
left-by-actor = الفاعل: { $why }
left-unlisted = ليس في الجدول
left-listed = يستبعده الجدول
left-nowhere = بلا إحداثيات
left-far = على بعد { $distance } من أقرب موقع، { $site }
left-km = { $km } كم
left-some-km = عدد من الكيلومترات
left-both = ‏{ $one }، و{ $other }
left-no-row = لا صف بهذا الاسم
left-no-row-near = لا صف بهذا الاسم؛ هل المقصود «{ $name }»؟
left-unread = لا يُقرأ عمود بهذا الاسم
left-share = نصيب ممن أُصيبوا في عدة أحداث: اعتُبر غير مذكور
left-across-end = يقع على جانبي نهاية { $day }
left-across-begin = يقع على جانبي بداية { $day }
left-unknown-site = موقعه غير معروف، والأحداث تُعدّ بحسب الموقع
left-unknown-threat = تهديده غير معروف، والأحداث تُعدّ بحسب التهديد
left-no-number = لم يُعطَ رقم
left-no-part = ليس في أي من الأجزاء
left-no-id = لا معرّف له

## Forecasts

forecast-title = توقع من { $origin }
hindcast-title = توقع بأثر رجعي من { $origin }
forecast-source-run = { $name }: السيناريو { $hash }، البذرة { $seed }، عدد المحاولات { $trials }
forecast-source = { $name }: البذرة { $seed }
forecast-made = توقع من { $origin }، أُعد في { $made }
forecast-made-after = توقع بأثر رجعي من { $origin }، أُعد في { $made }، بعد نهايته في { $last }
forecast-is-late = هذا توقع بأثر رجعي: فقد أُعد بعد نهاية كل ما يتوقعه، وكان ما حدث معروفًا ربما لمن أعده
forecast-some-late = { $late } من أصل { $all } من النوافذ بأثر رجعي: فقد انتهت حين أُعد التوقع، وكان ما حدث معروفًا ربما لمن أعده
forecast-marks = الأشرطة: النسب المركزية 90 و80 و‎50 %‎؛ الخط: الوسيط
forecast-marks-came = الأشرطة: النسب المركزية 90 و80 و‎50 %‎؛ الخط: الوسيط؛ النقاط: ما حدث، بالأحمر خارج ‎80 %‎ المركزية
forecast-drawn-until = رُسم حتى { $month }: وما بعده ‎90 %‎ الوسطى منه 0
forecast-panel = { $forecast }: { $target } في الشهر
forecast-a-month = في الشهر
forecast-months =
    { $months ->
        [one] شهر واحد ({ $months })
        [two] شهران ({ $months })
        [few] { $months } أشهر
        [many] { $months } شهرًا
       *[other] { $months } شهر
    }
backtest-title = توقعات من نقطة انطلاق بعد أخرى
backtest-notes = { $notes }. إزاء: المهارة، أي 1 ناقص `crps` على `crps` ذلك النموذج، وهي فوق 0 حيث التوقع أفضل، وبين قوسين حيث يحوي مجال ثقة ‎95 %‎ لها (إعادة المعاينة بالكتل على نقاط الانطلاق) 0
backtest-samples = عدد العينات { $samples } · البذرة { $seed } · drawdown { $version }
backtest-against = إزاء { $model }
backtest-figure = المهارة إزاء «{ $baseline }»
backtest-marks = ‏1 ناقص crps على crps المرجع؛ الخط: مجال ثقة ‎95 %‎
backtest-axis-month = المهارة، الشهر نفسه
backtest-axis-sum = المهارة، كل الأشهر حتى حينه
backtest-axis-ahead = الأشهر مقدمًا
backtest-fans = { $measure }: التوقع قبل { $months }، وما حدث
backtest-histograms = أين وقعت القيم في التوقعات قبل { $months }
scores-title = درجات التوقعات
scores-forecasts = عدد التوقعات { $count }، من { $who }
scores-of = لـ{ $targets }
scores-span = من { $first } إلى { $last }
scores-notes = `crps`: بوحدة المتوقع، و`crps_log` على المقياس `log(1 + x)`، و`log_score` بوحدة nat: الأقل أفضل. التحيز: فوق 0 حيث توُقّع أكثر مما ينبغي. `interval_coverage` (ضمن ‎80 %‎): نصيب القيم داخل المجال المركزي، وهو للأعداد الصغيرة أكثر مما يقول بطبيعته؛ و`pit_coverage`: مثله بدون ذلك. المنفصلة: من النوافذ، ما لا يتداخل منها
scores-waiting = { $notes }. وعدد التوقعات التي تنتظر ما سيحدث { $waiting }
scores-marks = الرمادي: شريط ‎95 %‎ لكل الفئات معًا إذا صح التوقع؛ الأحمر: خارجه
scores-axis-pit = تحويل تكامل الاحتمال
scores-axis-rank = الرتبة بين العينات، بعد التدريج
scores-axis-density = الكثافة
scores-windows =
    { $windows ->
        [one] ‏{ $panel } (نافذة واحدة: { $windows })
        [two] ‏{ $panel } (نافذتان: { $windows })
        [few] ‏{ $panel } ({ $windows } نوافذ)
       *[other] ‏{ $panel } ({ $windows } نافذة)
    }
onset-title = توقعات الأشهر التي تتجاوز مستوى
onset-origin = أكثر من { $level } في الشهر ({ $measure })
onset-notes = `brier`: متوسط مربع الفرق بين الاحتمال المعطى وما حدث (0 أو 1)، والأقل أفضل. المهارة: 1 ناقص `brier` على نظيره لنصيب الأشهر التي تتجاوز المستوى بين المعروف منها عند كل نقطة انطلاق، والأدنى والأعلى مجال ثقة ‎95 %‎ لها (إعادة المعاينة بالكتل على نقاط الانطلاق). ويُحسب البدء من نقاط الانطلاق التي لا يتجاوز شهرها المستوى
onset-interval = من { $low } إلى { $high }
onset-marks = النقطة: كم مرة حدث؛ الخط: مجال ثقة ‎95 %‎ المضبوط
onset-axis-above = فوق المستوى، قبل { $months }
onset-axis-chance = الاحتمال المعطى (عموديًا: نصيب ما حدث فيه)
stacked-title = توقعات مجمعة بحسب درجاتها
stacked-origin = { $scores } · الأوزان بحسب { $score }
stacked-notes = الأوزان تجعل متوسط { $score } للتجميع أصغر ما يكون على هذه النوافذ، فدرجته أفضل قليلًا من حقيقتها؛ الأدنى والأعلى: مجال ثقة ‎95 %‎ بإعادة المعاينة بالكتل على النوافذ. المتساوية: التجميع بأوزان متساوية
stacked-marks = العمود: الوزن؛ الخط: مجال ثقة ‎95 %‎
stacked-axis = الوزن
reference-title = الفئة المرجعية
reference-notes = النسبة: المدة الفعلية على المدة المعلنة. وتُقيَّم القوانين عند كل انسحاب مع استبعاده؛ `log score` (لكثافة النسبة) و`CRPS`: الأقل أفضل. المعتاد: قانون المكتبة، ولم يُقدَّر من هذه الحالات
reference-origin = عدد الانسحابات { $withdrawals }، منها { $missed } تجاوز الموعد بأكثر من ‎5 %‎

## Elicitation

elicited-title = ما يعتقده الخبراء
elicited-how = أعطى الخبراء P5 وP50 وP95 لكل رقم؛ والتجميع متوسط مرجح لما يعتقدونه. { $notes }
elicited-apart = { $number } ({ $apart } من 1)
elicited-said = { $numbers } { $source }؛ والخبراء أشد تباعدًا في { $apart }
elicited-alt = مجالات كل خبير والتجميعات. { $said }.
elicited-caption = ما قاله كل خبير (من P5 إلى P95؛ النقطة: P50)، وما تعتقده التجميعات.
elicited-numbers =
    { $numbers ->
        [one] رقم واحد ({ $numbers })
        [two] رقمان ({ $numbers })
        [few] { $numbers } أرقام
       *[other] { $numbers } رقمًا
    }
elicited-experts =
    { $experts ->
        [one] خبير واحد ({ $experts })
        [two] خبيران ({ $experts })
        [few] { $experts } خبراء
       *[other] { $experts } خبيرًا
    }
elicited-seeds =
    { $seeds ->
        [zero] بلا أسئلة ضبط ({ $seeds })
        [one] سؤال ضبط واحد ({ $seeds })
        [two] سؤالا ضبط ({ $seeds })
        [few] { $seeds } أسئلة ضبط
       *[other] { $seeds } سؤال ضبط
    }
elicited-weights-equal = أوزان متساوية
elicited-weights-performance = أوزان بحسب الأداء
elicited-source = مأخوذة من { $names }؛ { $weights }، { $seeds }
elicited-calibrated = ‏{ $name } { $value }
elicited-calibration = المعايرة على { $seeds }: { $known }
elicited-no-seeds = من دون أسئلة ضبط لا يعرف أحد مدى صواب معرفة الخبراء.
elicited-scores =
    المعايرة: احتمال أن تقع الحقائق بهذه الغرابة في مجالات من
    هو على صواب؛ المعلومات: مقدار ما قيل، إزاء خلفية على المدى
    الذي سماه أي منهم؛ الدرجة: حاصل ضربهما؛ إلى P5، ...: الحقائق في كل مجال
elicited-alike =
    الكل متساوون: فالأوزان بحسب الأداء تتطلب { $least } من أسئلة الضبط،
    وعددها هنا { $seeds }.
elicited-none = صفر
elicited-unheard =
    { $experts ->
        [one] خبير واحد ({ $experts }) دون { $cut } لا يُسمع
        [two] خبيران ({ $experts }) دون { $cut } لا يُسمعان
        [few] { $experts } خبراء دون { $cut } لا يُسمعون
       *[other] { $experts } خبيرًا دون { $cut } لا يُسمعون
    }
elicited-heard = الكل مسموع
elicited-weighted =
    الأوزان: { $heard }، وهو الأفضل خارج العينة، والدرجة هناك أفضل قليلًا
    من حقيقتها لأنها أفضل العتبات
elicited-off = تنحرف احتمالات مئينات التجميع في القانون بما يصل إلى { $off }.
elicited-expert = الخبير
elicited-pool = التجميع (جديد: خارج العينة)
elicited-number = الرقم، التجميع
elicited-number-pool = ‏{ $number }، { $pool }
elicited-column-calibration = المعايرة
elicited-column-information = المعلومات
elicited-column-score = الدرجة
elicited-column-weight = الوزن
elicited-column-disagreement = التباعد
elicited-column-new = { $score } (جديد)
elicited-column-to = إلى { $quantile }
elicited-column-above = فوقه
elicited-pool-equal = متساوية
elicited-pool-performance = بحسب الأداء
elicited-figure = ما يعتقده الخبراء (الأوزان)
elicited-marks = النقطة: P50؛ الخط: من P5 إلى P95
elicited-row-equal = الكل متساوون
elicited-row-performance = بحسب الأداء
elicited-truth = الجواب الصحيح
elicited-axis = التباعد { $apart }
elicited-axis-log = التباعد { $apart }، مقياس لوغاريتمي

## Columns of tables of data, and what stands in them

column-mean = المتوسط
column-sd = الانحراف المعياري
column-low = الأدنى
column-high = الأعلى
column-unit = الوحدة
column-measure = المقياس
column-range = النطاق
column-standard_error = الخطأ المعياري
column-missing = المفقود
column-of = من
column-id = المعرّف
column-announced = المعلن
column-chance_met = احتمال الالتزام
column-unfinished = غير منتهٍ
column-observation = الملاحظة
column-what = ماذا
column-from = من يوم
column-to = إلى يوم
column-observed = الملاحظ
column-log_likelihood = لوغاريتم الأرجحية
column-effective = الفعال
column-distinct = المختلف
column-prior_mean = المتوسط القبلي
column-prior_sd = الانحراف المعياري القبلي
column-prior_p10 = p10 القبلي
column-prior_p50 = p50 القبلي
column-prior_p90 = p90 القبلي
column-prior_pit = pit القبلي
column-posterior_p10 = p10 البعدي
column-posterior_p50 = p50 البعدي
column-posterior_p90 = p90 البعدي
column-posterior_pit = pit البعدي
column-shift = الانزياح
column-contraction = الانكماش
column-bound = الحد
column-count = التعداد
column-statistic = الإحصاء
column-series = السلسلة
column-rows = الصفوف
column-total = المجموع
column-exact = المضبوط
column-unsure = غير المؤكد
column-at_most = على الأكثر
column-why = السبب
column-values = القيم
column-over = المدى
column-horizon = الأفق
column-forecast = التوقع
column-windows = النوافذ
column-apart = المنفصلة
column-bias = التحيز
column-in-80 = ضمن ‎80 %‎
column-pit-in-80 = ‏pit ضمن ‎80 %‎
column-target = الهدف
column-status = الحالة
column-sum_p10 = p10 للمجموع
column-sum_p50 = p50 للمجموع
column-sum_p90 = p90 للمجموع
column-question = السؤال
column-happened = ما حدث
column-chance = الاحتمال
column-skill = المهارة
column-low-to-high = من الأدنى إلى الأعلى
column-weight = الوزن
column-alone = منفردة
column-pool = التجميع
column-score = الدرجة
column-withdrawal = الانسحاب
column-begins = البداية
column-actual = الفعلي
column-ratio = النسبة
column-kept = الالتزام
column-law = القانون
column-parameter = المعامل
column-value = القيمة
column-half_width = نصف العرض
column-trials = المحاولات
column-reached = متحقق
column-trials_needed = المحاولات اللازمة
column-site = الموقع
column-threat = التهديد
cell-over-month = الشهر
cell-over-sum = المجموع
cell-status-forecast = توقع
cell-status-under-way = جارٍ
cell-status-hindcast = بأثر رجعي
cell-forecast-climatology = المناخية
cell-forecast-last-value = آخر قيمة
cell-forecast-random-walk = المشي العشوائي
cell-forecast-recent-year = السنة الأخيرة
cell-question-above = فوق المستوى
cell-question-onset-within-30-days = البدء خلال 30 يومًا
cell-question-onset-within-90-days = البدء خلال 90 يومًا
cell-pool-stacked = المجمعة
cell-pool-equal = المتساوية
cell-pool-best = الأفضل
cell-law-kept-or-missed = التزام أو تجاوز
cell-law-lognormal = لوغاريتمي طبيعي
cell-law-usual = المعتاد
cell-parameter-median = الوسيط
cell-parameter-kept_share = نصيب الالتزام
cell-of-events = الأحداث
cell-of-counts = التعدادات
cell-of-levels = المستويات
cell-of-dates = التواريخ
cell-of-sites = المواقع
cell-of-threats = التهديدات
cell-of-events-wounded = الأحداث، الجرحى
cell-of-events-killed = الأحداث، القتلى
cell-of-overall = الإجمال
cell-of-phase = المرحلة
cell-of-site = الموقع
cell-of-contingent = القوة الوطنية
cell-bound-exact = مضبوط
cell-bound-about = تقريبي
cell-bound-derived = مشتق
cell-bound-at_most = على الأكثر
cell-bound-missing = مفقود

## Kinds of events that are observed

event-attack = هجوم
event-attack_intercepted = هجوم معترَض
event-strike = ضربة
event-incident = حادث
event-shock = صدمة
event-barrage_met = رشقة كبرى ووجهت
event-barrage_unmet = رشقة كبرى لم تُواجَه

## What defaults rest on

rests-both = { $form }؛ القيمة: { $value }
rests-judgement = تقدير
rests-judgement-after-reports-of-2023-24 = تقدير، استنادًا إلى تقارير 2023-2024
rests-judgement-fitted-to-the-record-of-2023-24 = تقدير، وفق سجل 2023-2024
rests-judgement-on-one-case = تقدير، على حالة واحدة
rests-judgement-720-a-day-left-Iraq-in-November-2011 = تقدير؛ غادر العراق 720 في اليوم في نوفمبر 2011
rests-judgement-stands-in-for-data-that-are-not-public = تقدير؛ يقوم مقام بيانات غير منشورة
rests-evidence-both-ways = أدلة في الاتجاهين
rests-evidence-for-the-form-Clauset-et-al-2007 = أدلة على الشكل: Clauset et al. 2007
rests-evidence-for-the-form-Lewis-et-al-2012-White-et-al-2013 = أدلة على الشكل: Lewis et al. 2012 وWhite et al. 2013
rests-evidence-for-the-sign-Fetzer-et-al-2021 = أدلة على الإشارة: Fetzer et al. 2021
rests-730-days-after-the-last-announced-finish-or-after-the-start-where-nothing-is-announced = بعد آخر نهاية معلنة بـ 730 يومًا (أو بعد البداية، حيث لا شيء معلن)
