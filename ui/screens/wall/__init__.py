"""大屏: the overview on a wall, turning its pages by itself."""
