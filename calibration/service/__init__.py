"""How long service takes and how long people wait for it: laws fitted to any center's records.

fit_talk, fit_wrap_up, fit_patience: which law, its figures with standard errors, how well it keeps to the record
fit_wrap_up_from_pauses: where wrap-up is not recorded
talk_by_time: whether the law of talk differs by time of day, and its parts where it does
patience_from_report, talk_from_report: means where there is only an interval report
"""

from calibration.service.by_time import ByTime, talk_by_time
from calibration.service.from_reports import ReportFit, patience_from_report, talk_from_report
from calibration.service.patience import PatienceFit, fit_patience
from calibration.service.talk import TalkFit, fit_talk
from calibration.service.times import TimesFit, TooFewError
from calibration.service.wrap_up import fit_wrap_up, fit_wrap_up_from_pauses

__all__ = [
    "ByTime",
    "PatienceFit",
    "ReportFit",
    "TalkFit",
    "TimesFit",
    "TooFewError",
    "fit_patience",
    "fit_talk",
    "fit_wrap_up",
    "fit_wrap_up_from_pauses",
    "patience_from_report",
    "talk_by_time",
    "talk_from_report",
]
