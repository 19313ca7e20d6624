"""The sentences that made-up posts are put together from: per language what is asked, advised and said at the end.

`{model}` and `{other}` are two appliances, `{part}` one of their parts, `{number}` a count, `{few}` a small one,
`{when}` a time, `{means}` what to do it with. All are drawn anew for each sentence and stand apart from each other,
so that two texts share a run of words only where one was copied from the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass

MODELS = (
    "Aria 3", "Aria 5", "Aria Duo", "Calor 40", "Calor 60", "Brisa S", "Brisa L", "Nordlys", "Tern 200", "Tern 300",
    "Vela", "Vela Plus", "Quarto", "Solis 7", "Solis 9", "Moka One", "Linden 2", "Linden 4", "Fjell", "Porta 12",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wording:
    """What one language has to say. Lists of words are parted by "|"."""

    parts: str
    times: str
    means: str
    asked: tuple[str, ...]
    advised: tuple[str, ...]
    ended: tuple[str, ...]


_EN = Wording(
    "water tank|drip tray|door seal|filter|pump|heating plate|drum|drain hose|lid|fan|handle|control panel",
    "in the morning|on Monday|before breakfast|at night|after lunch|twice a week|on cold days|at weekends|once a month",
    "with lemon juice|with a soft cloth|with warm water|with a small brush|with a drop of oil|by hand|with vinegar",
    (
        "Mostly {when} the {part} of my {model} rattles for {number} seconds, is that usual?",
        "Which {part} fits the {model} that we bought {few} years ago and clean {when}?",
        "My {model} stops {when} and the {part} stays warm for {number} minutes.",
        "For a household of {few}, the {model} or the {other}, if the {part} gets used {when}?",
    ),
    (
        "Take the {part} out of the {model} {when}, clean it {means} and let it dry for {number} minutes.",
        "Mine did that {when} too: {part} moved by {number} millimetres, {model} cleaned {means}, silence since.",
        "Run the {model} empty for {number} minutes {when}, then go over the {part} {means}.",
        "With {few} at table the {model} is enough {when}; the {other} pays off from {number} cups on.",
        "Look under the {part} {when}: a {model} from batch {number} on is cleaned {means}.",
        "Your {model} is covered for {number} months, {part} included, even if you use it {when}.",
    ),
    (
        "How did it go with the {model}?",
        "If the {part} still rattles, tell me.",
        "Good luck, {number} minutes will do.",
    ),
)
_PT = Wording(
    "depósito|tabuleiro|vedante|filtro|motor|prato|tambor|tubo|painel|botão|ventilador|fecho",
    "de manhã|à segunda-feira|antes do café|à noite|depois do almoço|ao domingo|uma vez por mês|nos dias frios",
    "com limão|com um pano macio|com água morna|com uma escova|com uma gota de óleo|à mão|com vinagre",
    (
        "Quase sempre {when} o {part} da minha {model} vibra {number} segundos, é normal?",
        "Que {part} serve na {model} que comprámos há {few} anos e limpamos {when}?",
        "A minha {model} para {when} e o {part} fica quente {number} minutos.",
        "Somos {few}: {model} ou {other}, se o {part} trabalhar {when}?",
    ),
    (
        "Tire o {part} da {model} {when}, limpe-o {means} e deixe secar {number} minutos.",
        "A minha fazia o mesmo {when}: {part} {number} milímetros abaixo, {model} limpa {means}, e passou.",
        "Ligue a {model} vazia durante {number} minutos {when} e passe depois o {part} {means}.",
        "Para {few} pessoas basta a {model} {when}; a {other} compensa a partir de {number} chávenas.",
        "Veja {when} por baixo do {part}: a {model} do lote {number} limpa-se {means}.",
        "A sua {model} tem garantia de {number} meses, {part} incluído, mesmo que a use {when}.",
    ),
    (
        "Diga-me como correu com a {model}.",
        "Se o {part} ainda vibrar, eu encaminho.",
        "Boa sorte, bastam {number} minutos.",
    ),
)
_PL = Wording(
    "zbiornik|filtr|uszczelkę|pompę|bęben|wąż|pokrywę|wentylator|tackę|zawór|uchwyt|panel",
    "rano|w poniedziałek|przed śniadaniem|wieczorem|po obiedzie|w weekend|raz w miesiącu|w chłodne dni",
    "sokiem z cytryny|miękką ściereczką|ciepłą wodą|małą szczotką|kroplą oleju|ręcznie|octem",
    (
        "Zwykle {when} mój {model} brzęczy przez {number} sekund, czy mam wymienić {part}?",
        "Jaki kupić {part} do {model} sprzed {few} lat, jeśli używamy go {when}?",
        "Mój {model} staje {when}, sprawdziłem {part} i czekałem {number} minut.",
        "Dla {few} osób {model} czy {other}, jeśli {part} mam myć {when}?",
    ),
    (
        "Proszę {when} wyjąć {part} z {model}, przemyć {means} i suszyć {number} minut.",
        "U mnie było tak samo {when}: przesunąłem {part} o {number} milimetrów, umyłem {model} {means} i cisza.",
        "Proszę włączyć {model} na pusto na {number} minut {when}, potem przetrzeć {part} {means}.",
        "Dla {few} osób {when} wystarczy {model}; droższy {other} opłaca się od {number} filiżanek.",
        "Proszę {when} obejrzeć {part}: {model} z partii {number} czyści się {means}.",
        "Gwarancja na {model} trwa {number} miesięcy i obejmuje {part}, także gdy działa {when}.",
    ),
    (
        "Proszę dać znać, jak poszło z {model}.",
        "Jeśli nie pomoże, przekażę {part} do serwisu.",
        "Powodzenia, wystarczy {number} minut.",
    ),
)
_FR = Wording(
    "réservoir|filtre|joint|bac|tambour|tuyau|couvercle|moteur|plateau|ventilateur|bouton|loquet",
    "le matin|le lundi|avant le café|le soir|après le repas|le week-end|une fois par mois|par temps froid",
    "au citron|au chiffon doux|à l'eau tiède|à la brosse|avec une goutte d'huile|à la main|au vinaigre",
    (
        "Surtout {when} le {part} de mon {model} vibre {number} secondes, est-ce normal ?",
        "Quel {part} pour un {model} acheté il y a {few} ans et utilisé {when} ?",
        "Mon {model} s'arrête {when} et le {part} reste chaud {number} minutes.",
        "Nous sommes {few} : {model} ou {other}, si le {part} sert {when} ?",
    ),
    (
        "Retirez {when} le {part} du {model}, nettoyez-le {means} et laissez sécher {number} minutes.",
        "Le mien faisait pareil {when} : {part} baissé de {number} millimètres, {model} nettoyé {means}, plus rien.",
        "Faites tourner le {model} à vide {number} minutes {when}, puis passez le {part} {means}.",
        "À {few}, le {model} suffit {when} ; le {other} vaut la peine dès {number} tasses.",
        "Regardez {when} sous le {part} : un {model} du lot {number} se nettoie {means}.",
        "Votre {model} est garanti {number} mois, {part} compris, même s'il sert {when}.",
    ),
    (
        "Dites-moi ce que donne le {model}.",
        "Si le {part} vibre encore, je transmets.",
        "Bon courage, {number} minutes suffisent.",
    ),
)
_ES = Wording(
    "depósito|filtro|tambor|tubo|plato|motor|panel|botón|ventilador|cajón|cierre|tirador",
    "por la mañana|los lunes|antes del café|de noche|después de comer|los domingos|una vez al mes|con frío",
    "con limón|con un paño suave|con agua tibia|con un cepillo|con una gota de aceite|a mano|con vinagre",
    (
        "Sobre todo {when} el {part} de mi {model} vibra {number} segundos, ¿es normal?",
        "¿Qué {part} sirve para un {model} de hace {few} años que usamos {when}?",
        "Mi {model} se para {when} y el {part} sigue caliente {number} minutos.",
    ),
    (
        "Saque {when} el {part} del {model}, límpielo {means} y déjelo secar {number} minutos.",
        "Al mío le pasaba {when}: {part} {number} milímetros más abajo, {model} limpio {means}, y listo.",
        "Ponga el {model} vacío {number} minutos {when} y repase luego el {part} {means}.",
        "Para {few} basta el {model} {when}; el {other} compensa desde {number} tazas.",
        "Mire {when} bajo el {part}: un {model} del lote {number} se limpia {means}.",
    ),
    (
        "Cuénteme cómo fue con el {model}.",
        "Si el {part} aún vibra, avíseme.",
        "Suerte, {number} minutos bastan.",
    ),
)
_DE = Wording(
    "Tank|Filter|Deckel|Schlauch|Motor|Einsatz|Regler|Lüfter|Griff|Rost|Riegel|Ring",
    "morgens|am Montag|vor dem Frühstück|nachts|nach dem Essen|am Wochenende|einmal im Monat|an kalten Tagen",
    "mit Zitrone|mit einem weichen Tuch|mit warmem Wasser|mit einer Bürste|mit einem Tropfen Öl|von Hand|mit Essig",
    (
        "Meist {when} klappert der {part} an meinem {model} für {number} Sekunden, ist das üblich?",
        "Welcher {part} passt zu einem {model}, der {few} Jahre alt ist und {when} läuft?",
        "Mein {model} bleibt {when} stehen, und der {part} ist {number} Minuten heiß.",
    ),
    (
        "Den {part} {when} aus dem {model} nehmen, {means} reinigen und {number} Minuten trocknen lassen.",
        "Meiner tat das {when} auch: {part} um {number} Millimeter gesenkt, {model} {means} gereinigt, Ruhe.",
        "Den {model} {when} für {number} Minuten leer laufen lassen, danach den {part} {means} abreiben.",
        "Für {few} Personen reicht {when} der {model}; ab {number} Tassen lohnt sich der {other}.",
        "Bitte {when} unter den {part} sehen: Ein {model} ab Nummer {number} wird {means} gereinigt.",
    ),
    ("Wie ging es mit dem {model}?", "Klappert der {part} noch, gebe ich es weiter.", "{number} Minuten reichen."),
)

WORDINGS: Mapping[str, Wording] = {"en": _EN, "pt": _PT, "pl": _PL, "fr": _FR, "es": _ES, "de": _DE}
