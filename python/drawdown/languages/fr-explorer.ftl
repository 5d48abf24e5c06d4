# French: the explorer, and the part of a page that a reader can move. Not reviewed by a speaker.

# What begins with `view-` is said by JavaScript, which puts in the values and knows no plurals.

## The page

explorer-title = explorateur drawdown
explorer-noscript = L’explorateur a besoin de JavaScript, qui vient de cette machine seule.
explorer-span = Du { $start } au { $horizon }

## Controls in words

control-on = oui
control-off = non
control-days =
    { $days ->
        [one] { $days } jour
       *[other] { $days } jours
    }

## What would have to be wrong

breaking-on-time = Il est achevé à temps dans { $share } % des trajectoires (de { $low } à { $high })
breaking-on-time-least = il doit l’être dans { $level } % ou plus
breaking-casualties = Il coûte en moyenne { $mean } tués et blessés (de { $low } à { $high })
breaking-casualties-most = ce doit être { $level } au plus
breaking-holds = le plan tient
breaking-fails = le plan échoue
breaking-holds-open = le plan tient, mais l’intervalle n’en décide pas
breaking-fails-open = le plan échoue, mais l’intervalle n’en décide pas
breaking-said = { $now } ; { $least } : { $end }.
breaking-or-more = { $value } ou plus
breaking-or-less = { $value } ou moins
breaking-beyond = au-delà
breaking-between = { $low } à { $high }
breaking-middle = { $value }, le milieu d’un intervalle

## Tables

assumptions-number = nombre
assumptions-value = valeur
assumptions-what = ce que c’est
assumptions-whose = de qui
assumptions-basis = fondement
assumptions-source = source
assumptions-note = note
assumptions-disputed = controversé

## The frame

view-first = Premières trajectoires en cours …
view-controls = Réglages
view-results = Résultats
view-to-results = Vers les résultats
view-undo = Annuler
view-redo = Rétablir
view-reset = Réinitialiser
view-about = { $span }, graine { $seed }. Un scénario et non une prévision.
view-left-out = Pas proposé, car sans effet ici : { $labels }.
view-count = { $trials } trajectoires ; les mêmes nombres aléatoires dans tous les réglages
view-count-more = { $trials } trajectoires, jusqu’à { $most } quand la main se repose ; les mêmes nombres aléatoires dans tous les réglages
view-warnings = Avertissements sur ce réglage : { $count }
view-refused = Les figures sont celles du dernier réglage qui a pu être simulé.
view-no-answer = Il n’y a pas de réponse ({ $why })
view-no-answer-remedy = si le programme s’est arrêté, relancez-le
view-status = état { $status }
view-silence = Le programme ne répond pas : il est occupé, ou il s’est arrêté. Relancez-le dans ce cas.
view-silence-kernel = Le noyau ne répond pas : il est occupé par une autre cellule, ou il s’est arrêté. Dans ce cas, exécutez cette cellule de nouveau.

## Baselines

view-baseline = Référence
view-pin = Épingler comme référence
view-pin-name = Nom de ce qui est épinglé
view-name = nom
view-setting-number = réglage { $number }
view-as-written-all = le scénario tel qu’il est écrit
view-go-there = y aller
view-go-to = Aller à { $name }
view-remove = retirer
view-remove-it = Retirer { $name }
view-compare = Les comparer
view-compared = Comparaison
view-beside = comparé à { $name }
view-unnamed-baseline = la référence
view-the-brief = la note de l’auteur
view-this-setting = ce réglage

## Controls

view-decided = Ce que le plan décide
view-unknown = Ce que personne ne sait
view-from-where = D’où cela vient
view-from-where-of = D’où vient { $label }
view-scenario-says = le scénario dit
view-what-it-is = ce que c’est
view-source = source
view-rests-on = fondement
view-note = note
view-key = clé
view-as-written = tel qu’écrit
view-as-written-of = { $label } : tel qu’écrit
view-field-in = { $label }, en { $unit }
view-sampled = un intervalle, tiré au sort
view-held = fixé
view-days = jours
view-in-days = { $value } j
view-on = oui
view-off = non

## Tabs

view-tab-schedule = Calendrier
view-tab-losses = Pertes
view-tab-decisions = Décisions
view-tab-breaking = Et si c’était faux ?
view-tab-assumptions = Hypothèses
view-tab-history = Une trajectoire

## Schedule

view-people = Personnes sur place, par semaine
view-in-the-middle = dans la trajectoire médiane
view-band = huit trajectoires sur dix
view-announced = annoncé
view-announced-on = annoncé { $date }
view-the-baseline = référence
view-this = ce réglage
view-interval = intervalle à 95 %
view-finish = Quand tout est achevé
view-finish-note = La probabilité que tout soit achevé à la fin de chaque jour.
view-site-by-site = Site par site
view-dates = Dates
view-no-finish = Personne ne doit partir selon ce plan : il n’y a pas de fin.
view-people-label = { $place } : personnes sur place par semaine, de { $first } au début à { $last } à la fin dans la trajectoire médiane ; { $verdict }
view-finish-label = La probabilité que tout soit achevé à chaque date ; { $verdict }

## Losses

view-apart = Ce que ce réglage ajoute et retranche
view-apart-note = Par rapport à la référence, dans les mêmes trajectoires, en parts de ce que la référence prévoit ; le trait est l’intervalle à 95 %, le point est creux là où la différence ne se distingue pas de zéro.
view-apart-none = C’est la référence. Déplacez un réglage : ce qu’il ajoute et retranche sera dessiné ici.
view-apart-label = Différences avec la référence : { $told }
view-apart-one = { $name } { $more } ({ $ends })
view-as-the-baseline = comme la référence
view-bad = Jusqu’où cela peut aller
view-bad-note = La probabilité d’autant de blessés et de tués, ou davantage, jusqu’à l’horizon.
view-bad-label = La probabilité d’autant de blessés et de tués, ou davantage
view-no-threats = Le scénario n’a pas de menaces : personne n’est atteint.
view-expected = Ce qui est attendu
view-unit = unité
view-mean = moyenne
view-95 = 95 %
view-more-than = de plus que la référence

## Decisions

view-decisions = Ce qui a été décidé en chemin
view-no-decisions = Le plan ne décide rien en chemin : il n’y a rien à dire.
view-levers = Ce que chaque réglage change à partir d’ici
view-levers-note = Chacun aux deux bouts de son curseur, tous les autres restant en place.
view-find-out = Calculer
view-running = Calcul en cours …
view-levers-caption = Ce que chaque réglage change
view-control = réglage
view-at = à

## What if it is wrong?

view-breaking = Qu’est-ce qui devrait être faux ?
view-breaking-note = Chaque réglage est déplacé seul, tous les autres restant en place, jusqu’à ce que le plan échoue, ou n’échoue plus. Le plus proche vient d’abord.
view-fails-if = Le plan échoue si
view-fails-on-time = il est achevé à temps dans moins de
view-fails-on-time-unit = % des trajectoires
view-fails-casualties = il coûte, en moyenne, plus de
view-fails-casualties-unit = tués et blessés
view-level = Le seuil en deçà ou au-delà duquel il échoue, en { $unit }
view-look-again = Chercher de nouveau
view-looking = Recherche : chaque réglage à plusieurs valeurs …
view-nothing-fails = Rien de ce qu’un réglage atteint à lui seul ne le fait échouer.
view-nothing-holds = Rien de ce qu’un réglage atteint à lui seul ne le fait tenir.
view-others = Déplacés seuls, ils n’y changent rien : { $count }
view-breaking-how = Sur { $trials } trajectoires. Sont essayés les bouts de chaque réglage, sa place actuelle, le milieu entre eux, puis entre les valeurs où cela bascule. Deux réglages déplacés ensemble peuvent le faire basculer plus tôt.
view-now = maintenant
view-fails-at = il échoue à
view-holds-at = il tient à
view-go-to-value = { $label } : aller à { $value }
view-before = { $said } C’était avant votre dernier déplacement.

## Assumptions, one history

view-assumptions-note = Chaque nombre de ce réglage, et d’où il vient.
view-filter = filtrer
view-filter-label = Montrer les hypothèses qui contiennent
view-history-note = Ce qui s’est passé jour par jour dans une des trajectoires. Une seule est un exemple, et ne prouve rien.
view-history-number = Numéro de la trajectoire
view-earlier = Précédente
view-next = Suivante
view-story = Jour par jour

## Save, share, open

view-along = Enregistrer, partager, ouvrir
view-toml = Scénario (TOML)
view-code = Lignes de Python
view-json = Réglage (JSON)
view-link = Lien
view-copy = Texte à copier
view-back = Rétablir un réglage :
view-back-label = Texte d’un réglage
view-bring-back = Le rétablir
view-open = Ouvrir un autre scénario (.toml, .json) :

## The part of a page that a reader can move

live-title = Changez un nombre, et voyez ce qui en résulte
live-about =
    Votre navigateur simule de nouveau le scénario de cette page : le fichier porte le modèle et tout le scénario,
    avec ses sources et ses notes, et ne demande rien à personne. Tous les autres chiffres de la page sont ceux de l’auteur.
live-needs = Cette partie demande un navigateur avec scripts et WebAssembly ; toutes les autres sont complètes sans cela.
view-live-checking = Vérification que ce navigateur donne les chiffres de l’auteur, au bit près …
view-live-same = Ce navigateur donne les chiffres de l’auteur : { $checked } trajectoires ont été simulées de nouveau, et sont les mêmes au dernier bit.
view-live-differs = Ce navigateur ne donne pas les chiffres de l’auteur, ou le fichier a été modifié : les nombres ne peuvent pas être déplacés. Redemandez le fichier, ou prenez un autre navigateur.
view-live-broken = Le modèle ne fonctionne pas ici, et les nombres ne peuvent pas être déplacés ; toutes les autres parties de la page sont complètes ({ $why })
view-live-worker = processus
view-live-changed = Vous avez modifié cette page : { $changes }. Les chiffres de cette partie sont les vôtres, tous les autres sont ceux de l’auteur.
view-live-one = { $label } : { $before } → { $after }
view-live-title = (modifié) { $title }
