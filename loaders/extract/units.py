"""Responsible units as printed: lists, columns, brackets, lines and sentences that say who carries a task."""

from loaders.extract.duties import Duty, find_duties
from loaders.extract.unit_lists import read_unit_list
from loaders.extract.unit_names import is_collective, is_unit_name
from loaders.extract.unit_roles import ColumnRole, column_role, first_leads_note, is_person_column

__all__ = [
    "ColumnRole",
    "Duty",
    "column_role",
    "find_duties",
    "first_leads_note",
    "is_collective",
    "is_person_column",
    "is_unit_name",
    "read_unit_list",
]
