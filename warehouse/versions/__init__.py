"""Numbered versions on the disk: written, listed, opened, thinned out, repaired and verified; other rooms ask `warehouse.store`."""
