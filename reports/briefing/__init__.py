"""督查通报: a quarter in sentences that state only what was read, and its Word document."""
