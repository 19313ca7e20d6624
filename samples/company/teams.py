"""The tree of teams: who they are, where they sit, what they speak, when they work."""

from dataclasses import dataclass

ROOT = "Larkspur"
SEPARATOR = " / "

ZONES = {
    "Leeds": "Europe/London",
    "Manchester": "Europe/London",
    "Porto": "Europe/Lisbon",
    "Gdańsk": "Europe/Warsaw",
    "Lyon": "Europe/Paris",
}


@dataclass(frozen=True, slots=True)
class TeamPlan:
    """A team as it is to be staffed: `size` people, the head included; the first language is most people's own."""

    path: str
    site: str
    family: str
    size: int
    head_job: str
    jobs: tuple[str, ...]
    languages: tuple[str, ...]

    @property
    def parent(self) -> str:
        """The path of the team above, "" at the top."""
        return self.path.rpartition(SEPARATOR)[0]


_CARE = ("Customer adviser", "Customer adviser", "Senior customer adviser", "Forum host")
_SERVICE = ("Service technician", "Service technician", "Repair planner", "Senior technician")
_SHOP = ("Shop adviser", "Shop adviser", "Product demonstrator", "Shop floor lead")
_PRODUCT = ("Product specialist", "Test engineer", "Product designer")
_PLANNING = ("Workforce planner", "Quality coach")

# depth in the tree, name, site, family, size with the head, job of the head, jobs of the others, main language
_TREE = (
    (0, ROOT, "Leeds", "office", 3, "Managing director", ("Assistant to the board", "Company secretary"), "en"),
    (1, "Customer Care", "Leeds", "office", 3, "Director of customer care", _PLANNING, "en"),
    (2, "Customer Care North", "Leeds", "office", 3, "Head of customer care", _PLANNING, "en"),
    (3, "Care Leeds 1", "Leeds", "care", 22, "Team lead", _CARE, "en"),
    (3, "Care Leeds 2", "Leeds", "care", 21, "Team lead", _CARE, "en"),
    (2, "Customer Care South", "Porto", "office", 3, "Head of customer care", _PLANNING, "pt"),
    (3, "Care Porto", "Porto", "care", 25, "Team lead", _CARE, "pt"),
    (3, "Iberia Desk", "Porto", "care", 15, "Team lead", _CARE, "es"),
    (3, "Care Lyon", "Lyon", "care", 22, "Team lead", _CARE, "fr"),
    (2, "Customer Care East", "Gdańsk", "office", 3, "Head of customer care", _PLANNING, "pl"),
    (3, "Care Gdańsk", "Gdańsk", "care", 24, "Team lead", _CARE, "pl"),
    (3, "Night Desk Gdańsk", "Gdańsk", "night", 14, "Team lead", _CARE, "pl"),
    (1, "Service", "Gdańsk", "office", 3, "Director of service", _PLANNING, "pl"),
    (2, "Field Service North", "Leeds", "service", 26, "Service manager", _SERVICE, "en"),
    (2, "Service Desk Manchester", "Manchester", "service", 23, "Service manager", _SERVICE, "en"),
    (2, "Service Gdańsk", "Gdańsk", "service", 27, "Service manager", _SERVICE, "pl"),
    (2, "Spare Parts Porto", "Porto", "service", 19, "Service manager", ("Parts planner", "Parts adviser"), "pt"),
    (1, "Shops", "Manchester", "office", 3, "Director of shops", _PLANNING, "en"),
    (2, "Shop Manchester", "Manchester", "shop", 25, "Shop manager", _SHOP, "en"),
    (2, "Shop Porto", "Porto", "shop", 22, "Shop manager", _SHOP, "pt"),
    (2, "Shop Lyon", "Lyon", "shop", 22, "Shop manager", _SHOP, "fr"),
    (1, "Product", "Leeds", "office", 3, "Director of product", ("Product planner", "Patent officer"), "en"),
    (2, "Product Coffee", "Leeds", "product", 18, "Product manager", _PRODUCT, "en"),
    (2, "Product Kitchen", "Leeds", "product", 18, "Product manager", _PRODUCT, "en"),
    (1, "Marketing", "Leeds", "marketing", 16, "Head of marketing", ("Campaign planner", "Writer", "Editor"), "en"),
    (1, "Logistics Leeds", "Leeds", "logistics", 19, "Head of logistics", ("Dispatcher", "Warehouse planner"), "en"),
    (1, "People and Learning", "Leeds", "office", 10, "Head of learning", ("Learning partner", "Recruiter"), "en"),
)  # fmt: skip

LEARNING_TEAM = SEPARATOR.join((ROOT, "People and Learning"))
CARE_REGION = SEPARATOR.join((ROOT, "Customer Care", "Customer Care North"))


def team_plans() -> tuple[TeamPlan, ...]:
    """Every team, each after the one above it; 412 people together."""
    plans = []
    line: list[str] = []
    for depth, name, site, family, size, head_job, jobs, language in _TREE:
        line[depth:] = [name]
        languages = (language,) if language == "en" else (language, "en")
        plans.append(TeamPlan(SEPARATOR.join(line), site, family, size, head_job, jobs, languages))
    return tuple(plans)
