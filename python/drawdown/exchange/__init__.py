"""Plans from other programs and for them: Microsoft Project's XML, CSV and Excel."""

from .files import read_tables, write_tables
from .new import new_scenario
from .plan_file import Activity, Calendar, Link
from .plan_tables import Tables, tables
from .project import Project, read_project
from .writer import write_project

__all__ = [
    "Activity",
    "Calendar",
    "Link",
    "Project",
    "Tables",
    "new_scenario",
    "read_project",
    "read_tables",
    "tables",
    "write_project",
    "write_tables",
]
