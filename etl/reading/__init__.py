"""From cells to a return: which form and whose, where its entries stand, what each cell says."""
