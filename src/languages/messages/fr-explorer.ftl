# French: what the explorer shows of a run. Not reviewed by a speaker.

## The verdict

day-in-full =
    { $day ->
        [1] { $day }er { $month } { $year }
       *[other] { $day } { $month } { $year }
    }
month-in-full =
    { $month ->
        [jan] janvier
        [feb] février
        [mar] mars
        [apr] avril
        [may] mai
        [jun] juin
        [jul] juillet
        [aug] août
        [sep] septembre
        [oct] octobre
        [nov] novembre
       *[dec] décembre
    }
verdict-on-time = achevé au plus tard le { $date } dans { $share } % des trajectoires (de { $low } à { $high })
verdict-casualties =
    { $mean ->
        [one] { $mean } tué ou blessé en moyenne (de { $low } à { $high })
       *[other] { $mean } tués et blessés en moyenne (de { $low } à { $high })
    }
verdict-nothing = Le scénario n’a ni plan ni menaces : rien n’est fait, et personne n’est atteint.
verdict-apart = { $said }, soit { $apart }
verdict-open = { $said }, sans différence établie avec { $name }
verdict-both-open = ni l’un ni l’autre ne se distingue de { $name }
verdict-points-more =
    { $mean ->
        [one] { $mean } point de plus que { $name } (de { $low } à { $high })
       *[other] { $mean } points de plus que { $name } (de { $low } à { $high })
    }
verdict-points-less =
    { $mean ->
        [one] { $mean } point de moins que { $name } (de { $low } à { $high })
       *[other] { $mean } points de moins que { $name } (de { $low } à { $high })
    }
verdict-more = { $mean } de plus que { $name } (de { $low } à { $high })
verdict-fewer = { $mean } de moins que { $name } (de { $low } à { $high })

## Tables and pictures

interval = { $low } à { $high }
percent = { $share } %
head-announced = annoncé
head-on-time = à temps
head-in-the-baseline = dans la référence
head-points-more = points de plus
head-casualties = tués et blessés
head-more = de plus
head-95 = 95 %
everything = Tout
everywhere = Tous les sites
date-of-phase = phase : { $name }
date-of-site = site : { $name }
date-of-contingent = contingent : { $name }
measure =
    { $name ->
        [casualties] tués et blessés
        [killed] tués
        [wounded] blessés
        [attacks] attaques
        [strikes] frappes
        [civilian_killed] civils tués
        [civilian_wounded] civils blessés
        [host_killed] tués de l’hôte
        [insurgent_strength] force de l’insurrection
        [cost] coût
        [person_days] jours-personnes
        [pauses] pauses
        [pause_days] jours de pause
        [extension_days] jours de prolongation
        [forced_resumptions] reprises forcées
        [stretch_days] jours d’étirement
        [reinforcements] renforts
        [people_moved] personnes transportées
        [people_left] personnes restées
        [expelled] expulsion
       *[reentry] retour
    }
unit =
    { $name ->
        [chance] probabilité
        [attacks] attaques
        [people] personnes
        [days] jours
        [pauses] pauses
        [tonnes] tonnes
        [strikes] frappes
        [trials] tirages
        [share] part
        [incidents] incidents
        [shocks] chocs
        [barrages] salves massives
        [cost] coût
        [person-days] jours-personnes
       *[draws] échantillons
    }
