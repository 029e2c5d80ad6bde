"""All that was found in a center's records, put together into one scenario.

Takes contacts and, where there is one, a staffing table.
Gives a scenario whose every figure says where it comes from, how sure it is and from how much; the rest is assumed.
"""
