"""Names for made-up people: usual first names, and surnames put together from parts so that they name nobody."""

import unicodedata

import numpy as np

from samples.company.chance import one_of

DOMAIN = "larkspur.example"

FIRST_NAMES = {
    "en": (
        "Maren Hollis Idris Gwen Ned Ola Priya Nadia Tobias Dele Sam Olwen Wilf Petra Jonas Ewan Bram Tamsin Rhys "
        "Amara Callum Freya Imogen Kwame Leila Marcus Niamh Oscar Poppy Rowan Saffron Theo Una Vikram Winnie Yusuf "
        "Zara Alistair Bethan Cedric Delphine Edith Farah Gareth Hamish Isla Jasper Keira Lorna Mabel"
    ),
    "pt": (
        "Rui Beatriz Nuno Cátia Filipa João Inês Tiago Mafalda Duarte Leonor Gonçalo Marta Vasco Joana Afonso Teresa "
        "Miguel Sofia Henrique Rita Bernardo Carolina Simão Matilde Lourenço Graça Xavier Luísa Telmo"
    ),
    "pl": (
        "Kasia Piotr Gosia Zofia Dorota Hubert Lena Marek Agnieszka Bartek Ewa Filip Hania Igor Jagoda Kamil Magda "
        "Norbert Ola Paweł Renata Szymon Tomasz Urszula Wanda Zbigniew Łukasz Iwona Jacek Natalia Oskar Beata Adam"
    ),
    "fr": (
        "Amélie Lucie Bastien Colette Anouk Hugo Camille Étienne Manon Gaël Inès Julien Léa Mathis Noémie Olivier "
        "Perrine Rémi Solène Thibault Violette Yann Zélie Clémence Aurélien Benoît"
    ),
    "es": "Irati Pilar Nerea Íñigo Lucía Pablo Carmen Álvaro Elena Hugo Marina Sergio Noa Martín Alba Iker Jimena Raúl",
    "de": "Henrike Anke Till Wiebke Jörn Frauke Matthis Silke Ansgar Birte Lennart Ute Malte Greta",
}

SURNAME_PARTS = {
    "en": (
        "Oak Thistle Fiddle Marsh Bramble Amber Clover Sandal Hazel Lichen Brack Copper Elder Fern Gorse Heather "
        "Juniper Kestrel Larch Teasel Nettle Otter Pebble Rowan Sedge Tansy Umber Willow Yarrow",
        "hollow wick brook thorpe garrow stile mere barrow combe dell fell garth hythe lea rigg sike tarn wold croft "
        "fold",
    ),
    "pt": (
        "Pedr Lameir Salgueir Mont Zambuj Codess Urz Giest Sobreir Azinh Bruc Faian Murteir Medr Rosmanh Olival Romeir "
        "Tojal Ventos Zimbr",
        "alva inhal edal osa eiral ovar elgo anco ilhão ujeira amoso estela",
    ),
    "pl": (
        "Sow Jaskol Wiśn Borow Cich Brzez Dębin Głog Jarzęb Kalin Lipcz Modrz Olsz Paproc Rokit Sosn Tarn Wierzb Żuraw "
        "Mgiel Kwiet Szczyg Rosicz",
        "inek nik osz orzek ylas omir usiak ędzik opień arec elisz uchna",
    ),
    "fr": (
        "Font Roche Clair Bois Val Haute Belle Pierre Aigue Champ Combe Croix Noire Rive Sauve Verte Blanche Longue",
        "vieille paille brume tourne lande sauge fougère genêt merisier corneille ardoise nielle orme vigneau",
    ),
    "es": (
        "Olmed Zarz Encin Retam Jaral Sauced Tomill Brezal Cardos Enebr Hinoj Madroñ",
        "alera iña ueño edilla ancho orra iegas osal ijar ueta",
    ),
    "de": (
        "Ahorn Birken Erlen Farn Hasel Linden Moos Nebel Schleh Tannen Ulmen Weiden",
        "bruch grund hain quell steg wehr kamp lohe warft siel",
    ),
}


class NameBook:
    """Hands out names; no surname, and so no name or e-mail address, twice."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._surnames: set[str] = set()

    def draw(self, language: str) -> tuple[str, str]:
        """A name that fits the language, and its e-mail address under a domain that cannot exist."""
        heads, tails = (parts.split() for parts in SURNAME_PARTS[language])
        surname = ""
        while not surname or surname in self._surnames:
            surname = one_of(self._rng, heads) + one_of(self._rng, tails)
        self._surnames.add(surname)
        first = one_of(self._rng, FIRST_NAMES[language].split())
        return f"{first} {surname}", f"{_plain(first)}.{_plain(surname)}@{DOMAIN}"


def _plain(word: str) -> str:
    """Lower case without accents, as an address is written."""
    bare = unicodedata.normalize("NFKD", word.replace("ł", "l").replace("Ł", "L"))
    return bare.encode("ascii", "ignore").decode().lower()
