"""What comes next: the coming weeks' contacts by interval and queue, and how far they may miss.

Takes contacts, or counts by day, interval and queue. Gives expectations from the last same weekdays, limits from how
far the same method missed on the history itself, and both as a table and a scenario.
"""

from calibration.forecast.forecasting import Forecast, forecast
from calibration.forecast.history import History
from calibration.forecast.seasonal import Method

__all__ = ["Forecast", "History", "Method", "forecast"]
