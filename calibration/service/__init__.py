"""How long service takes and how long people wait for it: laws fitted to any center's records.

fit_talk, fit_patience: which law, its figures with standard errors, and how well it keeps to the record
"""

from calibration.service.patience import PatienceFit, fit_patience
from calibration.service.talk import TalkFit, TooFewError, fit_talk

__all__ = ["PatienceFit", "TalkFit", "TooFewError", "fit_patience", "fit_talk"]
