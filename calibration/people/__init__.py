"""Who was at work: people present by interval, how they differ, and who serves which queue.

It takes contacts as columns and, where there is one, a staffing file or log-in events.
It gives `People`: heads by day and interval, marked as known or inferred, with a second estimate beside the first.
"""

from calibration.people.fit import fit_people
from calibration.people.people import Group, Known, People
from calibration.people.staffing import Staffing, StaffingError, read_staffing

__all__ = ["Group", "Known", "People", "Staffing", "StaffingError", "fit_people", "read_staffing"]
