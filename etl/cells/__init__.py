"""Bytes become Cells: the one place where a file is opened.

kinds    what the bytes are, whatever the name says
xlsx …   a look per kind: within the limits? and what calamine would hide (errors, formulas
         without a result, values under a merge); only vetted parts go on
parse    the look, then calamine for the values
worker   a warm child process that parses, under a memory limit
readers  the children from the parent's side: time limit, replacement, order
"""

from etl.cells.kinds import sniff
from etl.cells.limits import LIMITS, Limits
from etl.cells.readers import read_cells, read_many

__all__ = ["LIMITS", "Limits", "read_cells", "read_many", "sniff"]
