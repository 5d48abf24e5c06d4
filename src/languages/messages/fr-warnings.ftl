# French: warnings. Not reviewed by a speaker.

## As the description has it

warning = { $path } : { $what } [{ $code }]

## What is not as it was probably meant

warn-not-before-horizon = { $date } n’est pas avant l’horizon { $horizon }
warn-not-named = des personnes quittent d’autres sites de sa zone, et le plan ne le nomme pas
warn-unsaid-blackout = nombre de ses jours dans les dates annoncées de `{ $phase }` : { $days } ; ils s’y ajoutent
warn-too-short = { $what } : il faut au moins { $needed } jours, à raison de { $per_day } par jour, et les dates en laissent { $days }
too-short-people = { $count } personnes
too-short-tonnes = { $count } tonnes par { $mode }
warn-early-start = l’achèvement de `{ $other }`, dont le personnel est en route au moins { $days } jours, n’est annoncé que tant de jours plus tôt : { $between }
warn-lost-reference = des personnes sont parties ou venues avant le début, et les taux des menaces qui suivent leur nombre sont censés valoir pour la garnison du début
warn-no-room = le plan n’a pas de répit pour cela
warn-flapping = la condition est remplie dès que `{ $when }` l’est : la règle s’achève à l’examen suivant et se déclenche de nouveau
warn-after-mandate = l’achèvement de la phase est annoncé pour le { $finish }, mais tout le contingent `{ $id }` part le { $end }, quand son mandat s’achève
warn-nothing-to-come = { $what } dépasserait { $so_far }, mais ne dépasse jamais { $most } : il n’en reste rien
to-come-delay = son délai
to-come-ratio = le rapport de sa durée à la durée annoncée
warn-used-up = jours déjà utilisés : { $used } sur { $given } ; il n’en reste rien
warn-slow = durée attendue d’un tirage, en secondes : environ { $seconds }

## Why a rule never sets off

warn-never = la règle ne se déclenche jamais : { $why }
never-room = le répit n’a pas autant de jours : { $days }
never-after-start = { $date } n’est pas après le début { $start }
never-event = `{ $id }` a lieu le { $date }, et non avant l’horizon { $horizon }
never-risk = le risque `{ $id }` ne se réalise jamais
never-tension = aucun état antérieur ne mène à une telle tension
never-attacks = aucune des menaces qu’elle compte n’attaque jamais

## What changes nothing, and why

warn-idle = cela ne change rien : { $why }
why-no-move-goes = aucun déplacement ne va de { $from } à { $to }
why-none = il n’y en a pas
why-not-reached = aucun état antérieur n’y mène
why-no-attacks = son taux est 0, et rien d’autre n’entraîne d’attaques de sa part
why-weights-of-states = chaque état de tension a ses propres poids
why-unarmed = la menace n’a pas d’armes
why-no-common-site = aucun site n’a les deux menaces
why-not-both-sites = la menace n’attaque pas ces deux sites
why-no-children = aucune attaque n’en entraîne une autre
why-unanswered = aucune attaque ne reçoit de réponse
why-no-deterrence = les frappes ne dissuadent ni ne provoquent
why-friction-unread = rien ne tient compte de la friction avec l’hôte
why-nobody-moves = le nombre de personnes ne change jamais
why-one-site = la menace n’attaque qu’un site
why-nothing-announced = le plan n’annonce rien
why-outside = cela se situe hors du temps simulé
why-over-at-once = c’est aussitôt terminé
why-times-one = la multiplication est par 1
why-no-background = la menace n’a pas d’attaques propres, et celles qui sont entraînées n’en sont pas affectées
why-no-outcome = son issue a le poids 0
why-no-attacks-in-window = aucune de ses menaces n’a d’attaques propres
why-room-unused = aucune règle n’utilise le répit
why-ageless = la moyenne du séjour est un seul nombre, de sorte que son âge ne dit rien
why-strikes-forgotten = les frappes ne dissuadent ni ne provoquent, et rien ne tient compte de la friction
why-attacks-forgotten = ses attaques n’en entraînent pas d’autres, et aucune règle ne les compte
why-no-rules = il n’y a pas de règles
why-no-phases = il n’y a pas de phases
why-unused = aucune règle ne l’utilise
why-no-pause-days = il n’y a pas de jours de pause
why-not-correlated = moins de deux phases ont une durée incertaine
why-no-room-of-plan = le plan n’a pas de répit, ou aucune règle ne l’utilise
why-no-load = aucun chargement ne passe par là
why-not-brought = aucun déplacement n’amène `{ $contingent }` sur `{ $site }`
why-never-blocked = la tension n’est jamais dans ces états
why-once = la règle se déclenche une fois au plus
why-once-without-pause = la règle se déclenche une fois au plus et n’arrête rien
why-same-pace = 1 est l’allure déjà en vigueur
why-no-phase-named = aucune phase n’est nommée
why-by-no-days = c’est de 0 jour
why-nobody-killed = personne n’est jamais tué
why-nobody-leaves = rien ne fait partir le contingent
why-not-offended = aucune frappe n’offense jamais l’hôte, donc personne n’est expulsé
why-no-hazards = ses taux sont 0
why-no-friction = il n’y a pas de friction, ou rien n’en tient compte
why-no-ground = il n’y a pas d’insurrection, et personne n’est expulsé
why-host-holds-nothing = il n’y a pas d’insurrection que les forces de l’hôte contiennent
why-no-growth = avec une croissance de 0, rien n’a à la contenir
why-troops-hold-nothing = les troupes ne contiennent rien
why-no-shocks = les chocs ne viennent jamais, ou multiplient par 1
why-no-incident-on-sites = aucun incident ne touche un site
why-harmless = cela ne touche personne
why-no-last-phase = cela vient après la dernière phase, et il n’y en a pas
why-no-hazard = son taux est 0
why-never-held = les mouvements ne sont jamais arrêtés
why-moves-nobody = aucune phase ne déplace personne
why-risk-never = cela n’arrive jamais
why-risk-late = cela arrive au plus tôt à l’horizon
why-risk-without-effect = cela n’a pas d’effet, et aucune règle n’en tient compte
why-relieves-nothing = cela n’agit sur aucun risque
why-acts-on-nothing = cela n’agit sur rien
why-days-on-threats = des jours ajoutés ne font rien aux menaces
why-unknown-phase = aucune phase de ce plan ne s’appelle `{ $id }`
why-unknown-gate = aucun jalon de ce plan ne s’appelle `{ $id }`
why-not-followed = aucune menace n’y suit le nombre de personnes
why-not-fired = personne n’attaque avec, ou rien ne l’arrête
why-nothing-fired = rien n’est tiré sur le site

## What to do

do-take-out = retirez cette entrée
do-give = donnez { $key }
do-give-or = donnez { $key }, ou { $other }
do-give-or-take-out = donnez { $key }, ou retirez cette entrée
do-give-or-take-them-out = donnez { $key }, ou retirez ces entrées
do-take-out-or-give = retirez cette entrée, ou donnez { $key }
do-give-law = retirez cette entrée, ou donnez une loi à { $key }
do-mend = corrigez cette entrée, ou retirez-la
do-mend-action = corrigez cette entrée, ou retirez l’action
do-mend-ceasefire = corrigez cette entrée, ou retirez le cessez-le-feu
do-mend-window = corrigez cette entrée, ou retirez la fenêtre
do-mend-or-give = corrigez cette entrée, ou donnez-en autant au plan
do-mend-date = corrigez la date, ou donnez une loi qui le permette
do-blackout = donnez une date antérieure ou un horizon plus lointain, ou retirez cette période sans mouvement
do-say-allowed = donnez `{ $no }` si c’est voulu, ou `{ $yes }` si les dates annoncées en tiennent compte
do-move = ajoutez un départ de ce site (avec `{ $residual }` si l’on doit y rester)
do-later-or-raise = annoncez une date ultérieure, ou augmentez `{ $key }`
do-later = annoncez une date ultérieure, si elle doit tenir compte de leur trajet
do-reference = donnez la garnison pour laquelle valent les taux, comme celle d’avant le retrait
do-room = donnez `{ $key }`, ou retirez l’action
do-change-condition = changez la condition, ou retirez la règle
do-until = donnez à `{ $until }` un seuil plus bas, omettez-le, ou donnez `{ $cooldown }`
do-earlier-finish = annoncez un achèvement plus précoce, ou donnez à ce contingent sa propre phase
do-less-work = l’essentiel en va à `{ $path }` : donnez-y un nombre plus petit, laissez une chose en représenter plusieurs, ou rapprochez l’horizon
do-add-leg-move = ajoutez un déplacement qui le fasse, ou bien ce trajet sert à d’autres plans
do-next = nommez cet état dans le `{ $next }` d’un état antérieur, ou retirez-le
do-attacks = donnez-lui des attaques, ou retirez la menace
do-common-site = donnez-leur un site en commun, ou retirez cette entrée
do-weights = donnez aux deux sites un poids dans `{ $key }`, ou retirez cette entrée
do-harm = donnez à la menace des armes qui touchent, ou des probabilités au-dessus de 0, ou retirez cette entrée
do-friction = donnez `{ $expulsion }` ou une règle qui tienne compte de `{ $friction }`, ou retirez cette entrée
do-let-move = retirez cette entrée, ou laissez des personnes se déplacer
do-another-site = retirez cette entrée, ou laissez la menace attaquer un autre site
do-announce = retirez cette entrée, ou annoncez des phases
do-pause-or-stretch = donnez une règle qui arrête ou étire, ou retirez cette entrée
do-rules = retirez cette entrée, ou donnez des règles
do-phases = retirez cette entrée, ou donnez des phases
do-both = retirez cette entrée, ou donnez les deux au plan
do-loads = retirez cette entrée, ou donnez des chargements qui y passent
do-bring = retirez cette entrée, ou ajoutez un déplacement qui le fasse
do-weapons-that-kill = retirez cette entrée, ou donnez à une menace des armes qui tuent
do-offend = donnez `{ $unprovoked }`, ou à une menace `{ $retaliation }` sans coordination
do-expulsion = retirez cette entrée, ou donnez `{ $expulsion }` et des frappes non coordonnées
do-one-of-two = retirez cette entrée, ou donnez l’une des deux choses
do-lower = donnez un `{ $key }` plus bas, ou retirez cette entrée
do-give-phases = donnez des phases, ou retirez cette entrée
do-room-and-rule = retirez cette entrée, ou donnez un répit et une règle qui arrête
do-move-people = retirez cette entrée, ou donnez des phases qui déplacent des personnes
do-earlier-risk = donnez un `{ $key }` antérieur, ou un horizon plus lointain
do-effects = donnez `{ $effects }`, ou une règle avec la condition `{ $risk }`
do-name-risk = nommez-en un sous `{ $key }`
do-name-target = nommez ce sur quoi cela agit : { $keys }
do-name-phases = nommez des phases ou des jalons, ou retirez cette entrée
do-near = vouliez-vous dire `{ $near }` ? Sinon, cela sert à d’autres plans
do-other-plans = cela sert à d’autres plans, si c’est voulu
do-elasticity = donnez à une menace sur le site `{ $key }`, ou retirez cette entrée
do-give-weapon = retirez cette entrée, ou donnez l’arme à une menace
do-arm = retirez cette entrée, ou donnez des armes à une menace sur le site
