"""演示数据: invented returns for 2020Q4–2021Q3, written through the real templates. See data/demo/README.md."""
