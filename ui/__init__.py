"""The screens: `app` surrounds them, `kit` is what several share, `reads` asks the warehouse, `screens` has one folder each."""
