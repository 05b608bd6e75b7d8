"""One folder a screen, named as in the navigation; pages/ puts their pieces together."""
