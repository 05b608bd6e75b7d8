"""对比: two quarters or two versions, indicator by indicator."""
