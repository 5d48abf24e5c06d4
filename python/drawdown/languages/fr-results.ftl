# French: what results that are handed in bring to the page of a run. Not reviewed by a speaker.

## What is asked, and parts of the theatre

unit-chance = probabilité
part-buffer = marge { $id }
part-contingent = contingent { $id }
part-event = événement { $id }
part-gate = jalon { $id }
part-mode = mode { $id }
part-month = mois { $id }
part-outcome = issue { $id }
part-phase = phase { $id }
part-risk = risque { $id }
part-rule = règle { $id }
part-site = site { $id }
part-state = état { $id }
part-threat = menace { $id }
measure-of-part = { $measure } : { $part }
when-by = au plus tard le { $day }
when-before = avant le { $day }
when-after = après le { $day }
when-from = le { $day } ou plus tard
what-when = { $what } { $when }
what-done = achevé
what-part-done = { $part } : achèvement
level-at-most = au plus { $level } ({ $what })
level-fewer = moins de { $level } ({ $what })
level-more = plus de { $level } ({ $what })
level-or-more = { $level } ou plus ({ $what })
of-measure = { $measure } ({ $unit })
list-or = {" ou "}
as-written = tel qu’écrit
table-low = bas
table-high = haut
answer-yes = oui
answer-no = non

## Figures

marks-line = trait : intervalle à 95 %
found-sentence = { $found }.

## Designs of parameter samples

design-random = aléatoire
design-latin = hypercube latin
design-sobol = Sobol

## Drivers

drivers-title = Quels nombres incertains déterminent la réponse ?
drivers-trials = { $trials } tirages dans { $samples } échantillons sur { $asked }
drivers-refused = { $trials } ({ $refused } écartés : sous certains d’entre eux, les attaques ne finissent jamais)
drivers-capped = { $trials }, { $capped } tirages écourtés par la limite du nombre d’attaques
drivers-mean = { $measure } : { $mean } attendu ({ $unit })
drivers-no-variance = aucune variance de ce qui est attendu ne se distingue du hasard : davantage de tirages le pourraient. Ce que chaque trajectoire tire à nouveau, comme les lois des durées, fait ici partie du hasard : `explain` et `criticality` disent ce que cela fait
drivers-epistemic = { $share } de sa variance est épistémique, le reste est aléatoire
drivers-missing = pas atteint dans { $share } des trajectoires
drivers-how-sobol =
    premier : part de la variance de ce qui est attendu que supprimerait la connaissance du seul
    facteur ; total : part qui reste si tout le reste est connu ; bas, haut : intervalles à 95 % ;
    sens : corrélation de rang avec ce qui est attendu
drivers-how-given =
    premier : part de la variance de ce qui est attendu que supprimerait la connaissance de l’intervalle ;
    bas, haut : intervalle à 95 % ; sens : corrélation de rang avec ce qui est attendu
drivers-how-single =
    premier : part de toute la variance, hasard compris, que supprimerait la connaissance de l’intervalle ;
    bas, haut : intervalle à 95 % ; sens : corrélation de rang ; simulez avec `samples=` pour distinguer
    l’incertitude épistémique de l’incertitude aléatoire
drivers-untold =
    – pour un indice : il n’y a pas de variance, ou ces trajectoires ne la distinguent pas du hasard ; davantage
    d’échantillons, et de trajectoires pour chacun, le pourraient
drivers-left = les indices sont ceux des échantillons qui restent
drivers-tied = { $one } et { $other } sont corrélés ({ $ranks }) : ce qu’ils ont en commun compte pour les deux, et la somme des indices peut dépasser 1
drivers-first = premier
drivers-total = total
drivers-direction = sens
drivers-answer = nombres incertains qui déterminent le plus « { $measure } » : { $names }
drivers-by = { $measure } par { $names }
drivers-known = Ce qui détermine le plus, en part de la variance : { $found }.
drivers-unknown = Ce qui détermine { $measures } ne se distingue pas du hasard avec ces trajectoires.
drivers-caption = Part de la variance dont chacun rend compte, avec intervalles à 95 %.
drivers-alt = Barres des facteurs les plus forts. { $said }
drivers-group = { $group } : { $path }
drivers-figure = Ce qui détermine la réponse
drivers-marks = barres : indices ; traits : intervalles à 95 %
drivers-left-out =
    { $count ->
        [one] { $count } facteur plus faible non tracé
       *[other] { $count } facteurs plus faibles non tracés
    }
drivers-nothing =
    rien ne se distingue
    du hasard
drivers-index-first = indice de premier ordre
drivers-index-total = indice total
drivers-axis-expected = part de la variance de ce qui est attendu ; (+), (–) : va de pair avec plus ou moins
drivers-axis-single = part de la variance des tirages isolés ; (+), (–) : va de pair avec plus ou moins
drivers-panel = { $measure } : { $share } de la variance est épistémique

## Tornado

tornado-title = Ce que chaque nombre incertain fait bouger
tornado-how = Chaque intervalle maintenu à une valeur basse puis à une valeur haute, tous les autres tirés comme d’ordinaire, avec des nombres aléatoires communs.
tornado-at = à { $quantile }
tornado-notes = { $low }, { $high } : de l’intervalle ; à { $low }, à { $high } : ce qui change dans la mesure par rapport à ce qui est écrit, l’intervalle étant maintenu là ; bas, haut : intervalle à 95 % de ce changement
tornado-refused = { $notes }. { $refused } échantillons des autres ont été refusés et tirés de nouveau
tornado-moves = { $measure } : { $name }
tornado-most = le nombre qui, à lui seul, fait bouger le plus : { $found }
tornado-none = aucun nombre ne fait sûrement bouger quoi que ce soit à lui seul
tornado-caption = Changements à la valeur basse et à la valeur haute de chaque intervalle, avec intervalles à 95 %.
tornado-alt = Barres des changements par rapport à ce qui est écrit, la plus longue en haut ; { $found }.
tornado-figure = Ce que chaque nombre incertain fait bouger à lui seul
tornado-side = à son { $quantile }
tornado-axis = changement par rapport à ce qui est écrit ({ $unit })

## Criticality

critical-title = Quel élément est en cause
critical-how = Chaque trajectoire une nouvelle fois sans un élément, avec des nombres aléatoires communs : un élément est en cause dans une trajectoire en retard qui ne l’est pas sans lui. Plusieurs peuvent l’être, ou aucun.
critical-share = { $piece } { $share }
critical-nothing = rien à lui seul
critical-found = en cause, sur { $late } trajectoires en retard : { $found }
critical-short = En cause dans le retard, sur { $late } trajectoires en retard : { $found }.
critical-caption = Combien de fois chaque élément est en cause, avec intervalles à 95 %.
critical-alt = Barres de la part des trajectoires en retard dans lesquelles chaque élément est en cause : { $found }.
critical-without = Sans
critical-late = en retard
critical-later = plus tard
critical-above = au-dessus
critical-share-of = { $what } %
critical-path = chemin
critical-days = jours
critical-fewer = de moins
critical-sooner = plus tôt
critical-is-late = en retard : { $lateness }, comme le sont { $late } tirages sur { $trials }
critical-is-above = { $text } ; { $breaks } : { $ceiling }, comme le sont { $above }
critical-gain-days = { $name } : de combien de jours la dernière fin vient plus tôt sans lui
critical-gain-fewer = { $name } : combien il y en a de moins ({ $measure })
critical-gain-sooner = { $name } : de combien de jours cela vient plus tôt ({ $measure })
critical-notes =
    { $text } ;
    { $shares } : de ces tirages, la part qui ne l’est pas sans l’élément ;
    chemin % : sur le plus long chemin vers la dernière fin ;
    { $gains } ; intervalles à 95 %
critical-figure = Quel élément est en cause ?
critical-panel-late = en retard : { $lateness }
critical-axis = indice de criticité (%)
critical-none = rien en cause

## The risk register

register-title = Le registre des risques
register-how = Chaque risque ôté, et chacun seul, avec des nombres aléatoires communs. { $notes }.
register-ranked = risques selon leur effet ({ $measure }) : { $risks }
register-none = aucun risque n’ajoute sûrement ({ $measure })
register-count = { $risks } risques, chacun avec sa probabilité et ses effets
register-caption = Ce que fait chaque risque à côté des autres et seul, avec intervalles à 95 %.
register-alt = Barres de ce qu’ajoute chaque risque, la plus longue en haut ; { $ranked }.
register-dates = dates
register-risk = risque : { $measure }
register-mitigation = atténuation : { $measure }
register-case-no-mitigation = sans atténuation
register-case-as-written = tel qu’écrit
register-case-no-risks = sans risques
register-before = avant
register-after = après
register-run-out = ôté
register-run-in = seul
register-quantile-out = { $quantile } ôté
register-taken = prise
register-change = changement
register-quantile-change = de { $quantile }
register-cost = coût
register-notes =
    avant, après : part des tirages dans lesquels un risque survient, avant atténuation et après ; ôté :
    ce qu’il y a de plus avec lui que sans lui, les autres restant tels quels ; seul : ce qu’il y a de plus avec
    lui seul que sans aucun ; changement : avec une atténuation moins sans elle ; bas, haut : intervalle à 95 %
counted-at-horizon =
    { $measure } : pas atteint dans { $share } des trajectoires, où cela compte comme atteint à l’horizon ;
    ce qui le change est donc sous-estimé : prendre un `horizon` plus tardif
register-figure = Ce que fait chaque risque
register-beside = à côté des autres (ôté)
register-alone = seul
register-axis = de plus avec le risque ({ $unit })

## Comparison

compared-notes =
    différence : moyenne des tirages dans lesquels les deux plans ont une valeur ; ± : son erreur type ;
    bas, haut : intervalle à 95 % ; moins, égal, plus : part des tirages, ce qui n’est pas atteint compte comme plus
compared-particles = Les tirages sont des particules d’une mise à jour : ceux qui ont commencé comme le même tirage ne sont pas indépendants, si bien que les vraies erreurs types et les vrais intervalles sont plus grands, souvent de plusieurs fois.

## Explanation

explained-title = Ce que fait chaque mécanisme
explained-notes =
    changement : tel qu’écrit moins sans lui, moyenne des tirages ; ± : son erreur type ;
    bas, haut : intervalle à 95 % ; ensemble : tel qu’écrit moins tout désactivé ; interaction : ensemble moins
    la somme des changements
explained-how = Le scénario tel qu’écrit moins le scénario sans le mécanisme, avec des nombres aléatoires communs. Entre parenthèses : intervalles à 95 %.
explained-mechanism = Mécanisme
explained-caption = De la moyenne sans chaque mécanisme à la moyenne telle qu’écrite.
explained-alt = Barres de la moyenne sans chaque mécanisme à la moyenne telle qu’écrite : les nombres du tableau ci-dessus.
explained-answer = selon son effet ({ $measure }) : { $ranked }
explained-none = aucun n’a sûrement d’effet
explained-ranked = { $mechanism } { $change }
explained-without = sans
explained-change = changement
explained-marks = barres : de la moyenne sans lui à celle telle qu’écrite
explained-axis = moyenne ({ $unit }), avec intervalles à 95 %
mechanism-all-off = tout désactivé
mechanism-as-written = tel qu’écrit
mechanism-interaction = interaction
mechanism-together = ensemble
mechanism-ranges = intervalles
mechanism-rules = règles
mechanism-breathing-room = répit
mechanism-gates = jalons
mechanism-durations = durées
mechanism-compression = compression
mechanism-duration-correlation = corrélation des durées
mechanism-blackouts = périodes d’arrêt
mechanism-materiel = matériel
mechanism-legs = trajets
mechanism-risks = risques
mechanism-tension = tension
mechanism-presence = présence
mechanism-displacement = report
mechanism-exit-pattern = profil de sortie
mechanism-truce = trêve
mechanism-grievance = griefs
mechanism-profile = profil
mechanism-months = mois
mechanism-ceasefires = cessez-le-feu
mechanism-drift = dérive
mechanism-retaliation = représailles
mechanism-expulsion = expulsion
mechanism-host-capability = capacité de l’hôte
mechanism-insurgency = insurrection
mechanism-insurgent-attacks = attaques des insurgés
mechanism-contingents-politics = politique des contingents
mechanism-re-entry = retour
mechanism-contagion = contagion
mechanism-batches = salves
mechanism-calendar-windows = fenêtres du calendrier
mechanism-air-defence = défense aérienne
mechanism-defence-minimum = minimum de défense

## Rules

search-title = Une meilleure règle
search-without = le plan tel qu’écrit, sans la règle
search-how = Les règles sont jugées ici sur des tirages que la recherche n’a pas vus, car la meilleure parmi beaucoup a eu en partie de la chance. Les différences sont par rapport à la règle telle qu’écrite, avec des intervalles à 95 % pour une règle à la fois ; le regret est par rapport à la meilleure de ces règles pour chaque trajectoire.
search-rule-in-words = { $name } : { $text }
search-caption = Ce que fait chaque règle, face à la règle telle qu’écrite.
search-alt = Intervalles des différences par rapport à la règle telle qu’écrite. { $verdict }
search-better = Sûrement meilleures que telle qu’écrite ({ $everything }) : { $rules }.
search-none = Aucune règle trouvée n’est sûrement meilleure que celle qui est écrite ({ $everything }).
search-no-rule = Aucune règle trouvée n’est sûrement meilleure que celle qui est écrite ({ $everything }), mais l’absence de règle l’est.
search-origin =
    { $run }
    trouvée parmi { $forms } formes de { $trials } tirages chacune, graine { $seed }
search-table = Règle
search-objective = objectif
search-search = recherche
search-fresh = neufs
search-difference = différence
search-low = bas
search-high = haut
search-regret = regret
search-named-as-written = telle qu’écrite
search-named-none = sans règle
search-named-found = règle { $number }
search-figure = Règles trouvées, moins « { $rule } » telle qu’écrite
search-marks = point : tirages neufs, avec l’intervalle à 95 % ; cercle vide : ce que la recherche a vu
search-axis-less = { $unit } ; moins, c’est mieux
search-axis-more = { $unit } ; plus, c’est mieux

## Re-entry

reentry-title = Le retour
reentry-notes =
    probabilité : que l’on revienne avant l’horizon ; changement : en points, par rapport à ce qui est écrit ; intervalles
    à 95 % ; P10, P25, P50 : jours depuis la fin de la dernière phase, – si la courbe s’arrête
reentry-how = Les mêmes trajectoires en laissant quelque chose derrière soi, ou avec un autre hôte ; cela repose sur le seul cas connu. { $notes }
reentry-chance = { $case } { $chance }
reentry-found = probabilité de revenir avant l’horizon : { $chances }
reentry-short = Probabilité de revenir avant l’horizon : { $chances }.
reentry-caption = Part des trajectoires dans lesquelles on est revenu, au fil du temps.
reentry-alt = Courbes croissantes, une pour chaque cas ; { $found }.
reentry-column-chance = probabilité %
reentry-column-change = changement
reentry-column-days = { $quantile } j
reentry-stay = { $people } { $contingent } restent à { $site }
reentry-kept = { $site } est gardé
reentry-growth = l’hôte gagne { $growth } par an
reentry-marks = bande : intervalle à 95 % à chaque instant
reentry-figure = Le retour, si le taux de risque est celui qui est supposé
reentry-axis-days = jours depuis la fin de la dernière phase
reentry-axis-chance = probabilité de retour (%)
reentry-nobody = personne ne part, ou pas avant l’horizon

## Conclusions

concluded-title = Quelles conclusions tiennent ?
concluded-notes =
    vraie : part des mondes dans lesquels elle l’est, selon les moyennes de leurs trajectoires ; bas, haut : intervalle
    exact à 95 % de cette part parmi tous les mondes auxquels on croit ; incertaine : part dans laquelle
    l’intervalle à 95 % de la moyenne contient les deux réponses ; fausse : part dans laquelle elle ne l’est sûrement pas
concluded-table = Dans { $worlds } mondes
concluded-verdict = verdict
concluded-holds = vraie %
concluded-unclear = incertaine %
concluded-broken = fausse %
concluded-is-survives = tient
concluded-is-open = ouvert
concluded-is-breaks = cède
concluded-is-never-holds = jamais vrai
concluded-short = { $survive } conclusions sur { $all } tiennent dans tous les mondes : { $which }.

## Worlds in which a plan fails

failing-title = Dans quels mondes le plan échoue-t-il ?
failing-one-trial =
    Chaque tirage a ici son propre échantillon de paramètres, si bien qu’un monde est un tirage, hasard compris :
    simulez avec `samples=` pour trouver les mondes dans lesquels on attend que le plan échoue.
failing-found = Le plan échoue ({ $fails }) dans { $failed } mondes sur { $worlds }.
failing-unclear = Le plan échoue ({ $fails }) dans { $failed } mondes sur { $worlds } ; dans { $unclear } des mondes les trajectoires ne le disent pas.
failing-no-box = Aucune boîte d’hypothèses ne les réunit autrement que par hasard.
failing-there = là où { $where }, il échoue dans { $density } ({ $low } à { $high }) des { $held } mondes de cet endroit mis de côté ; { $coverage } des échecs s’y trouvent, et ailleurs il échoue dans { $elsewhere }.
failing-box = Boîte { $box } : { $there }
failing-rejected = Rejetée : { $there } Le hasard trouve une boîte aussi bonne dans { $chance } des cas : ce n’en est donc pas une.
failing-called-box = boîte { $box }
failing-called-rejected = rejetée { $box }
failing-is = { $name } est { $levels }
failing-at-least = { $name } est d’au moins { $low } ({ $share } de ses échantillons)
failing-at-most = { $name } est d’au plus { $high } ({ $share } de ses échantillons)
failing-between = { $name } est de { $low } à { $high } ({ $share } de ses échantillons)
failing-runs = simulations : { $runs }
failing-limit = { $box } : { $name }
failing-range = Intervalle
failing-of-samples = des échantillons
failing-caption = Ce que contiennent les boîtes, et les limites de la boîte { $box }.
failing-alt = Le plan échoue là où { $where }.
failing-above = { $what } au-dessus de { $limit }
failing-below = { $what } au-dessous de { $limit }
failing-of-plan = { $plan } : { $fails }
failing-not-so = « { $conclusion } » n’est pas vrai
failing-by-function = selon une fonction
failing-figure = Là où cela échoue : { $fails }
failing-marks = { $held } mondes sur { $worlds } mis de côté
failing-peeling = épluchage
failing-where-found = { $box }, là où elle a été trouvée
failing-held-out = { $box }, sur les mondes mis de côté (95 %)
failing-all-worlds = tous les mondes : échoue dans { $share }
failing-panel = Couverture et densité
failing-axis-coverage = couverture : part des échecs dans la boîte
failing-axis-density = densité : part de la boîte qui échoue
failing-limits = Les limites : { $box }
failing-axis-share = part des échantillons de paramètres à cette valeur ou au-dessous ; bleu : dans la boîte

## The smallest breathing room

room-title = Le plus petit répit qui tient une date et un plafond
room-last-phase = la dernière phase { $done }
room-goal = { $date } dans { $confidence } des trajectoires, et { $ceiling } dans { $risk } au plus
room-found =
    { $days ->
        [one] { $days } jour de `{ $lever }` tient l’objectif ({ $goal }) : les probabilités sont de { $in_time } et de { $above }.
       *[other] { $days } jours de `{ $lever }` tiennent l’objectif ({ $goal }) : les probabilités sont de { $in_time } et de { $above }.
    }
room-fewer = À partir de { $days } jours, il n’est pas exclu que moins suffise.
room-open = Pas clair pour { $days } jours de `{ $lever }` : davantage de tirages le diront. Recherché : { $goal }.
room-best = { $chance }, à { $days } jours
room-never-dated = la date n’est jamais tenue assez sûrement (au mieux dans { $best })
room-never-below = le plafond ne tient jamais assez sûrement (dépassé dans { $best }, au moins)
room-nowhere = chacun est tenu quelque part, mais nulle part les deux : la date au mieux dans { $date } ; le plafond est dépassé dans { $ceiling }, au moins
room-none = Aucune valeur de `{ $lever }`, de { $first } à { $last }, ne tient l’objectif ({ $goal }) : { $reason }.
room-chance = { $share } ({ $low } à { $high })
room-allowances =
    { $places ->
        [one] { $least } à { $most } tirages pour { $places } répit
       *[other] { $least } à { $most } tirages pour chacun des { $places } répits
    }
room-days =
    { $days ->
        [one] { $days } jour
       *[other] { $days } jours
    }
room-verdict = verdict
room-is-met = tenu
room-is-open = ouvert
room-is-late = en retard
room-is-costly = coûteux
room-is-late-and-costly = en retard et coûteux
room-status-found = calculée : trouvée, voir `{ $lever }` ci-dessus
room-status-open = calculée : ouverte, voir `{ $lever }` ci-dessus
room-status-impossible = calculée : impossible, voir `{ $lever }` ci-dessus
room-caption = Les deux probabilités selon le répit accordé.
room-marks = bandes : intervalles à 95 % ; tirets : ce qui est demandé
room-figure = Quel répit tient les deux
room-minimum =
    { $days ->
        [one] répit minimal : { $days } jour
       *[other] répit minimal : { $days } jours
    }
room-nothing = aucun ne tient les deux
room-axis-pause_days = jours de pause accordés
room-axis-extension_days = jours de prolongation accordés
room-axis-chance = probabilité

## Sweeps

swept-title = Autres valeurs de { $paths }
swept-how = Moyennes en chaque point, toutes avec des nombres aléatoires communs.
swept-caption = Résultats selon { $paths }.
swept-alt = Courbes ou cartes selon { $paths }.
swept-figure = Ce que fait { $path }
swept-marks = trait : moyenne ; bande foncée : son intervalle à 95 % ; bande claire : P10 à P90
swept-means = moyennes
swept-days = jours depuis le début
swept-panel = { $measure }, { $unit }

## Precision and tails

known-title = Avec quelle précision un résultat est connu
known-enough = Il est connu avec la précision demandée.
known-not = Il n’est pas connu avec la précision demandée : il y faut environ { $trials } tirages.
known-less = { $known } Les tirages avaient une variance réduite.
tail-title = Ce qu’il en est dans la pire part des tirages
tail-notes = seuil : la plus petite valeur dans cette part ; erreur : l’erreur type de la moyenne
tail-worst = pire
tail-error = erreur
tail-threshold = seuil
tail-found = Dans les pires { $share } des trajectoires : { $mean } en moyenne, et { $threshold } au moins ({ $measure }).
tail-found-attack = Dans les pires { $share } des trajectoires, pour la pire attaque isolée : { $mean } en moyenne, et { $threshold } au moins ({ $measure }).

## What was learned from observations

fitted-title = Les intervalles du scénario, ajustés
fitted-how = Ce qu’étaient les intervalles du scénario avant d’être ajustés aux observations, et ce qu’il en reste. Une contraction proche de 0 signifie que les observations ne disent presque rien d’un intervalle : l’a priori décide.
fitted-samples = { $samples } échantillons
fitted-figure = Intervalles avant et après l’ajustement
fitted-prior = a priori
fitted-posterior = a posteriori
method-approximate-Bayesian-computation = calcul bayésien approché
result-caption = { $title }.
result-alt = { $title } : { $about }.
result-alt-notes = { $title }. { $about }
updated-title = Mis à jour d’après ce qui a été observé
updated-how = Chaque observation à côté de ce qu’en faisaient attendre les précédentes (P10, P50, P90). Ce qui est à venir, sachant toutes, est dans la simulation de la mise à jour.
updated-lost = { $lost } échantillons de paramètres sur { $all } sont perdus : avec eux, aucune particule n’a rendu possible ce qui a été observé, ni aucune parmi 16 fois autant. Ce qui reste penche vers les échantillons qui conviennent bien, comme si les observations étaient comptées plus d’une fois ; là où la plupart sont perdus, presque deux fois. Prenez davantage de particules, ou dites avec quelle précision un décompte est connu (une borne « about »).
updated-few = Peu de particules portent le résultat : au moins { $effective } de poids égal, et il reste { $left } des tirages dont elles sont parties, avec { $samples }. Prenez davantage de particules, partez d’intervalles plus étroits (ajustés à d’autres données), ou ajustez les intervalles à ces observations et donnez la loi a posteriori comme `fitted`.
updated-few-fitted = Peu de particules portent le résultat : au moins { $effective } de poids égal, et il reste { $left } des tirages dont elles sont parties, avec { $samples }. De la loi a posteriori donnée comme `fitted`, chaque échantillon a { $each } particules : prenez davantage de particules, et il y aura davantage des deux.
updated-samples-as-many = autant d’échantillons de paramètres différents
updated-samples = { $left } échantillons de paramètres sur { $all }
updated-notes = Les erreurs types et les intervalles de la simulation, et des comparaisons, tiennent les particules pour indépendantes : celles qui sont parties du même tirage ne le sont pas, si bien que les vrais sont plus grands, souvent de plusieurs fois. Répétez avec d’autres graines pour voir de combien.
updated-particles =
    { $observations ->
        [one] particules de { $left } tirages, après { $observations } observation
       *[other] particules de { $left } tirages, après { $observations } observations
    }
updated-particles-alone = particules de { $left } tirages, sans observation
updated-particles-samples = { $particles }, { $samples }
updated-figure = Ce qui reste des particules
updated-effective = nombre effectif de particules
updated-distinct = tirages dont les particules sont parties
updated-axis-until = observations jusqu’au
updated-axis-number = nombre
conditioned-title = Tirages qui s’accordent avec ce qui a été observé
conditioned-notes = moyennes et quantiles pondérés sur les tirages ; les erreurs types suivent le nombre effectif de tirages
conditioned-how = Les tirages de la simulation, chacun pondéré par la vraisemblance qu’il donne à ce qui a été observé.
conditioned-origin = conditionnée, { $effective } tirages effectifs
seen-by = { $what } de { $threat }
seen-of = { $what } de { $who }
seen-on = { $what } à { $sites }
seen-at = { $what }, { $sites }
seen-people = personnes
seen-done-phase = phase { $id } achevée
seen-done-site = site { $id } vide
seen-done-gate = jalon { $id } ouvert
seen-done-event = événement { $id } survenu
seen-about = environ { $number }
seen-at-most = au plus { $number }
seen-missing = manquant
seen-reached = atteint
seen-not-reached = pas atteint

## Warnings of a fit

fit-unread = ceci n’entre pas dans l’ajustement : { $rows } ; `update` en tient compte, avec la loi a posteriori comme `fitted`
fit-unread-levels =
    { $rows ->
        [one] { $rows } ligne d’effectifs
       *[other] { $rows } lignes d’effectifs
    }
fit-unread-dates =
    { $rows ->
        [one] { $rows } ligne de dates
       *[other] { $rows } lignes de dates
    }
fit-beyond = l’a priori ne laisse guère attendre ce qui a été compté (à côté, ses P10 à P90) : { $counts }. Élargissez les intervalles, ou cherchez une erreur dans les décomptes
fit-beyond-count = du { $from } au { $to } : { $observed }, attendu { $low } à { $high }
fit-left-out = la vraisemblance laisse de côté { $parts } : leurs effets passent dans les intervalles
fit-part-of-threat = { $part } (`{ $threat }`)
fit-part-retaliation = les frappes en réponse aux attaques
fit-part-truce = la trêve
fit-part-grievance = les griefs
fit-part-exit_pattern = le profil de sortie autour des remises de sites
fit-part-profile = le profil
fit-part-months = les facteurs par mois
fit-part-ceasefires = les cessez-le-feu
fit-part-drift = la dérive de son taux
fit-part-displacement = le report
fit-part-windows = les fenêtres du calendrier
fit-part-incidents = les incidents de l’insurrection
fit-part-leaving = les départs pendant que les attaques sont comptées
fit-constant-background = la contagion ({ $ranges }) est ajustée avec un fond qui est le même en tout temps : périodes calmes et périodes agitées ressemblent alors à de la contagion (on trouve 0,85 là où il n’y en a pas). Donnez `attacks_per_day` par état de tension
fit-unmixed = les chaînes ne se sont pas mélangées : { $ranges } ; R-hat devrait être au-dessous de { $rhat } et la taille effective d’échantillon (ESS) au-dessus de { $ess }. Les échantillons sont gardés, mais il ne faut pas se fier à leurs quantiles : donnez davantage de `draws` et de `warmup`, ou des intervalles plus étroits
fit-unmixed-range = { $range } (R-hat { $rhat }, ESS { $ess })
fit-unmoved = l’a priori décide, et les données ne disent presque rien de { $ranges } : argumentez pour ces intervalles, ou recueillez-les auprès d’experts
fit-sources = chaque décompte vient d’une source dont le facteur n’est pas connu : par les seuls décomptes, taux et facteurs ne se distinguent pas, et leurs lois a priori décident. Ne nommez pas dans `reporting` la source dont les décomptes sont à croire
fit-hardly-allowed = { $statistic } : { $seen }, et de { $low } à { $high } dans l’ensemble des { $histories } trajectoires de l’a priori, qui n’admet guère ce qui a été vu
fit-not-stalled = la tolérance ne s’était pas stabilisée : davantage de `populations` se rapprochent de ce qui a été observé

## What a fit by simulation compares

statistic-total = { $measure }, total
statistic-largest = { $measure }, plus grand mois
statistic-median = { $measure }, mois médian
statistic-quiet = { $measure }, part des mois calmes
statistic-loud = { $measure }, part des mois agités
statistic-beyond = { $measure }, au-delà de ce qu’ils étaient au plus

## Observations

observed-title = Observations
observed-notes = du, au : jours compris tous les deux. total : de ce qui a été compté ; un majorant et ce qui manque n’y sont pas.
observed-count-events =
    { $rows ->
        [one] { $rows } événement
       *[other] { $rows } événements
    }
observed-count-counts =
    { $rows ->
        [one] { $rows } décompte
       *[other] { $rows } décomptes
    }
observed-count-levels =
    { $rows ->
        [one] { $rows } effectif
       *[other] { $rows } effectifs
    }
observed-count-dates =
    { $rows ->
        [one] { $rows } date
       *[other] { $rows } dates
    }
observed-count-left-out = { $rows } laissés de côté
observed-window = fenêtre du { $first } au { $last }
observed-dates-of = dates ({ $kind })
observed-one-by-one = { $measure }, un à un
observed-figure-people = Personnes observées
observed-figure-attacks = Attaques observées, par { $days } jours
observed-figure-wounded = Blessés observés, par { $days } jours
observed-figure-killed = Tués observés, par { $days } jours
observed-figure-strikes = Frappes observées, par { $days } jours
observed-all = tous
observed-bar-exact = exact
observed-bar-about = environ (trait : 80 %)
observed-bar-at-most = au plus
observed-bar-nobody = personne n’a compté

## Why rows of observations are left out

left-undated = nul ne peut dire quel jour c’est
left-wide =
    { $days ->
        [one] connu seulement à plus de { $days } jour près
       *[other] connu seulement à plus de { $days } jours près
    }
left-outside = hors de la fenêtre
left-partly-outside = hors de la fenêtre par son jour du milieu, et peut-être dedans
left-by-kind = nature : { $why }
left-by-place = lieu : { $why }
left-by-actor = acteur : { $why }
left-unlisted = ce n’est pas dans la table
left-listed = la table l’écarte
left-nowhere = pas de coordonnées
left-far = à { $distance } du site le plus proche, { $site }
left-km = { $km } km
left-some-km = un certain nombre de km
left-both = { $one }, et { $other }
left-no-row = aucune ligne ne porte ce nom
left-no-row-near = aucune ligne ne porte ce nom ; vouliez-vous dire « { $name } » ?
left-unread = aucune colonne de ce nom n’est lue
left-share = une part de personnes touchées dans plusieurs événements : tenue pour non dite
left-across-end = de part et d’autre de la fin du { $day }
left-across-begin = de part et d’autre du début du { $day }
left-unknown-site = son site n’est pas connu, et les événements sont comptés par site
left-unknown-threat = sa menace n’est pas connue, et les événements sont comptés par menace
left-no-number = aucun nombre n’est donné
left-no-part = dans aucune des parties
left-no-id = pas d’identifiant

## Forecasts

forecast-title = Prévision du { $origin }
hindcast-title = Prévision rétrospective du { $origin }
forecast-source-run = { $name } : scénario { $hash }, graine { $seed }, { $trials } tirages
forecast-source = { $name } : graine { $seed }
forecast-made = prévision du { $origin }, faite le { $made }
forecast-made-after = prévision rétrospective du { $origin }, faite le { $made }, après sa fin le { $last }
forecast-is-late = Ceci est une prévision rétrospective : elle a été faite après la fin de tout ce qu’elle prévoit, et qui l’a faite pouvait savoir ce qui est arrivé
forecast-some-late = { $late } fenêtres sur { $all } sont rétrospectives : elles étaient finies quand la prévision a été faite, et qui l’a faite pouvait savoir ce qui est arrivé
forecast-marks = bandes : 90, 80 et 50 % centraux ; trait : médiane
forecast-marks-came = bandes : 90, 80 et 50 % centraux ; trait : médiane ; points : ce qui est arrivé, en rouge hors des 80 % centraux
forecast-drawn-until = dessiné jusqu’en { $month } : au-delà, les 90 % centraux sont 0
forecast-panel = { $forecast } : { $target } par mois
forecast-a-month = par mois
forecast-months =
    { $months ->
        [one] { $months } mois
       *[other] { $months } mois
    }
backtest-title = Prévisions d’une origine après l’autre
backtest-notes = { $notes }. contre : l’habileté, 1 - crps / crps de ce modèle, au-dessus de 0 là où la prévision est meilleure, entre parenthèses là où son intervalle à 95 % (bootstrap par blocs sur les origines) contient 0
backtest-samples = { $samples } échantillons · graine { $seed } · drawdown { $version }
backtest-against = contre { $model }
backtest-figure = Habileté face à « { $baseline } »
backtest-marks = 1 - crps / crps de la référence ; trait : intervalle à 95 %
backtest-axis-month = habileté, le mois lui-même
backtest-axis-sum = habileté, tous les mois jusque-là
backtest-axis-ahead = mois à l’avance
backtest-fans = { $measure } : prévision { $months } à l’avance, et ce qui est arrivé
backtest-histograms = Où sont tombées les valeurs dans les prévisions { $months } à l’avance
scores-title = Scores des prévisions
scores-forecasts = { $count } prévisions de { $who }
scores-of = sur { $targets }
scores-span = { $first } à { $last }
scores-notes = crps : dans l’unité de ce qui est prévu, crps_log à l’échelle log(1 + x), log_score en nats : moins, c’est mieux. biais : au-dessus de 0 là où l’on a trop prévu. interval_coverage (dans 80 %) : part des valeurs dans l’intervalle central, pour de petits décomptes plus qu’il ne dit par nature ; pit_coverage : la même chose sans cela. à part : des fenêtres, autant qu’il y en a qui ne se chevauchent pas
scores-waiting = { $notes }. { $waiting } prévisions attendent ce qui arrivera
scores-marks = gris : bande à 95 % de toutes les classes à la fois, si la prévision est juste ; rouge : dehors
scores-axis-pit = transformée intégrale de probabilité
scores-axis-rank = rang parmi les échantillons, ramené à l’unité
scores-axis-density = densité
scores-windows =
    { $windows ->
        [one] { $panel } ({ $windows } fenêtre)
       *[other] { $panel } ({ $windows } fenêtres)
    }
onset-title = Prévisions de mois au-dessus d’un niveau
onset-origin = plus de { $level } par mois ({ $measure })
onset-notes = brier : moyenne du carré de la différence entre la probabilité donnée et ce qui est arrivé (0 ou 1), moins, c’est mieux. habileté : 1 - brier / celui de la part des mois au-dessus du niveau parmi ceux qui sont connus à chaque origine, bas et haut son intervalle à 95 % (bootstrap par blocs sur les origines). Un début compte depuis les origines dont le mois n’est pas lui-même au-dessus du niveau
onset-interval = { $low } à { $high }
onset-marks = point : fréquence à laquelle c’est arrivé ; trait : intervalle exact à 95 %
onset-axis-above = au-dessus, { $months } à l’avance
onset-axis-chance = probabilité donnée (en hauteur : part dans laquelle c’est arrivé)
stacked-title = Prévisions combinées selon leurs scores
stacked-origin = { $scores } · poids selon { $score }
stacked-notes = les poids rendent minimal le { $score } moyen de la combinaison sur ces fenêtres, si bien que son score est un peu trop bon ; bas, haut : intervalle à 95 % par bootstrap par blocs sur les fenêtres. égaux : la combinaison à poids égaux
stacked-marks = barre : poids ; trait : intervalle à 95 %
stacked-axis = poids
reference-title = La classe de référence
reference-notes = rapport : durée réelle sur durée annoncée. Les lois sont notées à chaque retrait en le laissant de côté ; log score (de la densité du rapport) et CRPS : moins, c’est mieux. usuelle : la loi de la bibliothèque, qui n’a pas été ajustée à ceux-ci
reference-origin = { $withdrawals } retraits, dont { $missed } ont manqué la date de plus de 5 %

## Elicitation

elicited-title = Ce que croient les experts
elicited-how = Les experts ont donné P5, P50 et P95 de chaque nombre ; une combinaison est une moyenne pondérée de ce qu’ils croient. { $notes }
elicited-apart = { $number } ({ $apart } sur 1)
elicited-said = { $numbers } { $source } ; les experts divergent le plus sur { $apart }
elicited-alt = Intervalles de chaque expert et des combinaisons. { $said }.
elicited-caption = Ce qu’a dit chaque expert (P5 à P95 ; point : P50), et ce que croient les combinaisons.
elicited-numbers =
    { $numbers ->
        [one] { $numbers } nombre
       *[other] { $numbers } nombres
    }
elicited-experts =
    { $experts ->
        [one] { $experts } expert
       *[other] { $experts } experts
    }
elicited-seeds =
    { $seeds ->
        [one] { $seeds } question de contrôle
       *[other] { $seeds } questions de contrôle
    }
elicited-weights-equal = poids égaux
elicited-weights-performance = poids selon la performance
elicited-source = recueillis auprès de { $names } ; { $weights }, { $seeds }
elicited-calibrated = { $name } { $value }
elicited-calibration = calibrage sur { $seeds } : { $known }
elicited-no-seeds = Sans questions de contrôle, personne ne sait à quel point les experts savaient.
elicited-scores =
    calibrage : la probabilité que les vérités tombent aussi bizarrement dans les intervalles de quelqu’un
    qui a raison ; information : combien est dit, par rapport à un fond sur l’étendue
    nommée par l’un ou l’autre ; score : leur produit ; jusqu’à P5, ... : vérités dans chaque intervalle
elicited-alike =
    Tous comptent autant : des poids selon la performance demandent { $least } questions de contrôle, et
    il y en a { $seeds }.
elicited-none = zéro
elicited-unheard =
    { $experts ->
        [one] { $experts } expert au-dessous de { $cut } n’est pas entendu
       *[other] { $experts } experts au-dessous de { $cut } ne sont pas entendus
    }
elicited-heard = tous entendus
elicited-weighted =
    poids : { $heard }, ce qui réussit le mieux hors échantillon, où le score est un peu trop
    bon, étant le meilleur de tous les seuils
elicited-off = Les probabilités des quantiles d’une combinaison s’écartent de jusqu’à { $off } dans une loi.
elicited-expert = Expert
elicited-pool = Combinaison (nouveau : hors échantillon)
elicited-number = Nombre, combinaison
elicited-number-pool = { $number }, { $pool }
elicited-column-calibration = calibrage
elicited-column-information = information
elicited-column-score = score
elicited-column-weight = poids
elicited-column-disagreement = désaccord
elicited-column-new = { $score }, nouveau
elicited-column-to = jusqu’à { $quantile }
elicited-column-above = au-dessus
elicited-pool-equal = égaux
elicited-pool-performance = performance
elicited-figure = Ce que croient les experts (poids)
elicited-marks = point : P50 ; trait : P5 à P95
elicited-row-equal = tous comptent autant
elicited-row-performance = selon la performance
elicited-truth = la vraie réponse
elicited-axis = désaccord { $apart }
elicited-axis-log = désaccord { $apart }, échelle logarithmique

## Columns of tables of data, and what stands in them

column-mean = moyenne
column-sd = écart type
column-low = bas
column-high = haut
column-unit = unité
column-measure = mesure
column-range = intervalle
column-standard_error = erreur type
column-missing = manquant
column-of = de
column-id = identifiant
column-announced = annoncé
column-chance_met = probabilité de tenir
column-unfinished = inachevé
column-observation = observation
column-what = quoi
column-from = du
column-to = au
column-observed = observé
column-log_likelihood = log-vraisemblance
column-effective = effectif
column-distinct = distincts
column-prior_mean = moyenne a priori
column-prior_sd = écart type a priori
column-prior_p10 = p10 a priori
column-prior_p50 = p50 a priori
column-prior_p90 = p90 a priori
column-prior_pit = pit a priori
column-posterior_p10 = p10 a posteriori
column-posterior_p50 = p50 a posteriori
column-posterior_p90 = p90 a posteriori
column-posterior_pit = pit a posteriori
column-shift = décalage
column-contraction = contraction
column-bound = borne
column-count = décompte
column-statistic = statistique
column-series = série
column-rows = lignes
column-total = total
column-exact = exacts
column-unsure = incertains
column-at_most = au plus
column-why = pourquoi
column-values = valeurs
column-over = portée
column-horizon = horizon
column-forecast = prévision
column-windows = fenêtres
column-apart = à part
column-bias = biais
column-in-80 = dans 80 %
column-pit-in-80 = pit dans 80 %
column-target = cible
column-status = statut
column-sum_p10 = p10 de la somme
column-sum_p50 = p50 de la somme
column-sum_p90 = p90 de la somme
column-question = question
column-happened = arrivé
column-chance = probabilité
column-skill = habileté
column-low-to-high = bas à haut
column-weight = poids
column-alone = seule
column-pool = combinaison
column-score = score
column-withdrawal = retrait
column-begins = début
column-actual = réel
column-ratio = rapport
column-kept = tenu
column-law = loi
column-parameter = paramètre
column-value = valeur
column-half_width = demi-largeur
column-trials = tirages
column-reached = atteint
column-trials_needed = tirages nécessaires
column-site = site
column-threat = menace
cell-over-month = mois
cell-over-sum = somme
cell-status-forecast = prévision
cell-status-under-way = en cours
cell-status-hindcast = rétrospective
cell-forecast-climatology = climatologie
cell-forecast-last-value = dernière valeur
cell-forecast-random-walk = marche aléatoire
cell-forecast-recent-year = dernière année
cell-question-above = au-dessus
cell-question-onset-within-30-days = début dans les 30 jours
cell-question-onset-within-90-days = début dans les 90 jours
cell-pool-stacked = combinée
cell-pool-equal = égaux
cell-pool-best = meilleure
cell-law-kept-or-missed = tenu ou manqué
cell-law-lognormal = lognormale
cell-law-usual = usuelle
cell-parameter-median = médiane
cell-parameter-kept_share = part tenue
cell-of-events = événements
cell-of-counts = décomptes
cell-of-levels = effectifs
cell-of-dates = dates
cell-of-sites = sites
cell-of-threats = menaces
cell-of-events-wounded = événements, blessés
cell-of-events-killed = événements, tués
cell-of-overall = ensemble
cell-of-phase = phase
cell-of-site = site
cell-of-contingent = contingent
cell-bound-exact = exact
cell-bound-about = environ
cell-bound-derived = dérivé
cell-bound-at_most = au plus
cell-bound-missing = manquant

## Kinds of events that are observed

event-attack = attaque
event-attack_intercepted = attaque interceptée
event-strike = frappe
event-incident = incident
event-shock = choc
event-barrage_met = salve massive contrée
event-barrage_unmet = salve massive sans riposte

## What defaults rest on

rests-both = { $form } ; valeur : { $value }
rests-judgement = jugement
rests-judgement-after-reports-of-2023-24 = jugement, d’après des comptes rendus de 2023-2024
rests-judgement-fitted-to-the-record-of-2023-24 = jugement, ajusté aux faits connus de 2023-2024
rests-judgement-on-one-case = jugement, sur un seul cas
rests-judgement-720-a-day-left-Iraq-in-November-2011 = jugement ; 720 par jour ont quitté l’Irak en novembre 2011
rests-judgement-stands-in-for-data-that-are-not-public = jugement ; tient lieu de données qui ne sont pas publiques
rests-evidence-both-ways = des preuves dans les deux sens
rests-evidence-for-the-form-Clauset-et-al-2007 = des preuves pour la forme : Clauset et al. 2007
rests-evidence-for-the-form-Lewis-et-al-2012-White-et-al-2013 = des preuves pour la forme : Lewis et al. 2012, White et al. 2013
rests-evidence-for-the-sign-Fetzer-et-al-2021 = des preuves pour le signe : Fetzer et al. 2021
rests-730-days-after-the-last-announced-finish-or-after-the-start-where-nothing-is-announced = 730 jours après la dernière fin annoncée (ou après le début, là où rien n’est annoncé)
