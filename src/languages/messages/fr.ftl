# French. Not reviewed by a speaker.

## Lists, sentences, names, numbers

list-comma = {", "}
list-semicolon = {" ; "}
list-and = {" et "}
list-or = {" ou "}
list-then = {", puis "}
sentence = { $text }.
goes-on = { $text } ;
named = { $id } ({ $title })
valued = { $id } { $value }
people-of = { $people } du contingent { $contingent }
days =
    { $number ->
        [one] { $number } jour
       *[other] { $number } jours
    }
or-later = ou { $days } plus tard
all-sites = tous les sites
all-phases = toutes les phases
all-threats = toutes les menaces
law-between = { $law } entre { $low } et { $high }
law-mixture = un mélange de { $parts }
law-mixture-part = { $value } (poids { $weight })
law-one-of = l’une de { $values }
weekday =
    { $day ->
        [monday] lundi
        [tuesday] mardi
        [wednesday] mercredi
        [thursday] jeudi
        [friday] vendredi
        [saturday] samedi
       *[sunday] dimanche
    }
month =
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

## The scenario, and who is there

frame-untitled = Un retrait
frame = Du { $start } au { $end }.
sites = Qui est là au début
site = { $site }{ $gap } { $people }  ({ $who })
site-nobody = personne
site-area = {" "}dans la zone { $area }
site-title =  : { $title }
site-reference =
    { $people ->
        [one] Les taux des menaces valent pour { $people } personne.
       *[other] Les taux des menaces valent pour { $people } personnes.
    }
site-materiel =
    { $tonnes ->
        [one] Matériel : { $tonnes } tonne.
       *[other] Matériel : { $tonnes } tonnes.
    }
areas = Zones : { $areas }.
defences = Probabilité qu’un projectile soit arrêté, tirée une fois par attaque
defence = { $site } : { $weapons }
defence-thin =
    { $people ->
        [one] à moins de { $people } personne { $law }
       *[other] à moins de { $people } personnes { $law }
    }

## Where things stand on the first day

now = Où en sont les choses le premier jour
now-nothing = Rien du plan n’a encore eu lieu.
now-gate-opened = Le jalon { $gate } a été franchi le { $date }.
now-gate-blocked = Le jalon { $gate } est attendu depuis le { $date }, sans compter { $days }.
now-gate-waits = Le jalon { $gate } est attendu depuis le { $date }.
now-phase-lasted = La phase { $phase } a duré du { $start } au { $finish }
now-phase-under-way = La phase { $phase } est en cours depuis le { $date }
now-phase-gone = partis : { $gone } sur { $all } ({ $id })
now-room = Répit : { $used }.
room-used =
    { $pauses ->
        [one] { $pauses } jour de pause est utilisé, ce qui a repoussé les fins de { $extension }
       *[other] { $pauses } jours de pause sont utilisés, ce qui a repoussé les fins de { $extension }
    }
now-tension = La tension est à { $state } depuis le { $date }.
now-threat = Menace { $threat } : { $words }.
now-strikes = frappes aux dates suivantes : { $dates }
now-attacks = attaques récentes : { $attacks }
now-attack = { $count } sur { $site } le { $date }
now-no-attack = aucune

## The plan

plan = Le plan
plan-everybody-stays = Tout le monde reste.
gate = Jalon { $gate } : franchi après { $delay }
gate-blocked = sans compter les jours de tension { $states }
gate-after = à compter de la fin de : { $nodes }
phase = Phase { $phase } : du { $start } au { $finish }.
phase-waits = Attend : { $links }.
phase-last-lift-waits = Sa dernière rotation attend : { $links }.
link-start = le début de { $id }
link-lag =
    { $days ->
        [one] { $what } et encore { $days } jour
       *[other] { $what } et encore { $days } jours
    }
phase-part = { $id } : { $what }
move-home = départ de { $site } : { $who }
move = de { $site } vers { $to } : { $who }
move-all = tout le contingent { $contingent }
move-all-but =
    { $people ->
        [one] tout le contingent { $contingent } sauf { $people } personne
       *[other] tout le contingent { $contingent } sauf { $people } personnes
    }
move-arrivals = ainsi que ceux qui y sont amenés entre-temps
load-some =
    { $tonnes ->
        [one] { $tonnes } tonne
       *[other] { $tonnes } tonnes
    }
load-all = tout le matériel
load-handed-over = cession sur { $site } : { $what }
load-destroyed = destruction sur { $site } : { $what }
load-home = rapatriement depuis { $site } : { $what }
load = de { $site } vers { $to } : { $what }
load-mode = {" "}par { $mode }
phase-waves = Par vagues : { $waves }.
phase-ratio = Dure { $ratio } fois la durée annoncée.
phase-compressed = Pour tenir sa date, elle est comprimée, au plus à { $share } de cette durée.
lifts =
    { $people ->
        [one] Intervalle entre les rotations : { $every } ; au plus { $people } personne par jour.
       *[other] Intervalle entre les rotations : { $every } ; au plus { $people } personnes par jour.
    }
transport-mode =
    { $tonnes ->
        [one] Matériel par { $mode } : au plus { $tonnes } tonne par jour.
       *[other] Matériel par { $mode } : au plus { $tonnes } tonnes par jour.
    }
working-days = Jours de mouvement : { $days } ; les dates annoncées en tiennent compte.
work-by-month = Part d’une journée de travail faite en un jour : { $months }.
blackout-allowed = Rien ne bouge du { $from } jusqu’au { $until } : { $name } ; les dates annoncées en tiennent compte.
blackout-on-top = Rien ne bouge du { $from } jusqu’au { $until } : { $name } ; cela s’ajoute aux dates annoncées.
duration-correlation = Les durées des phases sont corrélées : { $correlation }.
mitigation-taken = Mesure d’atténuation { $name } : prise
mitigation-not-taken = Mesure d’atténuation { $name } : non prise
mitigation-cost = pour un coût de { $cost }
mitigation-risk = { $risk } : probabilité multipliée par { $chance }, effet multiplié par { $effect }.
room-none = Répit : aucun ; rien ne peut être arrêté.
room = Répit : les mouvements peuvent être arrêtés pendant { $days }.
room-of-phase = { $phase } : pendant { $days }.
room-inside = { $pause } dans les délais
room-beyond = { $pause }, en repoussant les fins de { $extension }
room-latest = pas au-delà du { $date }
room-unused = Aucune règle ne l’utilise.
reviews = Intervalle entre les examens des règles : { $every }.
buffer = Marge { $name } : { $phase } achevée { $days } avant { $event }.

## Rules

rule = Règle { $rule } : quand { $condition },
action-pause = arrêter tous les mouvements
action-stretch = ce qui reste des phases en cours dure { $factor } fois aussi longtemps
action-accelerate = ce qui reste des phases en cours va { $factor } fois aussi vite
action-reinforce = envoyer en renfort { $people }
action-go-back-in = revenir avec { $people }
action-keep-residual = garder au moins { $people }
action-send-home = rapatrier tout le contingent { $contingent } en { $days }
action-cancel = annuler { $phases } et tout ce qui suit
action-bring-forward = avancer { $phases } de { $days }
detachment = { $people } du contingent { $contingent } sur { $site }
rule-until = jusqu’à ce que cette condition soit remplie : { $condition }
rule-until-over = jusqu’à ce que ce ne soit plus le cas
rule-at-least =
    { $days ->
        [one] { $until }, et au plus tôt après { $days } jour
       *[other] { $until }, et au plus tôt après { $days } jours
    }
rule-cooldown = pas de nouveau avant { $days }
rule-at-most = au plus { $times } fois
rule-at-once = Elle est examinée juste après chaque événement, et pas seulement lors des examens.

## What a rule looks at

if-attacks =
    { $bound ->
        [least] le nombre d’attaques en { $days } est d’au moins { $number }
       *[most] le nombre d’attaques en { $days } est d’au plus { $number }
    }
if-wounded =
    { $bound ->
        [least] le nombre de blessés en { $days } est d’au moins { $number }
       *[most] le nombre de blessés en { $days } est d’au plus { $number }
    }
if-killed =
    { $bound ->
        [least] le nombre de tués en { $days } est d’au moins { $number }
       *[most] le nombre de tués en { $days } est d’au plus { $number }
    }
if-people =
    { $bound ->
        [least] le nombre de personnes présentes est d’au moins { $number }
       *[most] le nombre de personnes présentes est d’au plus { $number }
    }
if-of = {" "}(contingents : { $contingents })
if-at = {" "}(sites : { $sites })
if-in = {" "}(zones : { $areas })
if-by = {" "}(menaces : { $threats })
if-tension = la tension est { $states }
if-day = la date est { $dates }
day-from = le { $date } ou plus tard
day-before = avant le { $date }
if-phase =
    { $state ->
        [waiting] la phase { $phase } n’a pas commencé
        [moving] la phase { $phase } est en cours
        [held] la phase { $phase } est arrêtée
        [done] la phase { $phase } est achevée
       *[cancelled] la phase { $phase } a été annulée
    }
if-pause-left =
    { $bound ->
        [least] le nombre de jours de pause restants est d’au moins { $number }
       *[most] le nombre de jours de pause restants est d’au plus { $number }
    }
if-extension-left =
    { $bound ->
        [least] le nombre de jours de prolongation restants est d’au moins { $number }
       *[most] le nombre de jours de prolongation restants est d’au plus { $number }
    }
if-event = { $event } a eu lieu
if-outcome = { $event } a eu pour issue { $outcome }
if-risk = le risque { $risk } s’est réalisé
if-insurgent-strength =
    { $bound ->
        [least] la force de l’insurrection est d’au moins { $number }
       *[most] la force de l’insurrection est d’au plus { $number }
    }
if-friction =
    { $bound ->
        [least] la friction est d’au moins { $number }
       *[most] la friction est d’au plus { $number }
    }
if-expelled = l’hôte a annoncé une expulsion
if-not-expelled = l’hôte n’a pas annoncé d’expulsion
if-group = ({ $parts })
if-not = ceci n’est pas le cas : { $condition }

## The world

world = Le monde
tension-constant = La tension ne change pas.
tension = La tension commence à { $state }.
tension-state = { $state } : { $days } en moyenne, puis { $next }.
tension-state-drawn = { $state } : { $days } en moyenne, tirés de nouveau à chaque séjour, puis { $next }.
tension-next = { $state } ({ $weight })
tension-nothing = rien
leg = Trajet { $leg } : de { $from } à { $to }, { $days }
leg-convoys =
    { $people ->
        [one] en convois d’au plus { $people } personne
       *[other] en convois d’au plus { $people } personnes
    }
leg-attacks = Attaques de { $threat } contre ceux qui sont en route : { $rates }.
leg-per-convoy = { $rates } par convoi
leg-per-person-day = { $rates } par jour-personne
leg-no-attacks = aucune
rate-in-state = { $rate } ({ $state })

## Threats

threats-none = Personne n’attaque.
threat = Menace { $threat } : nombre total d’attaques par jour : { $rates }.
threat-without-attacks = Menace { $threat } : aucune attaque propre contre les sites.
threat-factor = Le tout multiplié par { $factor }.
threat-batches = Elles viennent par groupes de { $mean } en moyenne.
threat-presence = Attirées par la présence, élasticité { $elasticity } (controversé).
contagion = Une attaque en entraîne { $mean } de plus, en moyenne { $days } plus tard
contagion-to-threat = { $mean } de { $threat } sur le même site
contagion-to-site = { $mean } sur { $to } si elle était sur { $from }
contagion-empty = Au début, il n’y a pas de suite à attendre des attaques antérieures.
threat-sites = Ses attaques touchent : { $weights } (poids).
threat-sites-in-state = En { $state }, elles touchent : { $weights } (poids).
displacement = Report : { $share } de ce qui est épargné à un site retombe sur d’autres.
exit-pattern =
    Autour d’une remise de site : multiplié par { $before } pendant { $early } avant elle,
      multiplié par { $after } sur le reste de sa zone pendant { $late } après.
truce = Trêve (controversé) : multiplié par { $factor } jusqu’à { $grace } de retard.
grievance =
    Grief (controversé) : multiplié par 1 + { $growth } par jour de retard,
      au plus { $most }.
course = À partir du { $date } : multiplié par { $factor }.
course-by-month = Par mois : multiplié par { $months }.
ceasefire = Cessez-le-feu { $name } : à partir du { $date }
ceasefire-to-the-end = jusqu’à la fin
ceasefire-for = pendant { $days }
ceasefire-factor = { $ceasefire } : multiplié par { $factor }.
drift =
    Dérive : le logarithme de son taux change de { $sd } par semaine (écart type),
      et ne revient pas.
drift-from-zero =
    Dérive : le logarithme de son taux change de { $sd } par semaine (écart type),
      revient à mi-chemin en { $days }, et commence à 0.
drift-steady =
    Dérive : le logarithme de son taux change de { $sd } par semaine (écart type),
      revient à mi-chemin en { $days }, et commence là où il se trouve à long terme.
retaliation =
    Des frappes répondent aux attaques qui tuent avec une probabilité de { $killed }, à celles
      qui blessent avec { $wounded }, après { $delay }.
      Une frappe est coordonnée avec l’hôte avec une probabilité de { $coordinated }.
      Elles dissuadent (controversé ; au-dessous de 0 : provoquent) : { $effect } chacune,
      et restent en mémoire { $memory }.
threat-unarmed = Aucune arme n’est modélisée : ses attaques ne touchent personne.
weapon = Arme { $weapon } : part { $share }, projectiles en moyenne { $salvo }
weapon-unstopped = rien ne les arrête
own = En { $state } : { $numbers }.
own-share = part { $value }
own-salvo-mean = salve moyenne { $value }
own-no-casualty = sans victime { $value }
own-scale = échelle { $value }
own-shape = forme { $value }
own-killed-share = part de tués { $value }
harm =
    Un projectile qui passe ne touche personne avec une probabilité de { $none } ;
    sinon des personnes, en nombre d’échelle { $scale } et de forme { $shape } ;
    chacune est tuée avec une probabilité de { $killed }, sinon blessée.
civilian-harm = Parmi les civils, un projectile qui passe { $toll }.
toll = ne touche personne avec une probabilité de { $none }, sinon des personnes, en nombre d’échelle { $scale } et de forme { $shape }, chacune tuée avec une probabilité de { $killed }

## Events and risks

event = Le { $date } : { $event }
event-outcomes = Ce qui peut en sortir : { $outcomes } (poids).
window = { $id } : multiplié par { $factor } pour { $threats }, du jour { $from } au jour { $until }
window-if = {" "}si l’issue est { $outcome }
risk = Risque { $risk } : se réalise avec une probabilité de { $chance }
risk-from-the-start = le cas échéant dès le début
risk-after-the-start = { $days } après le début
risk-on = le { $date }
risk-after = { $days } après le { $date }
risk-effect = { $id } : { $effect }.
effect = { $does } : { $whose }
effect-none = rien à quoi que ce soit
effect-none-on = rien à { $whose }
effect-on-nothing = { $does }, de rien
effect-factor = multiplié par { $factor }
effect-added = { $days } de plus
effect-on-phases = durée de { $ids }
effect-on-gates = délai de { $ids }
effect-on-threats = attaques de { $ids }

## The host, the insurgency, contingents, the region, costs

host = Le terrain de l’hôte : { $areas }. Les frappes l’offensent pendant { $memory }.
host-expulsion =
    Il peut expulser les troupes : { $hazard } par jour et par frappe en mémoire,
    {"  "}{ $unprovoked } par jour quelles que soient les frappes, avec un préavis en jours de { $notice }.
host-capability =
    Sa capacité propre : { $start }, avec une croissance de { $without } par an,
      de { $with } tant que des conseillers sont présents.
insurgency =
    Insurrection : à { $strength } de sa capacité, croissance { $growth } par an ;
      contenue { $pressure } fois aussi fort qu’il le faudrait pour la maintenir là,
      dont par les troupes { $share } (exposant { $exponent } ; controversé).
insurgency-shocks = Gains soudains : { $rate } par an, multiplié par { $factor }.
incidents = Incidents : { $rate } par jour à pleine force.
incidents-on-sites = De ceux-ci, { $share } touchent des sites, comme attaques de { $threat }.
incidents-on-host = Un incident chez l’hôte { $toll }.
contingent-only-on = Le contingent { $name } ne peut être que sur ces sites : { $sites }.
contingent-mandate = Le contingent { $name } part le { $date }, quand son mandat s’achève.
contingent-leaves = Le contingent { $name } part, { $delay } après l’avoir décidé :
leaves-killed = quand le nombre de ses tués atteint { $people }
leaves-follows = avec une probabilité de { $chance } quand { $other } est parti
leaves-after = avec une probabilité de { $chance } après { $event }
leaves-after-outcome = avec une probabilité de { $chance } après { $event } : { $outcome }
reentry =
    Retour : { $hazard } par jour à pleine force de l’insurrection, une fois que tout
      est achevé : { $forces }.
reentry-force = { $people } du contingent { $contingent } vers { $site } ({ $id })
barrages =
    Salves massives contre d’autres dans la région : { $rates } par jour ; riposte si au moins
    {"  "}{ $needed } de ces sites comptent autant de personnes : { $sites }.
barrages-site = { $site } ({ $people })
costs = Coûts : { $day } par personne et par jour, { $moved } par personne transportée,
costs-in = Coûts en { $unit } : { $day } par personne et par jour, { $moved } par personne transportée,
costs-tonne = { $cost } par tonne transportée par { $mode },
costs-pause = { $cost } par jour de pause.

## What numbers rest on

uncertainty = Nombres que personne ne connaît : une valeur par trajectoire
uncertainty-none = Aucun. (Ce que le hasard décide au sein d’une trajectoire est décrit plus haut.)
sources = D’où viennent les nombres
source = { $path } : { $said }
judgement = Valeurs par défaut utilisées qui relèvent du jugement
warnings = Avertissements : cela tourne tel quel, mais peut-être pas comme voulu
