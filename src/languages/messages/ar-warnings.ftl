# Arabic: warnings. Not reviewed by a speaker. A mark that nobody sees (U+200F) begins a message that begins
# with a value.

## As the description has it

warning = ‏{ $path }: { $what } [{ $code }]

## What is not as it was probably meant

warn-not-before-horizon = ‏{ $date } ليس قبل أفق المحاكاة { $horizon }
warn-not-named = يغادر أفراد مواقع أخرى في منطقته، والخطة لا تذكره
warn-unsaid-blackout = عدد أيامه الواقعة ضمن المواعيد المعلنة للمرحلة `{ $phase }`: { $days }، وهي تُضاف إليها
warn-too-short = ‏{ $what }: أقل عدد من الأيام لازم لذلك { $needed }، بمعدل { $per_day } في اليوم، والمواعيد تتيح { $days }
too-short-people = الأفراد { $count }
too-short-tonnes = الأطنان المنقولة بوسيلة النقل { $mode }، وعددها { $count }
warn-early-start = عدد الأيام منذ الموعد المعلن لانتهاء `{ $other }` هو { $between }، بينما يبقى أفرادها في الطريق أيامًا لا يقل عددها عن { $days }
warn-lost-reference = غادر أفراد أو قدموا قبل البداية، ومعدلات التهديدات التي تتبع عددهم تُحمل على أنها محسوبة لحامية البداية
warn-no-room = ليس في الخطة مهلة لالتقاط الأنفاس من أجل ذلك
warn-flapping = يتحقق هذا الشرط كلما تحقق `{ $when }`: فتنتهي القاعدة عند المراجعة التالية ثم تنطلق من جديد
warn-after-mandate = أُعلن انتهاء المرحلة في { $finish }، لكن القوة الوطنية `{ $id }` تغادر كلها في { $end }، عند انتهاء تفويضها
warn-nothing-to-come = ‏{ $what } أكثر من { $so_far } إذن، مع أنه لا يتجاوز { $most } أبدًا: فلم يبقَ منه شيء
to-come-delay = تأخيرها
to-come-ratio = نسبة مدتها إلى المدة المعلنة
warn-used-up = الأيام المستهلكة { $used } من أصل { $given }: فلم يبقَ منها شيء
warn-slow = الزمن المتوقع للمحاولة الواحدة، بالثواني: نحو { $seconds }

## Why a rule never sets off

warn-never = لا تنطلق القاعدة أبدًا: { $why }
never-room = ليس في مهلة التقاط الأنفاس هذا العدد من الأيام: { $days }
never-after-start = ‏{ $date } ليس بعد البداية { $start }
never-event = يقع `{ $id }` في { $date }، لا قبل أفق المحاكاة { $horizon }
never-risk = لا يتحقق الخطر `{ $id }` أبدًا
never-tension = لا حالة سابقة تؤدي إلى هذا التوتر
never-attacks = لا يهاجم أبدًا أي من التهديدات التي تُحصى

## What changes nothing, and why

warn-idle = لا يغيّر هذا شيئًا: { $why }
why-no-move-goes = لا انتقال من { $from } إلى { $to }
why-none = لا يوجد منها شيء
why-not-reached = لا حالة سابقة تؤدي إليه
why-no-attacks = معدله 0، ولا شيء آخر يسبب هجمات منه
why-weights-of-states = لكل حالة من حالات التوتر أوزانها الخاصة
why-unarmed = ليس للتهديد أسلحة
why-no-common-site = لا موقع فيه التهديدان معًا
why-not-both-sites = لا يهاجم التهديد هذين الموقعين كليهما
why-no-children = لا يسبب أي هجوم هجومًا آخر
why-unanswered = لا يُرد على أي هجوم
why-no-deterrence = الضربات لا تردع ولا تستفز
why-friction-unread = لا شيء ينظر إلى الاحتكاك مع الدولة المضيفة
why-nobody-moves = عدد الأفراد لا يتغير أبدًا
why-one-site = لا يهاجم التهديد إلا موقعًا واحدًا
why-nothing-announced = لا تعلن الخطة شيئًا
why-outside = يقع هذا خارج الزمن الذي يُحاكى
why-over-at-once = ينتهي فورًا
why-times-one = الضرب فيه في 1
why-no-background = ليس للتهديد هجمات خاصة به، والهجمات المسبَّبة لا تتأثر
why-no-outcome = وزن نتيجته 0
why-no-attacks-in-window = ليس لأي من تهديداته هجمات خاصة به
why-room-unused = لا تستخدم أي قاعدة مهلة التقاط الأنفاس
why-ageless = متوسط المكوث رقم واحد، فلا يدل ما مضى منه على شيء
why-strikes-forgotten = الضربات لا تردع ولا تستفز، ولا شيء ينظر إلى الاحتكاك
why-attacks-forgotten = هجماته لا تسبب غيرها، ولا تحصيها أي قاعدة
why-no-rules = لا توجد قواعد
why-no-phases = لا توجد مراحل
why-unused = لا تستخدمه أي قاعدة
why-no-pause-days = لا توجد أيام للتوقف
why-not-correlated = أقل من مرحلتين لهما مدة غير مؤكدة
why-no-room-of-plan = ليس في الخطة مهلة لالتقاط الأنفاس، أو لا تستخدمها أي قاعدة
why-no-load = لا تُنقل أي حمولة بهذه الوسيلة
why-not-brought = لا انتقال يأتي بـ `{ $contingent }` إلى `{ $site }`
why-never-blocked = لا يكون التوتر أبدًا في هذه الحالات
why-once = لا تنطلق القاعدة أكثر من مرة واحدة
why-once-without-pause = لا تنطلق القاعدة أكثر من مرة واحدة ولا توقف شيئًا
why-same-pace = 1 هو الإيقاع القائم أصلًا
why-no-phase-named = لا تُذكر أي مرحلة
why-by-no-days = المقدار 0 من الأيام
why-nobody-killed = لا يُقتل أحد أبدًا
why-nobody-leaves = لا شيء يجعل القوة الوطنية تغادر
why-not-offended = لا تسيء أي ضربة إلى الدولة المضيفة، فلا يُطرد أحد
why-no-hazards = معدلاته كلها 0
why-no-friction = لا احتكاك، أو لا شيء ينظر إليه
why-no-ground = لا تمرد، ولا يُطرد أحد
why-host-holds-nothing = لا تمرد تكبحه قوات الدولة المضيفة
why-no-growth = مع نمو قدره 0 لا حاجة إلى ما يكبحه
why-troops-hold-nothing = القوات لا تكبح شيئًا
why-no-shocks = لا تأتي الصدمات أبدًا، أو تضرب في 1
why-no-incident-on-sites = لا يقع أي حادث على موقع
why-harmless = لا يصيب أحدًا
why-no-last-phase = يأتي بعد المرحلة الأخيرة، ولا مراحل
why-no-hazard = معدله 0
why-never-held = لا تُوقف الحركة أبدًا
why-moves-nobody = لا تنقل أي مرحلة أحدًا
why-risk-never = لا يحدث أبدًا
why-risk-late = لا يحدث إلا عند أفق المحاكاة أو بعده
why-risk-without-effect = لا أثر له، ولا تنظر إليه أي قاعدة
why-relieves-nothing = لا يفعل شيئًا حيال أي خطر
why-acts-on-nothing = لا يؤثر في شيء
why-days-on-threats = الأيام المضافة لا تؤثر في التهديدات
why-unknown-phase = لا مرحلة في هذه الخطة اسمها `{ $id }`
why-unknown-gate = لا بوابة في هذه الخطة اسمها `{ $id }`
why-not-followed = لا تهديد هناك يتبع عدد الأفراد
why-not-fired = لا يهاجم به أحد، أو لا شيء يوقفه
why-nothing-fired = لا يُطلق شيء على الموقع

## What to do

do-take-out = احذف هذا البند
do-give = أضف { $key }
do-give-or = أضف { $key }، أو { $other }
do-give-or-take-out = أضف { $key }، أو احذف هذا البند
do-give-or-take-them-out = أضف { $key }، أو احذف هذه البنود
do-take-out-or-give = احذف هذا البند، أو أضف { $key }
do-give-law = احذف هذا البند، أو أعطِ { $key } قانونًا احتماليًا
do-mend = صحح هذا البند، أو احذفه
do-mend-action = صحح هذا البند، أو احذف الإجراء
do-mend-ceasefire = صحح هذا البند، أو احذف وقف إطلاق النار
do-mend-window = صحح هذا البند، أو احذف النافذة
do-mend-or-give = صحح هذا البند، أو امنح الخطة هذا القدر
do-mend-date = صحح التاريخ، أو أضف قانونًا احتماليًا يسمح بذلك
do-blackout = أعطِ تاريخًا أبكر أو أفقًا أبعد، أو احذف فترة توقف الحركة هذه
do-say-allowed = أعطِ القيمة `{ $no }` إن كان ذلك مقصودًا، أو `{ $yes }` إن كانت المواعيد المعلنة تراعي ذلك
do-move = أضف انتقالًا منه (مع `{ $residual }` إن كان عليهم البقاء)
do-later-or-raise = أعلن موعدًا لاحقًا، أو زد `{ $key }`
do-later = أعلن موعدًا لاحقًا، إن كان عليه أن يراعي طريقهم
do-reference = أعطِ الحامية التي حُسبت المعدلات لها، كتلك التي كانت قبل الانسحاب
do-room = أضف `{ $key }`، أو احذف الإجراء
do-change-condition = غيّر الشرط، أو احذف القاعدة
do-until = أعطِ `{ $until }` عتبة أدنى، أو اتركه، أو أضف `{ $cooldown }`
do-earlier-finish = أعلن انتهاء أبكر، أو أفرد لها مرحلة خاصة
do-less-work = معظمه يذهب إلى `{ $path }`: أعطِ هناك رقمًا أصغر، أو اجعل واحدًا يمثل عدة، أو قصّر أفق المحاكاة
do-add-leg-move = أضف انتقالًا كهذا، وإلا فهو لخطط أخرى
do-next = اذكر هذه الحالة في `{ $next }` لحالة سابقة، أو احذفها
do-attacks = أعطه هجمات، أو احذف التهديد
do-common-site = أعطهما موقعًا مشتركًا، أو احذف هذا البند
do-weights = أعطِ الموقعين وزنًا في `{ $key }`، أو احذف هذا البند
do-harm = أعطِ التهديد أسلحة تصيب، أو احتمالات فوق 0، أو احذف هذا البند
do-friction = أضف `{ $expulsion }` أو قاعدة تنظر إلى `{ $friction }`، أو احذف هذا البند
do-let-move = احذف هذا البند، أو دع الأفراد يتحركون
do-another-site = احذف هذا البند، أو دع التهديد يهاجم موقعًا آخر
do-announce = احذف هذا البند، أو أعلن مراحل
do-pause-or-stretch = أضف قاعدة توقف أو تطيل، أو احذف هذا البند
do-rules = احذف هذا البند، أو أضف قواعد
do-phases = احذف هذا البند، أو أضف مراحل
do-both = احذف هذا البند، أو امنح الخطة الاثنين
do-loads = احذف هذا البند، أو أضف حمولات تُنقل بها
do-bring = احذف هذا البند، أو أضف انتقالًا كهذا
do-weapons-that-kill = احذف هذا البند، أو أعطِ تهديدًا أسلحة تقتل
do-offend = أضف `{ $unprovoked }`، أو أعطِ تهديدًا `{ $retaliation }` غير منسَّق
do-expulsion = احذف هذا البند، أو أضف `{ $expulsion }` وضربات غير منسقة
do-one-of-two = احذف هذا البند، أو أضف أحد الأمرين
do-lower = اخفض `{ $key }`، أو احذف هذا البند
do-give-phases = أضف مراحل، أو احذف هذا البند
do-room-and-rule = احذف هذا البند، أو أضف مهلة لالتقاط الأنفاس وقاعدة توقف الحركة
do-move-people = احذف هذا البند، أو أضف مراحل تنقل أفرادًا
do-earlier-risk = أعطِ `{ $key }` أبكر، أو أفقًا أبعد
do-effects = أضف `{ $effects }`، أو قاعدة شرطها `{ $risk }`
do-name-risk = اذكر خطرًا تحت `{ $key }`
do-name-target = اذكر ما يؤثر فيه: { $keys }
do-name-phases = اذكر مراحل أو بوابات، أو احذف هذا البند
do-near = هل تقصد `{ $near }`؟ وإلا فهو لخطط أخرى
do-other-plans = هو لخطط أخرى، إن كان مقصودًا
do-elasticity = أعطِ تهديدًا على الموقع `{ $key }`، أو احذف هذا البند
do-give-weapon = احذف هذا البند، أو أعطِ تهديدًا هذا السلاح
do-arm = احذف هذا البند، أو أعطِ تهديدًا على الموقع أسلحة
