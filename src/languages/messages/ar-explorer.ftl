# Arabic: what the explorer shows of a run. Not reviewed by a speaker.

## The verdict

day-in-full = ‏{ $day } { $month } { $year }
month-in-full =
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
verdict-on-time = تنتهي بحلول { $date } في ‎{ $share } %‎ من المسارات (من { $low } إلى { $high })
verdict-casualties = ‏{ $mean } من القتلى والجرحى في المتوسط (من { $low } إلى { $high })
verdict-nothing = ليس في السيناريو خطة ولا تهديدات: لا يُنجز شيء، ولا يُصاب أحد.
verdict-apart = ‏{ $said }، { $apart }
verdict-open = ‏{ $said }، دون فرق يمكن تمييزه عن { $name }
verdict-both-open = لا يمكن تمييز أي منهما عن { $name }
verdict-points-more =
    { $mean ->
        [zero] بزيادة { $mean } نقطة على { $name } (من { $low } إلى { $high })
        [one] بزيادة نقطة واحدة ({ $mean }) على { $name } (من { $low } إلى { $high })
        [two] بزيادة نقطتين ({ $mean }) على { $name } (من { $low } إلى { $high })
        [few] بزيادة { $mean } نقاط على { $name } (من { $low } إلى { $high })
       *[other] بزيادة { $mean } نقطة على { $name } (من { $low } إلى { $high })
    }
verdict-points-less =
    { $mean ->
        [zero] بنقص { $mean } نقطة عن { $name } (من { $low } إلى { $high })
        [one] بنقص نقطة واحدة ({ $mean }) عن { $name } (من { $low } إلى { $high })
        [two] بنقص نقطتين ({ $mean }) عن { $name } (من { $low } إلى { $high })
        [few] بنقص { $mean } نقاط عن { $name } (من { $low } إلى { $high })
       *[other] بنقص { $mean } نقطة عن { $name } (من { $low } إلى { $high })
    }
verdict-more = بزيادة { $mean } على { $name } (من { $low } إلى { $high })
verdict-fewer = بنقص { $mean } عن { $name } (من { $low } إلى { $high })

## Tables and pictures

interval = من { $low } إلى { $high }
percent = ‏‎{ $share } %‎
head-announced = المعلن
head-on-time = في الموعد
head-in-the-baseline = في خط الأساس
head-points-more = نقاط زيادة
head-casualties = القتلى والجرحى
head-more = زيادة
head-95 = ‎95 %‎
everything = الكل
everywhere = كل المواقع
date-of-phase = المرحلة: { $name }
date-of-site = الموقع: { $name }
date-of-contingent = القوة الوطنية: { $name }
measure =
    { $name ->
        [casualties] القتلى والجرحى
        [killed] القتلى
        [wounded] الجرحى
        [attacks] الهجمات
        [strikes] الضربات
        [civilian_killed] القتلى المدنيون
        [civilian_wounded] الجرحى المدنيون
        [host_killed] قتلى الدولة المضيفة
        [insurgent_strength] قوة التمرد
        [cost] الكلفة
        [person_days] أيام الأفراد
        [pauses] التوقفات
        [pause_days] أيام التوقف
        [extension_days] أيام التمديد
        [forced_resumptions] حالات الاستئناف القسري
        [stretch_days] أيام الإطالة
        [reinforcements] التعزيزات
        [people_moved] الأفراد المنقولون
        [people_left] الأفراد الباقون
        [expelled] الطرد
       *[reentry] العودة
    }
unit =
    { $name ->
        [chance] احتمال
        [attacks] هجوم
        [people] فرد
        [days] يوم
        [pauses] توقف
        [tonnes] طن
        [strikes] ضربة
        [trials] محاولة
        [share] نسبة
        [incidents] حادث
        [shocks] صدمة
        [barrages] رشقة كبرى
        [cost] كلفة
        [person-days] فرد-يوم
       *[draws] عينة
    }
