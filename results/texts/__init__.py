"""Every word that tables, pictures and the report say, in one place, so that another language has one place too.

Takes nothing. Gives labels, units and definitions of measures, headings, and the sentences of decision and waterfall.
"""
