"""Pictures: charts and posters of a quarter, and the browser on the server that draws them."""
