# French. Not reviewed by a speaker.

## Lists, days

list-comma = {", "}
list-semicolon = { " ; " }
list-and = {" et "}
none = aucune
day-in-full =
    { $day ->
        [1] { $day }er { $month } { $year }
       *[other] { $day } { $month } { $year }
    }

## The page

page-scenario-only =
    Un scénario et non une prévision : il dit ce qui découle des nombres qui y sont inscrits, dont ceux
    sans données relèvent du jugement. Il porte sur un risque agrégé.
page-unreviewed = Cette traduction n’a pas été relue par un locuteur du français.
page-in-english = Ce qui est ici en anglais n’est pas encore traduit ; titres, sources et notes sont donnés tels que l’auteur du scénario les a écrits.
page-warning = { $path } : { $what } ; { $remedy }.
page-contents = Sommaire
page-plan = Le plan en mots
page-where-from = D’où viennent ces nombres
page-folded =
    { $rows ->
        [one] Replié : { $rows } ligne
       *[other] Replié : { $rows } lignes
    }
page-fewer = Les comparaisons avec d’autres plans, ce que les pauses coûtent et épargnent, et le risque au fil du temps reposent, là où la page les calcule, sur les { $few } premières des { $all } trajectoires : les chiffres peuvent y différer un peu de ceux de toutes.
page-elsewhere = Cette partie porte sur un autre monde que la simulation de cette page : il en diffère par { $keys }. La liste de contrôle n’en tire aucune réponse.
page-and-more =
    { $more ->
        [one] { $named } et { $more } autre
       *[other] { $named } et { $more } autres
    }
page-assumptions = Hypothèses : jugement et controverse
page-disputed = Mécanismes controversés
page-disputed-some =
    Les preuves sont partagées à leur sujet. Ce qu’un scénario ne donne pas est désactivé, sauf la part
    des troupes dans ce qui contient une insurrection.
page-disputed-none = Aucun : les preuves sont partagées sur ce que font les menaces et les insurrections, et le scénario n’en a pas.
disputed-name = Controversé
disputed-here = Dans ce scénario
disputed-what = De quoi il s’agit
disputed-off = désactivé
disputed-on = activé
disputed-at = { $places } : { $state }
disputed-what-troops_exponent = Comment la pression des troupes suit leur nombre : (personnes / personnes au début)^exposant.
disputed-what-troops_share = Part de la pression qui est celle des troupes ; le reste est celle de l’hôte.
disputed-what-displacement = Report : des attaques de fond épargnées à un site parce qu’il compte moins de personnes que sa référence, ou aucune, la part qui retombe sur les autres sites ouverts de la menace, selon leur poids.
disputed-what-grievance = Davantage d’attaques à mesure que le calendrier annoncé est dépassé.
disputed-what-presence_elasticity = Élasticité du taux de fond d’un site par rapport aux personnes qui s’y trouvent : le taux est multiplié par (personnes / référence)^élasticité, le rapport étant maintenu entre 0,1 et 2.
disputed-what-retaliation = Frappes en réponse à ses attaques.
disputed-what-truce = Arrêt du feu tant que le calendrier annoncé est tenu.
disputed-what-deterrence = Ce que les frappes font à la menace : son taux de fond est multiplié par min(3, exp(-dissuasion x frappes en mémoire)).
page-ranges = Intervalles : ce que personne ne sait
page-ranges-some = Une valeur par échantillon de paramètres. Sources et notes sont celles que donne le scénario.
page-ranges-none = Le scénario n’en a pas : il est simulé comme si chacun de ses nombres était connu.
page-numbers = Nombres du scénario
page-numbers-source = Une source est celle du nombre lui-même, ou de la table qui le contient.
page-unsourced = Sans source
page-sourced = Avec source
page-sourced-beside = Avec source, outre les intervalles ci-dessus
page-in-full = Sources et notes abrégées dans les tableaux, en entier
page-defaults = Valeurs par défaut de la bibliothèque
page-defaults-some =
    Valeurs par défaut qui produisent un effet, et ce qui les fonde. La bibliothèque ne répond que de celles-ci
    et ne se prononce pas sur les nombres que donne le scénario.
page-defaults-none = Aucune n’est utilisée.
page-checklist = Liste de contrôle d’une analyse de risque de calendrier
page-checklist-after =
    D’après la bonne pratique 8 du « Schedule Assessment Guide » du Government Accountability Office des États-Unis
    (GAO-16-89G), avec pour seules preuves celles de cette page.
page-origin = Origine
page-again =
    Pour la refaire : { $simulate },
    puis { $report }, avec le scénario dans ce fichier.
page-scenario = Le scénario
untitled = Sans titre

## Origin

origin-this = Cette page
origin-scenario = scénario
origin-seed = graine
origin-version = version
origin-asked = tirages demandés
origin-run = tirages effectués
origin-capped = tirages écourtés (par la limite du nombre d’attaques)
origin-refused = échantillons refusés et tirés de nouveau
origin-samples = échantillons de paramètres communs à plusieurs tirages
origin-samples-of = { $samples } sur { $asked } demandés, de { $each } trajectoires chacun ; { $refused } refusés
origin-line-trials =
    { $trials ->
        [one] { $trials } tirage
       *[other] { $trials } tirages
    }
origin-line-points =
    { $trials ->
        [one] { $trials } tirage en chaque point
       *[other] { $trials } tirages en chaque point
    }
origin-line-stopped =
    { $asked ->
        [one] arrêté après { $trials } tirage sur { $asked }
       *[other] arrêté après { $trials } tirages sur { $asked }
    }
origin-line-shard = { $trials } (une partie, du numéro { $first } au numéro { $last })
origin-line-capped =
    { $trials ->
        [one] dont { $trials } écourté par la limite du nombre d’attaques
       *[other] dont { $trials } écourtés par la limite du nombre d’attaques
    }
origin-line-samples =
    { $refused ->
        [0] { $samples } échantillons ({ $design })
       *[other] { $samples } échantillons ({ $design }, et { $refused } refusés)
    }
origin-line-reduced = variance réduite : moyennes de 16 réplicats
origin-line-policy = politique { $policies }
origin-line-seed = graine { $seed }
origin-line-scenario = scénario { $hash }

## Names: sites, phases, plans, measures, units

all-phases = toutes les phases
all-sites = tous les sites
this-plan = ce plan
stay = rester
end-of-last-phase = fin de la dernière phase

named-finish_days = fin de la dernière phase (jours)
named-slip_days = retard de la dernière phase (jours)
named-pause_days = jours d’arrêt
named-insurgent_strength = insurrection à l’horizon (part)
measure-cost-in = coût ({ $unit })

measure-attacks = attaques
measure-intercepted = attaques interceptées
measure-wounded = blessés
measure-killed = tués
measure-casualties = tués et blessés
measure-worst_attack = pire attaque
measure-worst_attack_wounded = pire attaque : blessés
measure-worst_attack_killed = pire attaque : tués
measure-attacks_on_the_way = attaques en cours de retrait
measure-wounded_on_the_way = blessés en cours de retrait
measure-killed_on_the_way = tués en cours de retrait
measure-people_left = personnes restées
measure-finish_days = fin (jours)
measure-slip_days = retard (jours)
measure-pauses = pauses
measure-pause_days = jours de pause
measure-extension_days = jours de prolongation
measure-forced_resumptions = reprises forcées
measure-stretch_days = jours d’étirement
measure-reinforcements = renforts
measure-people_moved = personnes transportées
measure-materiel_moved = matériel transporté
measure-materiel_handed_over = matériel cédé
measure-materiel_destroyed = matériel détruit
measure-materiel_left = matériel laissé
measure-strikes = frappes
measure-expelled = expulsion
measure-expelled_days = expulsion (jours)
measure-insurgent_strength = force de l’insurrection
measure-peak_insurgent_strength = force maximale de l’insurrection
measure-incidents = incidents
measure-host_wounded = blessés de l’hôte
measure-host_killed = tués de l’hôte
measure-civilian_wounded = civils blessés
measure-civilian_killed = civils tués
measure-shocks = chocs
measure-reentry = retour
measure-reentry_days = retour (jours)
measure-people_back = personnes revenues
measure-barrages = salves massives
measure-barrages_unmet = salves massives sans riposte
measure-cost = coût
measure-person_days = jours-personnes
measure-capped = tirages écourtés
measure-rejected_draws = échantillons refusés

unit-attacks = attaques
unit-people = personnes
unit-days = jours
unit-pauses = pauses
unit-tonnes = tonnes
unit-strikes = frappes
unit-trials = tirages
unit-share = part
unit-incidents = incidents
unit-shocks = chocs
unit-barrages = salves massives
unit-cost = coût
unit-person-days = jours-personnes
unit-draws = échantillons

## Dates

dates-title = Quand chaque site est-il vide, et avec quelle certitude ?
dates-title-nobody = Qui est où ?
dates-nobody = Personne ne part dans ce plan : il n’a pas de phase.
dates-last = La dernière phase est achevée à la date annoncée du { $day } dans { $chance } des trajectoires (intervalle à 95 % : { $low } à { $high }) ; { $sure }, { $surer }.
dates-expelled = Dans { $share } des trajectoires, l’hôte demande aux troupes de partir ; un plan que son préavis écourte compte comme achevé à la fin de ce préavis.
sure-by = au plus tard le { $day } dans { $share }
sure-never = avant l’horizon dans moins de { $share }
schedule-caption = Personnes sur chaque site : médiane, P10 à P90, et calendrier annoncé (tirets).
schedule-alt = Courbes des personnes présentes sur chaque site au fil du temps, face au calendrier annoncé.
schedule-alt-table = Les dates auxquelles les sites sont vides figurent dans le tableau ci-dessus.
schedule-figure = Personnes sur chaque site
schedule-figure-legs = Personnes sur chaque site et chaque trajet
schedule-apart = chaque site à sa propre échelle
finish-caption = Avec quelle certitude chaque phase est achevée à une date ; points : dates annoncées.
finish-alt = Courbes cumulées de la fin de chaque phase.
finish-figure = Quand le retrait est achevé
axis-people = personnes
axis-done = probabilité d’être achevé à cette date
axis-date = date
curve-announced = annoncé
curve-band = P10 à P90
curve-median = médiane
curve-phase = { $phase } : { $chance } au { $day }, comme annoncé
curve-finishes = fins de phase annoncées
mark-announced = { $phase } (annoncé)
mark-grey = gris, { $first } à { $last }
mark-dotted = pointillé, { $day }

table-finish-of = Fin de
table-announced = annoncée
table-met = tenue %
table-slip = retard j
table-unfinished = inach. %
table-left = restés
table-reached = pertes atteintes
table-reached-aggregate = { $level } ou plus en tout
table-reached-occurrence = { $level } ou plus en une attaque
table-chance = probabilité (intervalle à 95 %)
finish-of-overall = l’ensemble { $id }
finish-of-phase = phase { $id }
finish-of-site = site { $id }
finish-of-contingent = contingent { $id }

## Losses

losses-title = Que perd-on en chemin, et jusqu’où cela peut-il aller ?
losses-title-costs = Combien cela coûte-t-il ?
losses-title-none = Qu’en résulte-t-il ?
losses-mean = Jusqu’à l’horizon, le { $horizon } : en moyenne { $measures }.
losses-none = Personne n’attaque dans ce scénario, et il n’a pas de coûts.
losses-worst = Dans le pire vingtième des trajectoires, il y a en moyenne { $mean } tués et blessés.
losses-attacks =
    { $mean ->
        [one] { $mean } attaque (P10 à P90 : { $p10 } à { $p90 })
       *[other] { $mean } attaques (P10 à P90 : { $p10 } à { $p90 })
    }
losses-casualties = { $mean } tués et blessés (P10 à P90 : { $p10 } à { $p90 })
losses-killed =
    { $mean ->
        [one] { $mean } tué (P10 à P90 : { $p10 } à { $p90 })
       *[other] { $mean } tués (P10 à P90 : { $p10 } à { $p90 })
    }
losses-cost = un coût de { $mean } (P10 à P90 : { $p10 } à { $p90 })
losses-cost-in = un coût de { $mean } { $unit } (P10 à P90 : { $p10 } à { $p90 })
attacks-caption = Attaques, blessés et tués jusque-là : médiane, et P10 à P90.
attacks-alt = Courbes qui montent au fil du temps.
attacks-figure = Attaques et pertes humaines
attacks-upto = tracé jusqu’au { $day }
attacks-so-far = attaques jusque-là
wounded-so-far = blessés jusque-là
killed-so-far = tués jusque-là
exceedance-caption = Jusqu’où cela peut aller : la probabilité d’autant ou davantage ; bandes : intervalles à 95 %.
exceedance-alt = Courbes décroissantes de la probabilité d’autant de tués et de blessés ou davantage.
exceedance-figure = Jusqu’où cela peut aller
exceedance-killed = Tués jusqu’à l’horizon
exceedance-wounded = Blessés jusqu’à l’horizon
exceedance-casualties = Pire attaque isolée
axis-killed-or-more = tués, ou davantage
axis-wounded-or-more = blessés, ou davantage
axis-casualties-or-more = tués ou blessés, ou davantage
axis-exceedance = probabilité de dépassement
worst-trial = pire tirage sur { $trials } :
worst-threshold = { $threshold } ou davantage,
worst-mean = en moyenne { $mean }
worst-nobody = personne, dans aucun tirage

table-until = Jusqu’au { $horizon }
table-unit = unité
table-mean = moyenne
table-missing = manquants
notes-dates =
    tenue : achevé le jour annoncé ou avant ; retard : moyenne des tirages qui s’achèvent ;
    inach., { $none } : pas achevé avant l’horizon, { $horizon } ;
    restés : personnes encore là à ce moment, en moyenne (un reliquat, ou celles que personne ne déplace) ;
notes-error = ± : erreur type
notes-on-the-way = en cours de retrait : jusqu’à la fin de la dernière phase ; { $error }
notes-unseen = 0 ou manquant dans chaque tirage, et non montré : { $names }
notes-capped =
    écourtés : { $capped } tirages sur { $trials } ont eu un million d’attaques, ou deux millions d’événements,
    et s’arrêtent là : ce qui aurait suivi n’est pas dans ces nombres

## Breathing room

held-title = Quelle part du répit est utilisée ?
held-share =
    { $days ->
        [one] Les mouvements sont arrêtés dans { $share } des trajectoires, pendant { $days } jour en moyenne sur l’ensemble ; le répit accordé s’épuise dans { $spent }.
       *[other] Les mouvements sont arrêtés dans { $share } des trajectoires, pendant { $days } jours en moyenne sur l’ensemble ; le répit accordé s’épuise dans { $spent }.
    }
held-caption = Combien de temps les mouvements ont été arrêtés, et combien de fois le répit a été épuisé.
held-alt = Barres des jours pendant lesquels les mouvements sont arrêtés.
held-figure = Répit utilisé
held-allowed =
    { $days ->
        [one] { $days } jour accordé
       *[other] { $days } jours accordés
    }
held-spent = répit épuisé
held-ended = la règle a mis fin à chaque pause
held-at-all = mouvements arrêtés
held-never = aucune pause
axis-held = jours pendant lesquels les mouvements ont été arrêtés
axis-share = part des tirages
share-of-trials = { $what } : { $share } des tirages

## A date and a ceiling

joint-title = La date et les pertes ensemble
joint-kept = La date annoncée de la dernière phase, le { $day }, est tenue dans { $timely } des trajectoires, un plafond de { $most } tués et blessés (leur P80) dans { $below }, et les deux ensemble dans { $both }.
joint-promise = Une promesse des deux qui est tenue dans { $share } des trajectoires se trouve sur la courbe pleine.
joint-caption = Un point par trajectoire ; le long d’une courbe, une date et un plafond sont tenus ensemble avec la même certitude.
joint-alt = Nuage des dates de fin et des pertes.
joint-figure = La date et le nombre ensemble : { $measure }
joint-dots = points : les { $dots } premiers tirages qui s’achèvent
joint-both = les deux tenus dans { $share } des tirages
joint-never = { $never } tirages sur { $trials } ne s’achèvent jamais : en retard, et sans point
joint-end = fin : { $whose }
joint-timely-below = à temps, en dessous : { $share }
joint-timely-above = à temps, au-dessus : { $share }
joint-late-below = en retard, en dessous : { $share }
joint-late-above = en retard, au-dessus : { $share }
axis-upto = { $unit } jusqu’à l’horizon

## Compared with other plans

interval = { $value } ({ $low } à { $high })
compared-title = Plans comparés
compared-title-stay = Comparaison avec le fait de rester
compared-how =
    { $staying ->
        [yes] Chaque plan moins « { $base } », trajectoire par trajectoire avec des nombres aléatoires communs, de sorte que la différence est due au plan. Entre parenthèses : intervalles à 95 %. Rester est un plan dans lequel personne ne part : il n’a pas de fin.
       *[no] Chaque plan moins « { $base } », trajectoire par trajectoire avec des nombres aléatoires communs, de sorte que la différence est due au plan. Entre parenthèses : intervalles à 95 %.
    }
compared-beside = Le second tableau donne de même chaque plan moins « { $base } ».
compared-found =
    { $staying ->
        [yes] Avec « { $plan } », { $parts } que si personne ne part, jusqu’à l’horizon
       *[no] Avec « { $plan } », { $parts } qu’avec « { $base } », jusqu’à l’horizon
    }
differ-casualties =
    { $verdict ->
        [fewer] il y a { $size } ({ $low } à { $high }) tués et blessés de moins
        [more] il y a { $size } ({ $low } à { $high }) tués et blessés de plus
        [unsure] il n’y a sûrement ni moins ni plus de tués et blessés ({ $size }, de { $low } à { $high })
       *[unknown] il n’y a sûrement ni moins ni plus de tués et blessés ({ $size })
    }
differ-cost =
    { $verdict ->
        [fewer] le coût est de { $size } ({ $low } à { $high }) { $unit } de moins
        [more] le coût est de { $size } ({ $low } à { $high }) { $unit } de plus
        [unsure] le coût n’est sûrement ni moindre ni plus grand ({ $size }, de { $low } à { $high } { $unit })
       *[unknown] le coût n’est sûrement ni moindre ni plus grand ({ $size } { $unit })
    }
compared-until = Jusqu’à l’horizon
compared-mean = { $plan }, moyenne
compared-difference = { $plan }, différence
compared-caption = Différences par rapport à « { $base } », moyennes et intervalles à 95 %.
compared-alt = Intervalles des différences par rapport à { $base }. { $found }.
differences-figure = Différences par rapport à « { $base } » avec des nombres aléatoires communs
difference-marked = { $mean } ({ $low } à { $high }) ; moins { $lower }, plus { $higher } des tirages
difference-never = jamais dans les deux ; moins { $lower }, plus { $higher } des tirages
axis-difference = différence ({ $unit }), moyenne et intervalle à 95 %
plans-figure = Plans côte à côte
plans-marks = trait : P10 à P90 ; point : médiane ; croix : moyenne ; tirets : comme annoncé
plans-left-out = non tracés : { $plans }
not-before = pas avant { $horizon }
not-before-in = pas avant l’horizon dans { $share } des tirages
nobody-leaves = personne ne part

## What a pause costs

price-title = Ce que coûte une pause, et ce qu’elle épargne
price-title-money = Ce que coûte une pause en argent
price-points = points : { $points }
price-points-inside = { $points } dans les délais
price-points-beyond = { $points } au-delà
price-no-difference = Dans aucune trajectoire le nombre de jours accordés ne change quelque chose.
price-no-finish = On ne sait pas ce qu’une pause retarde : aucune trajectoire ne s’achève avant l’horizon. Prendre un `horizon` plus tardif.
price-how =
    { $units ->
        [both] Chaque répit accordé comparé au premier de sa courbe, trajectoire par trajectoire avec des nombres aléatoires communs. Les pertes sont des personnes (tués et blessés) ; la repousse est en centièmes de la pleine force de l’insurrection à l’horizon. Il n’y a de prix que là où quelque chose est sûrement épargné.
        [regrowth] Chaque répit accordé comparé au premier de sa courbe, trajectoire par trajectoire avec des nombres aléatoires communs. La repousse est en centièmes de la pleine force de l’insurrection à l’horizon. Il n’y a de prix que là où quelque chose est sûrement épargné.
       *[casualties] Chaque répit accordé comparé au premier de sa courbe, trajectoire par trajectoire avec des nombres aléatoires communs. Les pertes sont des personnes (tués et blessés). Il n’y a de prix que là où quelque chose est sûrement épargné.
    }
price-allowance = Répit accordé
price-delay = retard, jours
price-avoided = évité
price-each = jours de retard par unité évitée
price-more-cost = surcoût, { $unit }
price-each-in = { $unit } par unité évitée
price-row-inside =
    { $days ->
        [one] { $days } jour dans les délais : { $saved }
       *[other] { $days } jours dans les délais : { $saved }
    }
price-row-beyond =
    { $days ->
        [one] { $days } jour au-delà des délais : { $saved }
       *[other] { $days } jours au-delà des délais : { $saved }
    }
saved-casualties = pertes
saved-regrowth = repousse
verdict-costs = aucun : il y en a plus, pas moins
verdict-open = ouvert : ne se distingue pas de zéro
verdict-same = aucun : rien ne diffère
verdict-no-finish = aucun : pas de fin à comparer
price-allowed-inside =
    { $days ->
        [one] { $days } jour de pause accordé dans les délais
       *[other] { $days } jours de pause accordés dans les délais
    }
price-allowed-beyond =
    { $days ->
        [one] { $days } jour de pause accordé au-delà des délais
       *[other] { $days } jours de pause accordés au-delà des délais
    }
price-found = { $allowed } : la fin est retardée de { $delay } jours, et { $harm }
price-paid =
    { $verdict ->
        [fewer] { $allowed } : un coût de { $size } ({ $low } à { $high }) { $unit } de moins
        [more] { $allowed } : un coût de { $size } ({ $low } à { $high }) { $unit } de plus
        [unsure] { $allowed } : un coût qui n’est sûrement ni moindre ni plus grand ({ $size }, de { $low } à { $high } { $unit })
       *[unknown] { $allowed } : un coût qui n’est sûrement ni moindre ni plus grand ({ $size } { $unit })
    }
price-harm-casualties =
    { $verdict ->
        [fewer] il y a { $size } ({ $low } à { $high }) tués et blessés de moins que sans cela
        [more] il y a { $size } ({ $low } à { $high }) tués et blessés de plus que sans cela
        [unsure] il n’y a sûrement ni moins ni plus de tués et blessés ({ $size }, de { $low } à { $high }) que sans cela
       *[unknown] il n’y a sûrement ni moins ni plus de tués et blessés ({ $size }) que sans cela
    }
price-harm-regrowth =
    { $verdict ->
        [fewer] la repousse est de { $size } ({ $low } à { $high }) centièmes de moins que sans cela
        [more] la repousse est de { $size } ({ $low } à { $high }) centièmes de plus que sans cela
        [unsure] la repousse n’est sûrement ni moindre ni plus grande ({ $size }, de { $low } à { $high } centièmes) que sans cela
       *[unknown] la repousse n’est sûrement ni moindre ni plus grande ({ $size } centièmes) que sans cela
    }
price-caption = Retard, et ce qui est évité ({ $saved }), selon les jours accordés.
price-caption-money = Surcoût, et ce qui est évité ({ $saved }), selon les jours accordés.
price-alt = Courbes selon le répit accordé. { $found }.
price-figure = Ce que les pauses coûtent et épargnent
price-marks = moyennes et intervalles à 95 %, moins le premier point, nombres aléatoires communs
price-of-delay = retard de la fin
price-of-cost = surcoût
price-saved = évité : { $saved }
axis-saved-casualties = personnes
axis-saved-regrowth = centièmes de la pleine force
axis-price-inside =
    jours de pause accordés,
    dans les délais
axis-price-beyond =
    jours de prolongation accordés,
    au-delà des délais
price-each-casualties = { $price } { $unit } par tué ou blessé évité ({ $low } à { $high })
price-each-regrowth = { $price } { $unit } par point ({ $low } à { $high })
unpriced-costs = pas de prix : rien d’épargné, il y en a plus
unpriced-open = pas de prix : ne se distingue pas de 0
unpriced-same = pas de prix : rien ne diffère
unpriced-no-finish = pas de prix : personne ne part, ou pas avant l’horizon

## The worst point

risk-title = Le pire moment du retrait
risk-how = Le risque est compté en { $measure } pour 1 000 personnes présentes pendant un an, par tranches de temps, d’après des événements datés. Entre parenthèses : intervalles à 95 % (bootstrap sur les trajectoires) ; la plus haute de valeurs bruitées est un peu trop haute.
risk-of-casualties = tués et blessés
risk-of-wounded = blessés
risk-of-killed = tués
risk-of-attacks = attaques
risk-site = Site
risk-stretch = début de la pire tranche
risk-between = sûrement entre
risk-value = risque pendant celle-ci
risk-times = fois la moyenne du site
risk-span = { $first } à { $last }
risk-highest =
    { $begins ->
        [yes] Le risque pour une personne est le plus élevé à { $site }, dans la tranche qui commence en { $month } : { $value } { $measure } pour 1 000 personnes et par an, { $times } fois la moyenne de ce site ; aucun autre lieu n’est aussi mauvais dans { $share } des rééchantillonnages
       *[no] le risque pour une personne est le plus élevé à { $site }, dans la tranche qui commence en { $month } : { $value } { $measure } pour 1 000 personnes et par an, { $times } fois la moyenne de ce site ; aucun autre lieu n’est aussi mauvais dans { $share } des rééchantillonnages
    }
risk-caption = Risque pour une personne au fil du temps, avec les personnes restantes (gris).
risk-alt = Paliers du risque au fil du temps sur chaque site. { $found }.
risk-nothing = Il n’arrive rien à personne
risk-not-done = Non fait : { $why }.
risk-events =
    { $trials ->
        [one] événements de { $trials } tirage
       *[other] événements de { $trials } tirages
    }
risk-figure = Risque pour une personne : { $measure } pour 1 000 personnes et par an
risk-marks = gris : personnes (à droite)
risk-peak = { $value } dès { $month }
risk-peak-between = (pire entre { $first } et { $last })
risk-peak-in = (pire en { $month })
axis-risk = pour 1 000 personnes et par an

## What drives it

ranks-title = Quels nombres incertains vont de pair avec les résultats ?
ranks-how = Corrélations de rang sur toutes les trajectoires (Spearman). Celles de taille inférieure à { $noise } environ sont du bruit.
driven-finish_days = fin de la dernière phase
driven-attacks = attaques
driven-casualties = tués et blessés
driven-cost = coût
levels-title = Incertitude épistémique et aléatoire
levels-how = La part épistémique de la variance, que de meilleures connaissances supprimeraient ; le reste est aléatoire, c’est-à-dire le hasard. Une part un peu inférieure à 0 est du bruit autour de 0.
levels-measure = Mesure
levels-share = part épistémique
levels-error = erreur type

## Assumptions

assumed-range = Intervalle
assumed-number = Nombre
assumed-default = Valeur par défaut
assumed-in-full = En entier
assumed-value = Valeur
assumed-basis = Fondement
assumed-source = Source
assumed-note = Note
assumed-believed = Ce que l’on croit
assumed-drawn = tiré P10
assumed-disputed = { $value } (controversé)
assumed-of-library = valeur par défaut de la bibliothèque : { $basis }
assumed-no-source = aucune source
assumed-of-table = le scénario, de sa table : { $said }
assumed-none-sourced =
    { $stated ->
        [one] Le scénario donne { $stated } nombre ou date, sans source.
       *[other] Des { $stated } nombres et dates que donne le scénario, aucun n’a de source.
    }
assumed-all-sourced =
    { $stated ->
        [one] Le seul nombre ou la seule date que donne le scénario ({ $stated }) a une source
       *[other] Les { $stated } nombres et dates que donne le scénario ont tous une source
    }
assumed-some-sourced =
    { $told ->
        [one] { $told } des { $stated } nombres et dates que donne le scénario a une source
       *[other] { $told } des { $stated } nombres et dates que donne le scénario ont une source
    }
assumed-judged = { $some }, qui pour { $judged } relève du jugement.

## Checklist

checklist-asked = Demandé
checklist-evidence = Preuve, ou pourquoi non
answered-whole = répondu
answered-part = en partie
answered-none = non fait
asked-date = Probabilité de tenir la date
asked-contingency = Temps nécessaire au-delà de la date pour une certitude choisie
asked-delay_risks = Risques les plus susceptibles de retarder
asked-delay_paths = Phases les plus susceptibles de retarder
asked-three_values = Valeurs optimistes, probables et pessimistes consignées
asked-correlation = Corrélation des durées modélisée
asked-ranked_risks = Risques classés par probabilité et ampleur
asked-register = Registre des risques utilisé en entrée
asked-documented = Données et méthode documentées
asked-critical = Activités le plus souvent critiques
asked-bias = Biais des données d’entrée vérifié
asked-held = Réserve tirée de l’analyse, et détenue par le responsable
asked-repeated = Analyse répétée quand le plan change
missing-date = le plan n’annonce pas de date
missing-contingency = le plan n’annonce pas de date
missing-delay_risks = `dd.explain` dit ce que chaque mécanisme fait à la fin : donnez-le avec `also`
missing-delay_paths = le plan n’a pas de phase
missing-three_values = le scénario n’a ni intervalles ni lois pour ses durées : écrivez des intervalles
missing-correlation = les durées des phases sont ici indépendantes : `plan.duration_correlation` en décide
missing-ranked_risks = `dd.explain` classe les mécanismes selon ce qu’ils font : donnez-le avec `also`
missing-register = le scénario n’a ni menaces, ni événements datés, ni jalons, ni contingents qui pourraient partir
missing-documented = toujours répondu
missing-critical = cette simulation ne dit pas quelle phase a décidé de la fin de chaque trajectoire : `dd.criticality` le dit, donnez-le avec `also`
missing-bias = aucune simulation ne peut dire si ses intervalles penchent d’un côté : d’autres que leurs auteurs doivent regarder ; la documentation confronte des cas passés aux faits connus
missing-held = le répit du plan n’a pas été calculé : `dd.minimum_allowance` le fait, donnez-le avec `also` ; qui le détient n’est pas à une simulation de le dire
missing-repeated = ceci est une seule simulation : simulez le plan modifié avec la même graine et donnez `dd.compare`

answer-date = { $name } au { $day } : { $chance } (intervalle à 95 % : { $low } à { $high })
answer-delay-paths = retard moyen de chaque phase, ses propres retards et ceux qu’elle attend : { $slips }
answer-slip = { $name } { $slip }
slip-days =
    { $days ->
        [one] { $days } jour
       *[other] { $days } jours
    }
slip-never = jamais achevée avant l’horizon
slip-unfinished = { $late } (non achevée dans { $share })
beyond-days =
    { $days ->
        [one] { $name } : { $days } jour pour { $share } des trajectoires ({ $day })
       *[other] { $name } : { $days } jours pour { $share } des trajectoires ({ $day })
    }
beyond-never = { $name } : achevé avant l’horizon dans moins de 80 % des trajectoires
answer-ranges =
    { $ranges ->
        [one] { $ranges } intervalle, donné ci-dessus
       *[other] { $ranges } intervalles, donnés ci-dessus
    }
answer-no-ranges = pas d’intervalles
answer-laws = { $ranges } ; durées données par des lois : { $laws }
answer-correlation = un facteur commun à toutes les phases, corrélation { $value }
answer-ranks = intervalles dont le rang va le plus de pair avec cela : { $ranges }
answer-register = le scénario est le registre, avec un taux ou une probabilité et une ampleur pour chacun : { $listed }
register-risks = risques : { $ids }
register-threats = menaces : { $ids }
register-calendar = événements datés : { $ids }
register-gates = jalons : { $ids }
register-contingents = contingents qui pourraient partir : { $ids }
answer-documented = le scénario { $hash }, la graine { $seed } et la version { $version } redonnent ces nombres ; ce qui fonde chaque nombre figure plus haut : { $rests }
answer-held =
    { $pause ->
        [one] le plan accorde { $pause } jour dans les délais, { $extension } au-delà ; règles qui l’utilisent : { $rules }
       *[other] le plan accorde { $pause } jours dans les délais, { $extension } au-delà ; règles qui l’utilisent : { $rules }
    }
answer-compared = plans comparés : { $plans }
