"""Experience: what customers expect, what they go through, and what follows. Every coefficient is the file's own."""

from pydantic import Field

from scenarios.quantities import Above, Amount, Money, NotAbove, Seconds, Share
from scenarios.table import Table


class Expectation(Table):
    """What customers of a type expect before they contact the center."""

    wait_s: Seconds = Field(description="mean of the wait that customers expect")
    wait_cv: Amount = Field(default=0.0, description="spread between customers; lognormal")
    contacts: Above = Field(default=1.0, description="contacts until the need is met")
    drift_per_year: Amount = Field(
        default=0.0, description="expectations rise: the wait falls by this a year"
    )


class Effort(Table):
    """What it costs a customer to get through: one sum over the whole journey of a need."""

    per_wait_min: Amount = Field(description="a minute in the queue")
    per_contact: Amount
    per_transfer: Amount
    per_bot_loop: Amount = Field(description="a session with a bot that did not solve the need")
    per_deferred_h: Amount = Field(
        default=0.0, description="an hour until a message, e-mail or ticket is begun"
    )


class Satisfaction(Table):
    """Satisfaction of a need, between 0 and 1."""

    base: Share = Field(description="where effort is as expected and the need is not met")
    above_expectation: Amount = Field(description="gain by each unit of effort less than expected")
    below_expectation: NotAbove = Field(description="change by each unit of effort more than expected")
    resolved: Share = Field(description="gain where the need is met")


class Churn(Table):
    """Who leaves for good."""

    base: Share = Field(description="say that they will leave, of the wholly dissatisfied whose need was met")
    unresolved: Share = Field(description="more of them where the need was not met")
    stated_to_real: Share = Field(description="of those who say so, how many do")


class Delight(Table):
    """More than anybody expected, in a share of conversations."""

    share: Share
    talk_s: Seconds = Field(description="more talk")
    cost: Money = 0.0
    lift: Share = Field(description="gain in satisfaction")


class Experience(Table):
    """The experience model: stated assumptions, shown in every report."""

    effort: Effort
    satisfaction: Satisfaction
    churn: Churn
    delight: Delight | None = None
    customer_value: Money = Field(default=0.0, description="margin lost with a customer; 0 keeps value out")
